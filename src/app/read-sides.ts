import type { App } from "../model/app.ts";
import { readPrimary, readSide, type LoadedSide } from "./read-side.ts";

/** Where both sides are read from: absolute paths of snapshots, or the organisations themselves. */
export interface SidePaths {
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
export async function readSides(app: App, { from, to }: SidePaths): Promise<BothSides> {
  const stop = new AbortController();
  const primary = readPrimary(app, from, stop.signal);
  const standby = readSide(app, "standby", to, stop.signal);
  try {
    const [source, target] = await Promise.all([primary, standby]);
    return { source, target };
  } catch (error) {
    stop.abort(error);
    await Promise.allSettled([primary, standby]);
    throw error;
  }
}
