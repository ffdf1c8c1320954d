import { join } from "node:path";
import type { Coordinate } from "../model/coordinate.ts";
import { isObj, textOf } from "../model/json.ts";
import type { Files } from "../model/ports.ts";
import { dropOvertaken } from "./overtaken.ts";

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

/** Reads a baseline: one line per record, the last one of a coordinate counts. Damaged lines are left out. */
export async function readBaseline(files: Files, path: string): Promise<Baseline> {
  return parseBaseline((await files.read(path)) ?? "");
}

function parseBaseline(text: string): Map<Coordinate, BaselineEntry> {
  const entries = new Map<Coordinate, BaselineEntry>();
  for (const line of text.split("\n")) {
    const record = parseRecord(line);
    if (record === undefined) continue;
    const { coordinate, gone, ...entry } = record;
    if (gone) entries.delete(coordinate);
    else entries.set(coordinate, entry);
  }
  return entries;
}

/** The line that records an object. */
function baselineLine(coordinate: Coordinate, entry: BaselineEntry): string {
  return JSON.stringify({ coordinate, ...entry });
}

/** Adds what one object is in step with; undefined when it is there no more. */
export async function appendBaseline(
  files: Files,
  path: string,
  coordinate: Coordinate,
  entry: BaselineEntry | undefined,
): Promise<void> {
  const gone = JSON.stringify({ coordinate, gone: true });
  await files.append(path, entry === undefined ? gone : baselineLine(coordinate, entry));
}

/** Replaces the file by one line per object, so that it does not grow with every apply. */
export async function compactBaseline(files: Files, path: string, baseline: Baseline): Promise<void> {
  await files.write(
    path,
    linesOf(baseline)
      .map((line) => line + "\n")
      .join(""),
  );
}

/** Does the same where most lines are overtaken. */
export function compactLongBaseline(files: Files, path: string): Promise<void> {
  return dropOvertaken(files, path, (text) => linesOf(parseBaseline(text)));
}

function linesOf(baseline: Baseline): string[] {
  return [...baseline].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, entry]) => baselineLine(name, entry));
}

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

function parseRecord(line: string): ({ coordinate: Coordinate; gone: boolean } & BaselineEntry) | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (!isObj(value) || typeof value["coordinate"] !== "string") return undefined;
    const { coordinate, sourceId, targetId, digest, gone } = value;
    return {
      coordinate,
      gone: gone === true,
      sourceId: textOf(sourceId),
      targetId: textOf(targetId),
      digest: textOf(digest),
    };
  } catch {
    return undefined;
  }
}
