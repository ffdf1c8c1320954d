import type { App } from "../model/app.ts";
import { readPrimary, readSide, type LoadedSide, type ReadOptions } from "./read-side.ts";

/** Where both sides are read from, absolute paths of snapshots or the organisations themselves, and how those are read. */
export interface SidePaths extends Pick<ReadOptions, "fresh"> {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The primary, or what stands in for it, and the standby. */
export interface BothSides {
  readonly source: LoadedSide;
  readonly target: LoadedSide;
}

/**
 * Reads the primary and the standby at the same time: each organisation has a rate limit of its own, so the slower one alone
 * says how long it takes. When one of them fails, the other is stopped before this ends.
 * @throws LockstepError of the side that failed first, as {@link readPrimary} and {@link readSide}
 */
export async function readSides(app: App, { from, to, fresh }: SidePaths): Promise<BothSides> {
  const stop = new AbortController();
  const options = { fresh, signal: stop.signal };
  const primary = readPrimary(app, from, options);
  const standby = readSide(app, "standby", to, options);
  try {
    const [source, target] = await Promise.all([primary, standby]);
    return { source, target };
  } catch (error) {
    stop.abort(error);
    await Promise.allSettled([primary, standby]);
    throw error;
  }
}
