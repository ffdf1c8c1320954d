import { diffArrays } from "diff";
import { compactJson, isList, isObj, type Json, type Obj } from "../model/json.ts";
import { formatPointer, parsePointer } from "../model/pointer.ts";
import type { Edit, ListEdit, ListStep } from "../model/report.ts";

/** Longest list that is aligned; of longer ones the edits by position have to do. */
const LONGEST = 2_000;

/**
 * The lists that gained, lost or moved items. A list in which only something inside items changed is none of them: there the
 * edits by position say it better.
 * @param edits those between the two objects
 */
export function listEdits(before: Obj, after: Obj, edits: readonly Edit[]): ListEdit[] {
  const found = new Map<string, ListEdit | undefined>();
  for (const { path } of edits) addLists(before, after, parsePointer(path), found);
  return [...found.values()].flatMap((list) => (list === undefined ? [] : [list]));
}

/** Adds the outermost list on the way to a place that gained, lost or moved items, once. */
function addLists(
  before: Obj,
  after: Obj,
  segments: readonly string[],
  found: Map<string, ListEdit | undefined>,
): void {
  let [left, right]: [Json | undefined, Json | undefined] = [before, after];
  for (const [at, segment] of segments.entries()) {
    if (isList(left) && isList(right)) {
      const path = formatPointer(segments.slice(0, at));
      if (!found.has(path)) found.set(path, listEdit(path, left, right));
      if (found.get(path) !== undefined) return;
    }
    left = itemOf(left, segment);
    right = itemOf(right, segment);
  }
}

function itemOf(value: Json | undefined, segment: string): Json | undefined {
  if (isList(value)) return value[Number(segment)];
  return isObj(value) && Object.hasOwn(value, segment) ? value[segment] : undefined;
}

/** An item that only one side has at its place. */
interface Alone {
  readonly at: number;
  readonly text: string;
  readonly value: Json;
}

function listEdit(path: string, before: readonly Json[], after: readonly Json[]): ListEdit | undefined {
  if (Math.max(before.length, after.length) > LONGEST) return undefined;
  const { gone, come } = unaligned(before, after);
  const moves: ListStep[] = [];
  const inserted = [...come];
  const removed = gone.filter(({ at, text, value }) => {
    const twin = inserted.findIndex((item) => item.text === text);
    const [there] = twin < 0 ? [] : inserted.splice(twin, 1);
    if (there !== undefined) moves.push({ op: "move", from: at, to: there.at, value });
    return there === undefined;
  });
  if (moves.length === 0 && isChangedInPlace(removed, inserted)) return undefined;
  const step =
    (op: "insert" | "remove") =>
    ({ at, value }: Alone): ListStep => ({ op, at, value });
  return { path, steps: [...removed.map(step("remove")), ...inserted.map(step("insert")), ...moves] };
}

/** The items that are not part of the longest common sequence. */
function unaligned(before: readonly Json[], after: readonly Json[]): { gone: Alone[]; come: Alone[] } {
  const [gone, come]: [Alone[], Alone[]] = [[], []];
  let [left, right] = [0, 0];
  for (const { value, added, removed } of diffArrays(before.map(compactJson), after.map(compactJson))) {
    for (const text of value) {
      if (removed) gone.push({ at: left, text, value: before[left] ?? null });
      if (added) come.push({ at: right, text, value: after[right] ?? null });
      if (!added) left += 1;
      if (!removed) right += 1;
    }
  }
  return { gone, come };
}

/** Is each item that went replaced by another one with an inside, at the same place? */
function isChangedInPlace(removed: readonly Alone[], inserted: readonly Alone[]): boolean {
  return (
    removed.length === inserted.length &&
    removed.every(({ at, value }, index) => at === inserted[index]?.at && hasInside(value, inserted[index].value))
  );
}

function hasInside(before: Json, after: Json): boolean {
  return (isObj(before) && isObj(after)) || (isList(before) && isList(after));
}
