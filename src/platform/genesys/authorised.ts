import type { Clock } from "../../model/ports.ts";
import type { Limiter } from "./limiter.ts";
import { rateFacts, retryAfterMs } from "./rate-headers.ts";
import type { Skew } from "./skew.ts";
import type { Tokens } from "./tokens.ts";
import type { WireAnswer } from "./wire.ts";

/** Sends something with a token that is valid and whose rate limit has room. */
export type Authorised = (send: (token: string) => Promise<WireAnswer>) => Promise<WireAnswer>;

/** What lending tokens needs. */
export interface AuthorisedOptions {
  readonly limiter: Limiter;
  readonly tokens: Tokens;
  readonly skew: Skew;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
}

/** Creates the way to send with a token. A token that is refused is replaced, and the request sent again. */
export function createAuthorised({ limiter, tokens, skew, clock, signal }: AuthorisedOptions): Authorised {
  async function lend(send: (token: string) => Promise<WireAnswer>): Promise<{ answer: WireAnswer; drop(): void }> {
    const slot = await limiter.enter(signal);
    let answer: WireAnswer | undefined;
    try {
      const token = await tokens.get(slot);
      const sentAt = clock.now();
      answer = await send(token);
      skew.learn(answer.headers, sentAt, clock.now());
      if (answer.status === 429) limiter.block(slot, retryAfterMs(answer.headers, clock.now()) ?? 0);
      return { answer, drop: () => tokens.drop(slot, token) };
    } finally {
      limiter.leave(slot, answer && rateFacts(answer.headers));
    }
  }

  return async (send) => {
    const first = await lend(send);
    if (first.answer.status !== 401) return first.answer;
    // A 401 comes before any processing, so that even a write may be sent again.
    first.drop();
    return (await lend(send)).answer;
  };
}
