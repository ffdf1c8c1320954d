import type { ProbeLimits } from "./settings.ts";

/** The schedule starts a run this often. */
export const RUN_EVERY_MS = 60_000;

/**
 * Requests that time out in one pass of an organisation that does not answer at all: the login, while a token is due, and
 * the API, with the token that is still valid. Both organisations are measured at once.
 */
const SILENT_REQUESTS = 2;

/** How long a pass takes, at most, when an organisation does not answer at all. */
export function failingPassMs({ timeoutMs }: Pick<ProbeLimits, "timeoutMs">): number {
  return SILENT_REQUESTS * timeoutMs;
}

/**
 * Is a run over before the next one starts, even when each of its passes fails? The function runs once at a time: while a
 * run lasts longer than its minute, the next one is turned away and its passes are missing.
 */
export function fitsItsMinute(limits: ProbeLimits): boolean {
  return limits.passes * Math.max(limits.passEveryMs, failingPassMs(limits)) <= RUN_EVERY_MS;
}

/** The longest way to the failed pass that is one too many. */
export interface Detection {
  /** The longest time from the start of one pass to the start of the next on that way. */
  readonly gapMs: number;
  /** From the last good pass to the start of the last failed one. */
  readonly untilLastPassMs: number;
}

/**
 * How long it takes, at most, until the last of so many failures in a row begins, for an organisation that falls silent
 * right after it was measured. The row goes on from one run to the next, because the container remembers it; between two
 * runs there may be a longer pause than between two passes. For limits whose passes fit into their minute.
 */
export function slowestDetection(limits: ProbeLimits): Detection {
  const ways = Array.from({ length: limits.passes }, (_, lastGood) => wayFrom(lastGood, limits));
  return ways.reduce((slowest, way) => (way.untilLastPassMs > slowest.untilLastPassMs ? way : slowest));
}

/** The starts of passes as `runPasses` has them: by the schedule, or as soon as the pass before is over. */
function wayFrom(lastGood: number, limits: ProbeLimits): Detection {
  const { passes, passEveryMs, failures } = limits;
  const starts = [lastGood * passEveryMs];
  let free = 0;
  for (let index = lastGood + 1; index <= lastGood + failures; index++) {
    const planned = Math.floor(index / passes) * RUN_EVERY_MS + (index % passes) * passEveryMs;
    const start = Math.max(planned, free);
    starts.push(start);
    free = start + failingPassMs(limits);
  }
  const gaps = starts.slice(1).map((start, index) => start - (starts[index] ?? start));
  return { gapMs: Math.max(...gaps), untilLastPassMs: gaps.reduce((sum, gap) => sum + gap, 0) };
}
