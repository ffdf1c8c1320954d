import type { Clock } from "../../model/ports.ts";
import type { TokenGrant } from "./grant.ts";

/** The tokens of one OAuth client, by slot. */
export interface Tokens {
  /** The slot's token; logs in when there is none or when it is about to expire. Concurrent callers share one login. */
  get(slot: number): Promise<string>;
  /** The token was refused: the next caller gets another one. A token that has been replaced already is ignored. */
  drop(slot: number, token: string): void;
}

interface Held {
  readonly token: string;
  readonly renewAt: number;
}

/** Tokens are renewed this long before they expire, or at nine tenths of a short life. */
const marginMs = 60_000;

/** What a new token goes through before anything is sent with it. */
export interface NewToken {
  /** Throws unless the token leads to the organisation of the connection. */
  readonly prove: (token: string) => Promise<void>;
  /** Told that a slot has a new token. */
  readonly renewed: (slot: number) => void;
}

/**
 * Creates the store; nothing is asked for until it is needed.
 * @param login gets a new token
 */
export function createTokens(login: () => Promise<TokenGrant>, clock: Clock, { prove, renewed }: NewToken): Tokens {
  const held = new Map<number, Held>();
  const underWay = new Map<number, Promise<string>>();

  async function renew(slot: number): Promise<string> {
    const asked = clock.now();
    const { token, validSeconds } = await login();
    await prove(token);
    const lifeMs = validSeconds * 1000;
    held.set(slot, { token, renewAt: asked + Math.max(lifeMs * 0.9, lifeMs - marginMs) });
    renewed(slot);
    return token;
  }

  return {
    get: (slot) => {
      const current = held.get(slot);
      if (current && clock.now() < current.renewAt) return Promise.resolve(current.token);
      const started = underWay.get(slot);
      if (started) return started;
      const login = renew(slot).finally(() => underWay.delete(slot));
      underWay.set(slot, login);
      return login;
    },
    drop: (slot, token) => {
      if (held.get(slot)?.token === token) held.delete(slot);
    },
  };
}
