import type { Clock } from "../../model/ports.ts";
import { ApiError } from "../../model/error.ts";
import type { AttemptOutcome } from "./retry.ts";
import { WireFailure } from "./wire.ts";

/**
 * Decides that an organisation is down, where something can stand in for it: once a single request has gone without a usable
 * answer for long enough, it and every other one fails at once. Rate limits are no outage.
 */
export interface OutageWatch {
  /** Longest time that one attempt may take. */
  readonly attemptMs: number;
  /** @throws ApiError that the first request ended with, when the organisation counts as down */
  assertUp(): void;
  /** Begins to watch one request. */
  trial(): Trial;
  /** Notes what a request ended with: it may be what the organisation is down with. */
  noteEnd(error: unknown): void;
}

/** One request with all its attempts. Its time begins when it is sent first, not while it waits for its turn. */
export interface Trial {
  /** Sends it once, for no longer than the request has left. @throws WireFailure `timed-out` */
  send<Received>(once: () => Promise<Received>): Promise<Received>;
  /** Has it gone on for too long, if it waited so many milliseconds more? A rate limit is an answer: after it, time begins again. */
  isOver(outcome: AttemptOutcome, waitMs: number): boolean;
}

/** What is left of the promised time is for starting, for reading the snapshot that is used instead, and for a machine that is busy. */
const SHARE = 0.8;

/** Requests that begin in this share of the promised time end within it: they find an organisation that was sick from the start. */
const FROM_THE_START = SHARE / 2;

/**
 * When a request has to have a usable answer. All that begins early has one deadline, because times of their own would add up.
 * @param sentAt when it was sent first
 * @param promisedMs how long a person waits at most for the snapshot that is used instead
 */
export function deadlineOf(sentAt: number, openedAt: number, promisedMs: number): number {
  const isEarly = sentAt - openedAt <= promisedMs * FROM_THE_START;
  return (isEarly ? openedAt : sentAt) + promisedMs * SHARE;
}

/**
 * @param giveUpAfterMs undefined where there is no stand-in: then patience alone decides
 * @param wireClock measures how long an answer takes: over a network real time, whatever clock waits are taken from
 */
export function createOutage(
  giveUpAfterMs: number | undefined,
  clock: Clock,
  wireClock: Pick<Clock, "sleep"> = clock,
): OutageWatch {
  let down: ApiError | undefined;
  const openedAt = clock.now();
  const trial = (): Trial =>
    giveUpAfterMs === undefined ? ENDLESS : createTrial(giveUpAfterMs, openedAt, { clock, wireClock });
  return {
    attemptMs: giveUpAfterMs === undefined ? Infinity : giveUpAfterMs * SHARE,
    assertUp: () => {
      if (down !== undefined) throw down;
    },
    trial,
    noteEnd: (error) => {
      const isSick = error instanceof ApiError && (error.status === 0 || error.status >= 500);
      if (giveUpAfterMs !== undefined && isSick) down ??= error;
    },
  };
}

const ENDLESS: Trial = Object.freeze({
  send: <Received>(once: () => Promise<Received>) => once(),
  isOver: () => false,
});

interface Clocks {
  readonly clock: Clock;
  readonly wireClock: Pick<Clock, "sleep">;
}

function createTrial(promisedMs: number, openedAt: number, { clock, wireClock }: Clocks): Trial {
  let deadline: number | undefined;
  return {
    send: (once) => {
      const now = clock.now();
      deadline ??= deadlineOf(now, openedAt, promisedMs);
      return within(deadline - now, wireClock, once);
    },
    isOver: (outcome, waitMs) => {
      if ("status" in outcome && outcome.status === 429) deadline = undefined;
      const isSilent = "failure" in outcome && outcome.failure === "timed-out";
      return isSilent || (deadline !== undefined && clock.now() + waitMs >= deadline);
    },
  };
}

/** Nothing waits any more for an attempt that takes longer. */
async function within<Received>(
  ms: number,
  clock: Pick<Clock, "sleep">,
  once: () => Promise<Received>,
): Promise<Received> {
  const ended = new AbortController();
  const timeOut = clock.sleep(ms, ended.signal).then(() => {
    throw new WireFailure("timed-out", "ETIMEDOUT");
  });
  try {
    return await Promise.race([once(), timeOut]);
  } finally {
    ended.abort();
    timeOut.catch(() => undefined);
  }
}
