import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
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

/** Organisations that others were kept in step with in this workspace, and the file that tells. @param directory that of the configuration */
export async function baselineSources(files: Files, directory: string): Promise<{ orgId: string; path: string }[]> {
  const names = (await files.list(join(directory, ".lockstep", "baseline"))) ?? [];
  return names.flatMap((name) => {
    const [, orgId] = PAIR_FILE.exec(name) ?? [];
    return orgId === undefined ? [] : [{ orgId, path: join(".lockstep", "baseline", name) }];
  });
}

/** What was written to an organisation in this workspace: coordinates and ids. @param directory that of the configuration */
export async function baselineIds(files: Files, directory: string, orgId: string): Promise<[Coordinate, string][]> {
  const place = join(directory, ".lockstep", "baseline");
  const names = ((await files.list(place)) ?? []).filter((name) => name.endsWith(`-${safe(orgId)}.jsonl`));
  const all = await Promise.all(names.map((name) => readBaseline(files, join(place, name))));
  return all.flatMap((baseline) => [...baseline].map(([at, { targetId }]) => [at, targetId] as [Coordinate, string]));
}

/** Ids of organisations are UUIDs; the source of the primary itself is its repository, which is none. */
const PAIR_FILE = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-.+\.jsonl$/i;

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

/** Objects that the standby has under another name than they should have: desired coordinate → the coordinate that it has. */
export interface NamesInStandby {
  /** Those that can get their name: it is free, or gets free. */
  readonly renamed: ReadonlyMap<Coordinate, Coordinate>;
  /** Those that cannot, because another object has the name and keeps it, or gets theirs. */
  readonly exchanged: ReadonlyMap<Coordinate, Coordinate>;
}

/**
 * Finds the objects that the standby has under another name. The ids that were in step tell, on both sides: whether the name
 * was changed in the primary or by hand in the standby, and also where another object got the old name since.
 * @param sourceIds desired coordinate → id in the primary
 * @param targetIds coordinate → id in the standby
 */
export function renamedObjects(
  baseline: Baseline,
  sourceIds: ReadonlyMap<Coordinate, string>,
  targetIds: ReadonlyMap<Coordinate, string>,
  canRename: (coordinate: Coordinate) => boolean,
): NamesInStandby {
  const partners = new Map([...baseline].map(([at, { sourceId, targetId }]) => [ofKind(at, sourceId), targetId]));
  const namesNow = new Map([...targetIds].map(([at, id]) => [ofKind(at, id), at]));
  const moved = new Map<Coordinate, Coordinate>();
  for (const [coordinate, sourceId] of sourceIds) {
    const partner = partners.get(ofKind(coordinate, sourceId));
    const present = partner === undefined ? undefined : namesNow.get(ofKind(coordinate, partner));
    if (present === undefined || present === coordinate || !canRename(coordinate)) continue;
    namesNow.delete(ofKind(coordinate, partner ?? ""));
    moved.set(coordinate, present);
  }
  const renamed = possibleRenames(moved, targetIds);
  return { renamed, exchanged: new Map([...moved].filter(([to]) => !renamed.has(to))) };
}

/** An id counts together with its kind: some are readable and the same for several kinds. */
function ofKind(coordinate: Coordinate, id: string): string {
  return `${splitCoordinate(coordinate).kind}/${id}`;
}

/** Renames to names that are free or get free. Objects that exchange names in a cycle stay where they are and get one another's content. */
function possibleRenames(
  moved: ReadonlyMap<Coordinate, Coordinate>,
  targetIds: ReadonlyMap<Coordinate, string>,
): Map<Coordinate, Coordinate> {
  const renamed = new Map(moved);
  for (;;) {
    const leaving = new Map([...renamed].map(([to, from]) => [from, to]));
    const end = (name: Coordinate): Coordinate => {
      let at = name;
      for (let next = leaving.get(at); next !== undefined && next !== name; next = leaving.get(at)) at = next;
      return at;
    };
    // Where the chain ends at a name that somebody keeps, or comes back to where it began, nothing gets free.
    const stuck = [...renamed.keys()].filter((to) => {
      const last = end(to);
      return leaving.get(last) !== undefined || targetIds.has(last);
    });
    if (stuck.length === 0) return renamed;
    for (const to of stuck) renamed.delete(to);
  }
}
