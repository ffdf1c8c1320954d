import type { Random } from "../../model/ports.ts";
import type { FailureKind } from "./wire.ts";

/** How one attempt ended: with a status, or with no answer. */
export type AttemptOutcome =
  { readonly status: number; readonly retryAfterMs?: number | undefined } | { readonly failure: FailureKind };

/** How often and how long a request is repeated before its failure is final. */
export interface Patience {
  /** Attempts as long as something answers. */
  readonly attempts: number;
  /** Attempts while nothing answers. */
  readonly silentAttempts: number;
  readonly totalWaitMs: number;
}

/** Long enough to sit out several windows of the rate limit and a short outage. */
export const patient: Patience = { attempts: 8, silentAttempts: 8, totalWaitMs: 600_000 };

/** For the first contact: somebody who mistyped an address should not wait long. */
export const impatient: Patience = { ...patient, silentAttempts: 3 };

/**
 * What an attempt's end means. `again`: it may be repeated; `unclear`: the request may have been carried out although
 * no answer says so.
 */
export interface RetryDecision {
  readonly again: boolean;
  readonly unclear: boolean;
}

/** Failures that may pass. Each may come after the request took effect, also an internal error (500). */
const passing: ReadonlySet<number> = new Set([408, 500, 502, 503, 504]);

/**
 * Judges an attempt. What was certainly not processed (429, nobody reached) is repeated always; what may have been
 * processed only when repeating is harmless (GET, HEAD, PUT as full replacement, and POSTs that only read).
 */
export function retryDecision(outcome: AttemptOutcome, repeatable: boolean): RetryDecision {
  if ("failure" in outcome) {
    const { failure } = outcome;
    if (failure === "unreached") return { again: true, unclear: false };
    if (failure === "untrusted" || failure === "not-tls") return { again: false, unclear: false };
    return { again: repeatable && failure !== "aborted", unclear: true };
  }
  if (outcome.status === 429) return { again: true, unclear: false };
  return { again: repeatable && passing.has(outcome.status), unclear: passing.has(outcome.status) };
}

const firstBackoffMs = 1_000;
const longestBackoffMs = 30_000;

/**
 * How long to wait before the next attempt: as long as the server asks, or anything up to a bound that doubles each
 * time ("full jitter", so that callers that failed together do not come back together).
 * @param attempt number of the attempt that failed, from 1
 */
export function waitBefore(outcome: AttemptOutcome, attempt: number, random: Random): number {
  const asked = "status" in outcome ? outcome.retryAfterMs : undefined;
  const bound = Math.min(longestBackoffMs, firstBackoffMs * 2 ** (attempt - 1));
  return asked === undefined ? Math.round(random() * bound) : asked + Math.round(random() * firstBackoffMs);
}
