import { compactJson, objectsOf, textOf, type Json, type Obj } from "../model/json.ts";
import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import type { Plan } from "../model/plan.ts";
import { valueAt } from "../model/pointer.ts";
import type { Files } from "../model/ports.ts";
import type { Edit } from "../model/report.ts";
import type { Finding } from "../model/snapshot.ts";
import { statePath, type Workspace } from "../model/workspace.ts";
import type { Difference } from "../drift/compare.ts";
import { digestJson } from "../canonical/digest.ts";
import { exactly } from "../pairing/glob.ts";
import { openRecords, readRecords, type RecordForm, type Records } from "./records.ts";

/**
 * A value that was written, and that the organisation gave back as another one. Digests stand for the values, because a free
 * field may hold a secret.
 */
interface KeptValue {
  readonly path: string;
  readonly wanted: string;
  readonly kept: string;
  /** Writes in a row with this outcome. */
  readonly times: number;
}

/** What the organisation gave back instead of what was written, by object. */
export type KeptValues = ReadonlyMap<Coordinate, readonly KeptValue[]>;

/** After so many equal outcomes it is the platform, and not somebody who changed the object meanwhile or an answer that was late. */
const SURE = 2;

/** Where the notes about an organisation are kept. */
export function keptValuesPath(workspace: Pick<Workspace, "directory">, orgId: string): string {
  return statePath(workspace, "kept", `${orgId}.jsonl`);
}

/** What earlier runs noted. Damaged lines are left out. */
export function readKeptValues(files: Files, path: string): Promise<KeptValues> {
  return readRecords(files, path, FORM);
}

/** Opens the notes for more of them. */
export function openKeptValues(files: Files, path: string): Promise<Records<readonly KeptValue[]>> {
  return openRecords(files, path, FORM);
}

const FORM: RecordForm<readonly KeptValue[]> = {
  key: "coordinate",
  gone: { gone: true },
  read: ({ values }) => (values === undefined ? undefined : objectsOf(values).map(valueIn)),
  write: (values) => ({ values: values.map((value) => ({ ...value })) }),
};

function valueIn({ path, wanted, kept, times }: Obj): KeptValue {
  const count = typeof times === "number" ? times : 0;
  return { path: textOf(path), wanted: textOf(wanted), kept: textOf(kept), times: count };
}

/** The notes about an object after a write of it: only an outcome that is the same again counts up. */
export function notedEdits(known: readonly KeptValue[] = [], edits: readonly Edit[]): KeptValue[] {
  return edits
    .filter(({ path }) => path !== "")
    .map((edit) => {
      const now = outcomeOf(edit);
      const before = known.find((one) => isSame(one, now));
      return { ...now, times: (before?.times ?? 0) + 1 };
    });
}

/** Is it known that the platform keeps the value of this difference, whatever is written? */
export function isKeptByPlatform(known: readonly KeptValue[] = [], edit: Edit): boolean {
  const now = outcomeOf(edit);
  return known.some((one) => one.times >= SURE && isSame(one, now));
}

/** Places of an object where it is known that the platform keeps another value than the wanted one. */
export function keptPlaces(known: readonly KeptValue[] = [], object: Obj): string[] {
  return known
    .filter(({ path, wanted, times }) => times >= SURE && digestOf(valueAt(object, path)) === wanted)
    .map(({ path }) => path);
}

/** Says of such a place what would accept it. */
export function keptFinding(coordinate: Coordinate, path: string): Finding {
  return { code: CODE, coordinate, path, message: messageAbout(coordinate, [path]) };
}

function outcomeOf({ path, before, after }: Edit): Omit<KeptValue, "times"> {
  return { path, wanted: digestOf(after), kept: digestOf(before) };
}

function digestOf(value: Json | undefined): string {
  return value === undefined ? "" : digestJson(value);
}

function isSame(one: Omit<KeptValue, "times">, other: Omit<KeptValue, "times">): boolean {
  return one.path === other.path && one.wanted === other.wanted && one.kept === other.kept;
}

/** Differences that another write would not remove. */
export function keptFindings(differences: readonly Difference[], known: KeptValues): Finding[] {
  if (known.size === 0) return [];
  return differences.flatMap(({ coordinate, action, edits }) => {
    if (action !== "update") return [];
    const kept = edits.filter((edit) => isKeptByPlatform(known.get(coordinate), edit));
    return kept.map(({ path }) => keptFinding(coordinate, path));
  });
}

const CODE = "platform-keeps-value";

/** Differences without those that consist of kept values only, and these as what cannot be done. */
export function withoutKept(
  differences: readonly Difference[],
  findings: readonly Finding[],
): { readonly open: readonly Difference[]; readonly blocked: Plan["blocked"] } {
  const kept = new Map<Coordinate, Set<string>>();
  for (const { code, coordinate, path = "" } of findings)
    if (code === CODE) kept.set(coordinate, (kept.get(coordinate) ?? new Set()).add(path));
  const isKept = ({ coordinate, action, edits }: Difference): boolean =>
    action === "update" && edits.every(({ path }) => kept.get(coordinate)?.has(path) === true);
  const blocked = differences.filter(isKept).map(({ coordinate, edits }) =>
    keptBlock(
      coordinate,
      edits.map(({ path }) => path),
    ),
  );
  return { open: differences.filter((difference) => !isKept(difference)), blocked };
}

/** Says of an object that the platform keeps values of it. */
export function keptBlock(coordinate: Coordinate, paths: readonly string[]): Plan["blocked"][number] {
  return { coordinate, code: CODE, message: messageAbout(coordinate, paths) };
}

function messageAbout(coordinate: Coordinate, paths: readonly string[]): string {
  const lines = paths.map((path) => `- ${ignoreFor(coordinate, path)}`).join(" ");
  return `The platform keeps its own value at ${paths.join(", ")}: it was written twice and the same other value came back; to accept that, add to \`ignores\` in lockstep.yaml: ${lines}`;
}

/** A rule in one line, which is YAML as well as JSON. */
function ignoreFor(coordinate: Coordinate, path: string): string {
  const { kind, key } = splitCoordinate(coordinate);
  return compactJson({ kind, name: exactly(key), path, reason: "the platform keeps its own value" });
}
