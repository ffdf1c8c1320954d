import { isObj, textOf, type Json, type Obj } from "../../../model/json.ts";
import type { Kind } from "../../../model/kind.ts";
import { parsePointer } from "../../../model/pointer.ts";
import type { Edit } from "../../../model/report.ts";
import { setForm } from "../../../canonical/set-form.ts";
import { foldedEdits, resourceEdits, withMoved } from "./edits.ts";
import { isCovered, objectIn, treatmentOf } from "../read/inputs.ts";
import { withLinked, type LinkedValues } from "../write/link.ts";
import { formatPath, pathElements, type PathElement } from "../../../formats/property-path.ts";

/** What happens to one property. */
export interface PropertyDiff {
  readonly kind: "add" | "add-replace" | "delete" | "delete-replace" | "update" | "update-replace";
  /** False: the value before is that of the outputs, which are the live object. */
  readonly inputDiff: false;
}

/** What the engine wants to know about a resource that is in its state. */
export interface ResourceDiff {
  readonly changes: "none" | "some";
  /** By property path. */
  readonly detailedDiff: { readonly [propertyPath: string]: PropertyDiff };
  /** Top-level properties that differ. */
  readonly diffs: readonly string[];
  /** Top-level properties that only a new object can get. */
  readonly replaces: readonly string[];
  /** Names are unique, so the old object has to go first. */
  readonly deleteBeforeReplace: boolean;
}

const NO_DIFF: ResourceDiff = {
  changes: "none",
  detailedDiff: {},
  diffs: [],
  replaces: [],
  deleteBeforeReplace: false,
};

interface Change {
  readonly path: readonly PathElement[];
  readonly verb: "add" | "delete" | "update";
  readonly replaces: boolean;
}

/**
 * The difference between a live object and what the program wants. Pure. Differences that are ignored, that a Link writes or
 * that Pulumi only keeps are none. The engine also asks with the sides swapped: the answer then is the inverse.
 * @param olds outputs of the last read or write
 * @param oldInputs inputs of that time
 * @param news inputs of the program
 * @throws LockstepError when a text that differs cannot be read
 */
export function diffResource(kind: Kind, olds: Obj, oldInputs: Obj, news: Obj): ResourceDiff {
  if (treatmentOf(news).retained) return NO_DIFF;
  const changes = changesBetween(
    kind,
    resourceEdits(kind, olds, news),
    withMoved(kind, objectIn(olds), news),
    objectIn(news),
  );
  return diffOf([...keyChange(kind, olds["key"] ?? oldInputs["key"], news["key"]), ...changes]);
}

/**
 * The difference between what a Link found and what it should write. Pure. Only what the program wants is looked at, because
 * what it no longer speaks of belongs to the object itself again.
 */
export function diffLink(kind: Kind, olds: Obj, news: Obj): ResourceDiff {
  const target = textOf(news["target"]);
  const moved: Change[] =
    textOf(olds["target"]) === target ? [] : [{ path: ["target"], verb: "update", replaces: true }];
  const { ignored } = treatmentOf(news);
  const found = valuesIn(olds);
  const changes = Object.entries(valuesIn(news)).flatMap(([pointer, value]): Change[] => {
    const path = ["values", pointer];
    if (!Object.hasOwn(found, pointer))
      return isCovered(ignored, pointer) ? [] : [{ path, verb: "add", replaces: false }];
    const before = withMoved(kind, withLinked({}, { [pointer]: found[pointer] ?? null }), news);
    const after = withLinked({}, { [pointer]: value });
    const edits = resourceEdits(kind, before, { ...after, lockstep: news["lockstep"] ?? {} });
    const depth = parsePointer(pointer).length;
    return changesBetween(kind, edits, before, after).map((change) => ({
      ...change,
      path: [...path, ...change.path.slice(depth)],
      replaces: false,
    }));
  });
  return diffOf([...moved, ...changes]);
}

/** The values of a Link, by pointer. */
export function valuesIn(properties: Obj): LinkedValues {
  return isObj(properties["values"]) ? properties["values"] : {};
}

function keyChange(kind: Kind, old: Json | undefined, next: Json | undefined): Change[] {
  if (old === undefined || next === undefined || old === next) return [];
  return [{ path: ["key"], verb: "update", replaces: kind.write?.rename === "recreate" }];
}

function changesBetween(kind: Kind, edits: readonly Edit[], before: Obj, after: Obj): Change[] {
  if (edits.length === 0) return [];
  const old = { plain: before, sets: setForm(kind, before, after) };
  const next = { plain: after, sets: setForm(kind, after, before) };
  return foldedEdits(kind, edits, before, after).map((edit) => ({
    path: pathElements(edit.path, old, next),
    verb: !("before" in edit) ? "add" : !("after" in edit) ? "delete" : "update",
    replaces: isImmutable(kind, parsePointer(edit.path)[0] ?? ""),
  }));
}

function isImmutable({ schema }: Kind, property: string): boolean {
  const { properties = {} } = schema;
  return Object.hasOwn(properties, property) && properties[property]?.["x-lockstep"]?.immutable === true;
}

function diffOf(changes: readonly Change[]): ResourceDiff {
  if (changes.length === 0) return NO_DIFF;
  const detailed = new Map<string, PropertyDiff>();
  for (const { path, verb, replaces } of changes) {
    const name = formatPath(path);
    const other = detailed.get(name)?.kind;
    // A member that came and one that went, in the same place of their lists.
    const both = other === undefined || other.replace("-replace", "") === verb ? verb : "update";
    const kind = replaces || other?.endsWith("-replace") === true ? (`${both}-replace` as const) : both;
    detailed.set(name, { kind, inputDiff: false });
  }
  const topLevel = (some: readonly Change[]): string[] => [...new Set(some.map(({ path }) => String(path[0])))].sort();
  const replaces = topLevel(changes.filter((change) => change.replaces));
  return {
    changes: "some",
    detailedDiff: Object.fromEntries(detailed),
    diffs: topLevel(changes),
    replaces,
    deleteBeforeReplace: replaces.length > 0,
  };
}
