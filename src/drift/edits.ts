import { isDeepStrictEqual } from "node:util";
import deepDiff from "deep-diff";
import { byCodePoint, isObj, textOf, type Json, type Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { formatPointer } from "../model/pointer.ts";
import type { Edit } from "../model/report.ts";
import { fold } from "../canonical/fold.ts";
import { setForm } from "../canonical/set-form.ts";
import { rewriting } from "../canonical/visitors.ts";

/**
 * The edits that turn `before` into `after`, sorted by path. Both are in canonical form, where identity lists are maps and
 * sets are sorted, so comparing by position says what a person would say. The only file that knows deep-diff.
 */
export function editsBetween(before: Json, after: Json): Edit[] {
  const [left, right] = named(before, after) ?? [before, after];
  const differences = deepDiff.diff(left, right, { normalize: (_path, _key, a, b) => named(a, b) }) ?? [];
  return differences.map(editOf).sort((a, b) => comparePaths(a.path, b.path));
}

/** Stands for the empty name of a property, which deep-diff overlooks where it is new. */
const EMPTY_NAME = "\0";

function named(before: Json, after: Json): [Json, Json] | undefined {
  if (!isObj(before) || !isObj(after) || !Object.hasOwn(after, "") || Object.hasOwn(before, "")) return undefined;
  const { "": value = null, ...rest } = after;
  return [before, { ...rest, [EMPTY_NAME]: value }];
}

type Difference = deepDiff.Diff<Json, Json>;

function editOf(difference: Difference): Edit {
  const path = ((difference.path ?? []) as (string | number)[]).map((name) => (name === EMPTY_NAME ? "" : name));
  switch (difference.kind) {
    case "N":
      return { path: formatPointer(path), after: difference.rhs };
    case "D":
      return { path: formatPointer(path), before: difference.lhs };
    case "E":
      return { path: formatPointer(path), before: difference.lhs, after: difference.rhs };
    case "A": {
      const item = editOf(difference.item);
      return { ...item, path: formatPointer([...path, difference.index]) };
    }
  }
}

function comparePaths(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true }) || byCodePoint(a, b);
}

/**
 * The edits between two objects of a kind. Sets are compared by member, text content by meaning; equal text is not parsed.
 * A path into a set ends in the member.
 */
export function objectEdits(kind: Kind, before: Obj, after: Obj): Edit[] {
  if (isDeepStrictEqual(before, after)) return [];
  return editsBetween(...comparedForms(kind, before, after));
}

/** Two objects of a kind in the form in which they are compared. */
export function comparedForms(kind: Kind, before: Obj, after: Obj): [Obj, Obj] {
  const [bare, wanted] = [comparedValues(kind, before), comparedValues(kind, after)];
  return comparableForms(kind, setForm(kind, bare, wanted), setForm(kind, wanted, bare));
}

function comparableForms(kind: Kind, before: Obj, after: Obj): [Obj, Obj] {
  const { content } = kind;
  if (content === undefined) return [before, after];
  const left = before[content.at];
  const right = after[content.at];
  if (left === right) return [without(before, content.at), without(after, content.at)];
  const comparable = (object: Obj, text: Json | undefined): Obj =>
    typeof text === "string" ? { ...object, [content.at]: content.comparable(text) } : object;
  return [comparable(before, left), comparable(after, right)];
}

/**
 * The object without what is only carried along, a digest beside it being compared in its place, and with local times in the
 * form of the API.
 */
function comparedValues(kind: Pick<Kind, "schema">, object: Obj): Obj {
  const bare = fold<Json | undefined>(
    kind.schema,
    object,
    rewriting({
      enter: ({ node }) => node.notes.carried !== true,
      leaf: ({ node, value }) => (node.notes.localTime === true ? localTime(value) : value),
    }),
  );
  return isObj(bare) ? bare : {};
}

const LOCAL_TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(?::(\d\d)(?:\.(\d+))?)?$/;

/** Files written by hand leave out seconds and fractions; the API answers with milliseconds (genesys-api §4.3, Schedule). */
function localTime(value: Json): Json {
  const [, minute, second = "00", fraction = ""] = LOCAL_TIME.exec(textOf(value)) ?? [];
  return minute === undefined ? value : `${minute}:${second}.${fraction.slice(0, 3).padEnd(3, "0")}`;
}

function without(object: Obj, property: string): Obj {
  const { [property]: _, ...rest } = object;
  return rest;
}

/** Edits of an object that one side lacks: one per top-level property. Text content is left out, being a document of its own. */
export function wholeObject(kind: Kind | undefined, object: Obj, side: "before" | "after"): Edit[] {
  const bare = kind === undefined ? object : comparedValues(kind, object);
  const shown = kind?.content === undefined ? bare : without(bare, kind.content.at);
  return side === "before" ? editsBetween(shown, {}) : editsBetween({}, shown);
}
