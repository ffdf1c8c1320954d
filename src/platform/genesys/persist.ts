import type { Clock, Random } from "../../model/ports.ts";
import type { Redactor } from "../../model/redactor.ts";
import type { Failed } from "./errors.ts";
import { refusal, silence } from "./errors.ts";
import { retryAfterMs } from "./rate-headers.ts";
import type { Outcome, Patience } from "./retry.ts";
import { judge, waitBefore } from "./retry.ts";
import type { WireAnswer } from "./wire.ts";
import { WireFailure } from "./wire.ts";

/** One request with what is known about repeating it. */
export interface Errand<Received extends WireAnswer> {
  /** For messages; without secrets. */
  readonly what: string;
  readonly host: string;
  /** Does it do no harm to send it twice? */
  readonly repeatable: boolean;
  /** Does it change something? */
  readonly writes: boolean;
  /** Failure statuses that the caller wants as an answer. */
  readonly expect: readonly number[];
  readonly patience: Patience;
  /** Sends it once. @throws WireFailure */
  attempt(number: number): Promise<Received>;
}

/** What repeating needs. */
export interface Means {
  readonly clock: Clock;
  readonly random: Random;
  readonly signal: AbortSignal | undefined;
  readonly redactor: Redactor;
}

type End<Received> = { readonly answer: Received } | { readonly failure: WireFailure };

/**
 * Sends until there is an answer that will not change by asking again, or patience runs out.
 * @returns a success, or a failure that the caller expects
 * @throws ApiError for any other end
 */
export async function persist<Received extends WireAnswer>(errand: Errand<Received>, means: Means): Promise<Received> {
  const { patience } = errand;
  let unclear = false;
  let waited = 0;
  for (let attempts = 1; ; attempts++) {
    const end = await endOf(errand, attempts);
    const outcome = outcomeOf(end, means.clock.now());
    const verdict = judge(outcome, errand.repeatable);
    unclear ||= errand.writes && verdict.unclear;
    const wait = waitBefore(outcome, attempts, means.random);
    const most = "failure" in end ? patience.silentAttempts : patience.attempts;
    if (!verdict.again || attempts >= most || waited + wait > patience.totalWaitMs) {
      return conclude(end, errand, { what: errand.what, unclear, attempts }, means.redactor);
    }
    waited += wait;
    await means.clock.sleep(wait, means.signal);
  }
}

async function endOf<Received extends WireAnswer>(errand: Errand<Received>, number: number): Promise<End<Received>> {
  try {
    return { answer: await errand.attempt(number) };
  } catch (error) {
    if (error instanceof WireFailure) return { failure: error };
    throw error;
  }
}

function outcomeOf(end: End<WireAnswer>, now: number): Outcome {
  if ("failure" in end) return { failure: end.failure.kind };
  const { status, headers } = end.answer;
  return { status, retryAfterMs: status === 429 || status === 503 ? retryAfterMs(headers, now) : undefined };
}

function conclude<Received extends WireAnswer>(
  end: End<Received>,
  errand: Errand<Received>,
  failed: Failed,
  redactor: Redactor,
): Received {
  if ("failure" in end) throw silence(end.failure, failed, errand.host);
  const { answer } = end;
  const success = answer.status >= 200 && answer.status < 300;
  if (success || errand.expect.includes(answer.status)) return answer;
  throw refusal(answer, failed, redactor);
}
