import type { Clock } from "../../model/ports.ts";
import { ApiError } from "../../model/error.ts";
import type { AttemptOutcome } from "./retry.ts";

/**
 * Decides that an organisation is down, where something can stand in for it: once a single request has gone without a usable
 * answer for long enough, it and every other one fails at once. Rate limits are no outage.
 */
export interface OutageWatch {
  /** Longest time that one attempt may take. */
  readonly attemptMs: number;
  /** @throws ApiError that the first request ended with, when the organisation counts as down */
  assertUp(): void;
  /** Has a request that began to fail at this time gone on for too long, if it waited so many milliseconds more? */
  isOver(outcome: AttemptOutcome, failingSince: number, waitMs: number): boolean;
  /** Notes what a request ended with: it may be what the organisation is down with. */
  noteEnd(error: unknown): void;
}

/** Logging in comes before and reading the stand-in after: both have to fit into the time that a person was promised. */
const SHARE = 0.8;

/** @param giveUpAfterMs undefined where there is no stand-in: then patience alone decides */
export function createOutage(giveUpAfterMs: number | undefined, clock: Clock): OutageWatch {
  const limit = giveUpAfterMs === undefined ? Infinity : giveUpAfterMs * SHARE;
  let down: ApiError | undefined;
  return {
    attemptMs: limit,
    assertUp: () => {
      if (down !== undefined) throw down;
    },
    isOver: (outcome, failingSince, waitMs) => {
      const isSilent = "failure" in outcome && outcome.failure === "timed-out" && limit !== Infinity;
      return isSilent || clock.now() + waitMs - failingSince >= limit;
    },
    noteEnd: (error) => {
      const isSick = error instanceof ApiError && (error.status === 0 || error.status >= 500);
      if (limit !== Infinity && isSick) down ??= error;
    },
  };
}
