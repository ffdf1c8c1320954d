import type { Clock, Random } from "../../model/ports.ts";
import type { Redactor } from "../../model/redactor.ts";
import type { FailedRequest } from "./errors.ts";
import { refusedError, unansweredError } from "./errors.ts";
import { retryAfterMs } from "./rate-headers.ts";
import type { OutageWatch, Trial } from "./outage.ts";
import type { AttemptOutcome, Patience } from "./retry.ts";
import { retryDecision, waitBefore } from "./retry.ts";
import type { WireAnswer } from "./wire.ts";
import { WireFailure } from "./wire.ts";

/** One request with what is known about repeating it. */
export interface RepeatableRequest<Received extends WireAnswer> {
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
  /** Sends it once, in the time that the trial leaves. @throws WireFailure */
  attempt(number: number, trial: Trial): Promise<Received>;
}

/** What repeating needs. */
export interface RetryPorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly signal: AbortSignal | undefined;
  readonly redactor: Redactor;
  readonly outage: OutageWatch;
}

type End<Received> = { readonly answer: Received } | { readonly failure: WireFailure };

/**
 * Sends until there is an answer that will not change by asking again, or patience runs out.
 * @returns a success, or a failure that the caller expects
 * @throws ApiError for any other end
 */
export async function sendWithRetries<Received extends WireAnswer>(
  request: RepeatableRequest<Received>,
  retryPorts: RetryPorts,
): Promise<Received> {
  const { patience } = request;
  let unclear = false;
  let waited = 0;
  const trial = retryPorts.outage.trial();
  for (let attempts = 1; ; attempts++) {
    const end = await endOf(request, attempts, trial);
    const outcome = outcomeOf(end, retryPorts.clock.now());
    const decision = retryDecision(outcome, request.repeatable);
    unclear ||= request.writes && decision.unclear;
    const wait = waitBefore(outcome, attempts, retryPorts.random);
    const most = "failure" in end ? patience.silentAttempts : patience.attempts;
    const isOver = trial.isOver(outcome, wait);
    if (!decision.again || attempts >= most || waited + wait > patience.totalWaitMs || isOver) {
      return conclude(end, request, { what: request.what, unclear, attempts }, retryPorts.redactor);
    }
    waited += wait;
    await retryPorts.clock.sleep(wait, retryPorts.signal);
  }
}

async function endOf<Received extends WireAnswer>(
  request: RepeatableRequest<Received>,
  number: number,
  trial: Trial,
): Promise<End<Received>> {
  try {
    return { answer: await request.attempt(number, trial) };
  } catch (error) {
    if (error instanceof WireFailure) return { failure: error };
    throw error;
  }
}

function outcomeOf(end: End<WireAnswer>, now: number): AttemptOutcome {
  if ("failure" in end) return { failure: end.failure.kind };
  const { status, headers } = end.answer;
  return { status, retryAfterMs: status === 429 || status === 503 ? retryAfterMs(headers, now) : undefined };
}

function conclude<Received extends WireAnswer>(
  end: End<Received>,
  request: RepeatableRequest<Received>,
  failed: FailedRequest,
  redactor: Redactor,
): Received {
  if ("failure" in end) throw unansweredError(end.failure, failed, request.host);
  const { answer } = end;
  const success = answer.status >= 200 && answer.status < 300;
  if (success || request.expect.includes(answer.status)) return answer;
  throw refusedError(answer, failed, redactor);
}
