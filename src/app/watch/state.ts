import type { DriftReport } from "../../model/report.ts";
import type { Side } from "../../model/side.ts";
import { problemsIn, type Level } from "../../report/problems.ts";

/** How one organisation is followed. */
export interface WatchedSide {
  /** `polling` while there is no channel that says anything. */
  readonly by: "channel" | "polling";
  readonly requests: number;
  readonly waits: number;
}

/** What is known of a pair that is watched. */
export interface WatchState {
  readonly startedAt: number;
  /** When both organisations were last compared whole. */
  readonly goodAt?: number;
  /** The code of the error that the last comparison ended with; absent when it was a good one. */
  readonly failure?: string;
  /** The last drift of everything. */
  readonly report?: DriftReport;
  readonly comparisons: { readonly [outcome in Outcome]: number };
  readonly sides: { readonly [side in Side]: WatchedSide };
}

/** How a comparison ended: `partial` is one of which an absent difference would mean nothing. */
export type Outcome = "good" | "partial" | "failed";

/** Milliseconds since the last good comparison, or since the start while there was none. */
export function ageMs({ goodAt, startedAt }: WatchState, now: number): number {
  return now - (goodAt ?? startedAt);
}

/** What the health endpoint answers. */
export interface WatchHealth {
  readonly healthy: boolean;
  readonly ageSeconds: number;
  readonly compared: boolean;
  readonly failure?: string;
  readonly primary: WatchedSide["by"];
  readonly standby: WatchedSide["by"];
}

/** Is the last good comparison recent enough? A failed one never counts, however often it is tried. */
export function healthOf(state: WatchState, now: number, staleMs: number): WatchHealth {
  const { sides, failure } = state;
  const age = ageMs(state, now);
  return {
    healthy: age < staleMs,
    ageSeconds: Math.floor(age / 1000),
    compared: state.goodAt !== undefined,
    ...(failure === undefined ? {} : { failure }),
    primary: sides.primary.by,
    standby: sides.standby.by,
  };
}

/** So many things differ in a kind that matter so much. */
export interface DriftCount {
  readonly kind: string;
  readonly severity: Level;
  readonly count: number;
}

/** How much differs, by kind and by how much it matters; what belongs to no kind has the kind `none`. */
export function driftCounts(report: DriftReport): DriftCount[] {
  const counts = new Map<string, DriftCount>();
  for (const { kind, level } of problemsIn(report)) {
    const entry = { kind: kind === "" ? "none" : kind, severity: level };
    const key = `${entry.kind} ${level}`;
    counts.set(key, { ...entry, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()];
}
