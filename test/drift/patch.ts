import { isList, isObj, type Json } from "../../src/model/json.ts";
import type { Edit } from "../../src/model/report.ts";

/** Applies edits to a copy of a value. Written apart from the product, so that one mistake cannot hide in both. */
export function patch(value: Json, edits: readonly Edit[]): Json {
  const sequenceLast = [...edits].sort((a, b) => depthFirst(a.path, b.path));
  return sequenceLast.reduce<Json>(
    (result, edit) => patchOne(result, segmentsOf(edit.path), edit),
    structuredClone(value),
  );
}

function segmentsOf(path: string): string[] {
  return path
    .split("/")
    .slice(1)
    .map((segment) => segment.replace(/~1/g, "/").replace(/~0/g, "~"));
}

/** Later positions of a list go first when they are removed. */
function depthFirst(a: string, b: string): number {
  const [left, right] = [segmentsOf(a), segmentsOf(b)];
  const at = left.findIndex((segment, index) => segment !== right[index]);
  return Number(right[at]) - Number(left[at]) || 0;
}

function patchOne(value: Json, [segment, ...rest]: readonly string[], edit: Edit): Json {
  if (segment === undefined) return edit.after ?? null;
  if (isList(value)) {
    const copy = [...value];
    const at = Number(segment);
    if (rest.length > 0) copy[at] = patchOne(copy[at] ?? null, rest, edit);
    else if ("after" in edit) copy[at] = edit.after ?? null;
    else copy.splice(at, 1);
    return copy;
  }
  const entries = new Map(Object.entries(isObj(value) ? value : {}));
  if (rest.length > 0) entries.set(segment, patchOne(entries.get(segment) ?? null, rest, edit));
  else if ("after" in edit) entries.set(segment, edit.after ?? null);
  else entries.delete(segment);
  return Object.fromEntries(entries);
}
