import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Coordinate } from "../model/coordinate.ts";
import type { Files } from "../model/ports.ts";
import { openRecords, readRecords, type RecordForm } from "./records.ts";

/** What both organisations looked like when an object was last in step. */
export interface BaselineEntry {
  readonly sourceId: string;
  readonly targetId: string;
  /** Digest of the desired object, which the standby's object equalled. */
  readonly digest: string;
}

/** Baseline by coordinate of the desired object. */
export type Baseline = ReadonlyMap<Coordinate, BaselineEntry>;

/** Where the baseline of a pair of organisations is kept. @param directory that of the configuration */
export function baselinePath(directory: string, sourceId: string, targetId: string): string {
  return join(directory, ".lockstep", "baseline", `${safe(sourceId)}-${safe(targetId)}.jsonl`);
}

function safe(id: string): string {
  return id.replace(/[^A-Za-z0-9-]/g, "_");
}

/** Reads a baseline. Damaged lines are left out. */
export function readBaseline(files: Files, path: string): Promise<Baseline> {
  return readRecords(files, path, FORM);
}

/** Keeps a baseline: in memory, and in its file. */
export interface BaselineRecorder {
  readonly entries: Baseline;
  /** Notes what one object is in step with; undefined when it is gone. Nothing is written where that is known already. */
  readonly record: (coordinate: Coordinate, entry: BaselineEntry | undefined) => Promise<void>;
  /** Notes what many objects are in step with, the later ones last. */
  readonly recordAll: (changes: readonly BaselineChange[]) => Promise<void>;
}

/** What an object is in step with. An entry without the id in the source keeps the one that is known. */
export type BaselineChange = readonly [Coordinate, BaselineEntry | undefined];

/** Opens a baseline for recording. Without a path there is none, and nothing is recorded. */
export async function openBaseline(files: Files, path: string | undefined): Promise<BaselineRecorder> {
  if (path === undefined)
    return { entries: new Map(), record: () => Promise.resolve(), recordAll: () => Promise.resolve() };
  const records = await openRecords(files, path, FORM);
  const { entries } = records;
  return {
    entries,
    record: async (coordinate, entry) => {
      const before = entries.get(coordinate);
      const next = withSource(entry, before);
      if (!isDeepStrictEqual(before, next)) await records.put(coordinate, next);
    },
    recordAll: async (changes) => {
      if (entries.size > 0 || changes.some(([, entry]) => entry !== undefined))
        await records.putAll(
          changes.map(([coordinate, entry]) => [coordinate, withSource(entry, entries.get(coordinate))]),
        );
    },
  };
}

function withSource(entry: BaselineEntry | undefined, before: BaselineEntry | undefined): BaselineEntry | undefined {
  return entry?.sourceId === "" && before !== undefined ? { ...entry, sourceId: before.sourceId } : entry;
}

const FORM: RecordForm<BaselineEntry> = {
  key: "coordinate",
  gone: { gone: true },
  read: ({ sourceId, targetId, digest }) =>
    typeof sourceId === "string" && typeof targetId === "string" && typeof digest === "string"
      ? { sourceId, targetId, digest }
      : undefined,
  write: ({ sourceId, targetId, digest }) => ({ sourceId, targetId, digest }),
};

/**
 * Objects whose name changed in the primary: desired coordinate → the coordinate that the standby still has. Known from the
 * ids that were in step before.
 * @param sourceIds desired coordinate → id in the primary
 * @param targetIds coordinate → id in the standby
 */
export function renamedObjects(
  baseline: Baseline,
  sourceIds: ReadonlyMap<Coordinate, string>,
  targetIds: ReadonlyMap<Coordinate, string>,
  canRename: (coordinate: Coordinate) => boolean,
): Map<Coordinate, Coordinate> {
  const before = new Map([...baseline].map(([coordinate, entry]) => [entry.sourceId, { coordinate, entry }]));
  const renamed = new Map<Coordinate, Coordinate>();
  for (const [coordinate, sourceId] of sourceIds) {
    const known = before.get(sourceId);
    if (known === undefined || targetIds.has(coordinate) || !canRename(coordinate)) continue;
    const free = !sourceIds.has(known.coordinate);
    if (free && targetIds.get(known.coordinate) === known.entry.targetId) renamed.set(coordinate, known.coordinate);
  }
  return renamed;
}
