import type { Coordinate } from "../../model/coordinate.ts";
import type { Clock } from "../../model/ports.ts";

/** What is compared next. */
export type Wanted = "everything" | readonly Coordinate[];

/** What waits for a comparison, and since when, in milliseconds. */
export interface Waiting {
  readonly objects: ReadonlySet<Coordinate>;
  readonly firstAt: number;
  readonly lastAt: number;
  /** When everything is due. */
  readonly everythingAt: number;
}

/** How long changes are gathered: until it is quiet for so long, but no longer than the longest. */
export interface Gathering {
  readonly quietMs: number;
  readonly longestMs: number;
}

/** More objects than this are not compared one by one: everything is. */
const MOST_OBJECTS = 50;

/** When the next comparison is due. */
export function dueAt({ objects, firstAt, lastAt, everythingAt }: Waiting, gathering: Gathering): number {
  if (objects.size === 0) return everythingAt;
  return Math.min(everythingAt, lastAt + gathering.quietMs, firstAt + gathering.longestMs);
}

/** What is to be compared of what waits. Everything includes each object. */
export function wantedOf({ objects, everythingAt }: Waiting, now: number): Wanted {
  return now >= everythingAt || objects.size > MOST_OBJECTS ? "everything" : [...objects];
}

/** Gathers changes until it is time to compare. */
export interface Gatherer {
  add(object: Coordinate): void;
  /** Everything is to be compared at this time, or earlier if that was said before. */
  everythingBy(at: number): void;
  /** Waits until something is due. Rejects when the signal is aborted. */
  next(signal: AbortSignal): Promise<Wanted>;
}

/** Creates a gatherer; everything is due at once. */
export function createGatherer(clock: Clock, gathering: Gathering): Gatherer {
  const nothing = { objects: new Set<Coordinate>(), firstAt: 0, lastAt: 0, everythingAt: Infinity };
  let waiting: Waiting = { ...nothing, everythingAt: clock.now() };
  let news = new AbortController();
  const change = (changed: Partial<Waiting>): void => {
    waiting = { ...waiting, ...changed };
    news.abort();
  };
  return {
    add: (object) => {
      const [now, { objects, firstAt }] = [clock.now(), waiting];
      change({
        objects: new Set([...objects, object]),
        firstAt: objects.size === 0 ? now : firstAt,
        lastAt: now,
      });
    },
    everythingBy: (at) => change({ everythingAt: Math.min(waiting.everythingAt, at) }),
    next: async (signal) => {
      for (;;) {
        signal.throwIfAborted();
        const now = clock.now();
        const due = dueAt(waiting, gathering);
        if (due <= now) {
          const wanted = wantedOf(waiting, now);
          waiting = wanted === "everything" ? nothing : { ...nothing, everythingAt: waiting.everythingAt };
          return wanted;
        }
        news = new AbortController();
        // With nothing due at all it is woken by what comes.
        const ms = Math.min(due - now, 3_600_000);
        await clock.sleep(ms, AbortSignal.any([signal, news.signal])).catch(() => undefined);
      }
    },
  };
}
