import type { Override } from "../model/config.ts";
import { LockstepError } from "../model/error.ts";
import { isList, isObj, type Json, type Obj } from "../model/json.ts";
import type { Content, Kind } from "../model/kind.ts";
import { formatPointer, parsePointer, valueAt, withValueAt } from "../model/pointer.ts";
import { didYouMean } from "../model/suggest.ts";
import type { Owner } from "../model/schema.ts";
import { nodeOf } from "../canonical/schema-node.ts";
import { fieldOwner } from "./state-rules.ts";

/** What became of an object, or what to do about a rule that has no place in it. */
export type Overridden = { readonly object: Obj; readonly added: boolean } | { readonly hint: string };

/** What to do about a rule for a field that is not part of the compared configuration. */
const OWNED: { readonly [owner in Owner]: string } = {
  secret: "Give the secret under `secrets`, by reference.",
  server: "The platform fills this field; it cannot be set.",
  operational: "Give it under `orgs.standby.state`.",
  org: "Give it under `orgs.standby.state`.",
};

const NO_SUCH_PLACE = "Copy the path from `lockstep diff`.";

/**
 * The object with the value of a rule. Null and, outside free JSON, every empty value take the place away: canonical form
 * has no empty values. `added` tells that nothing was there and any key would have been accepted.
 */
export function overridden(kind: Kind, object: Obj, { path, value }: Pick<Override, "path" | "value">): Overridden {
  const [first, ...rest] = parsePointer(path);
  if (kind.content !== undefined && first === kind.content.at && rest.length > 0) {
    return inContent(kind.content, object, formatPointer(rest), value);
  }
  const owner = fieldOwner(kind, path);
  if (owner !== undefined) return { hint: OWNED[owner] };
  const place = placeOf(kind, object, path);
  if (place === "nowhere") return { hint: nearPath(object, path) };
  const isFree = place === "free";
  const next = withValueAt(object, path, isAbsence(value, isFree) ? undefined : value);
  const added = isFree && valueAt(object, path) === undefined;
  return isObj(next) ? { object: next, added } : { hint: NO_SUCH_PLACE };
}

function isAbsence(value: Json, isFree: boolean): boolean {
  return value === null || (!isFree && isEmpty(value));
}

function inContent(content: Content, object: Obj, pointer: string, value: Json): Overridden {
  const text = object[content.at];
  if (typeof text !== "string") return { hint: NO_SUCH_PLACE };
  try {
    return { object: { ...object, [content.at]: content.override(text, pointer, value) }, added: false };
  } catch (error) {
    if (error instanceof LockstepError && error.code === "override-unmatched") return { hint: error.hint };
    throw error;
  }
}

/**
 * What kind of place a path leads to. `declared`: a property that the schema names, whether the object has it or not.
 * `free`: inside free JSON, or a key where any key may be, such as a trunk property or the cell of a row. `there`: anything
 * else that exists; keys that stand for something, such as the row itself, have to exist.
 */
function placeOf(kind: Kind, object: Obj, path: string): "declared" | "free" | "there" | "nowhere" {
  let place: ReturnType<typeof placeOf> = "nowhere";
  let node = nodeOf(kind.schema);
  let holder: Json | undefined = object;
  for (const segment of parsePointer(path)) {
    const next: Json | undefined = holder === undefined ? undefined : valueAt(holder, formatPointer([segment]));
    const isMissing = next === undefined;
    if (isMissing && holder !== undefined && !isObj(holder)) return "nowhere";
    const isDeclared = Object.hasOwn(node.schema.properties ?? {}, segment);
    if (node.notes.opaque !== true) node = isList(holder) ? node.item() : node.property(segment);
    place = isDeclared ? "declared" : node.notes.opaque === true ? "free" : isMissing ? "nowhere" : "there";
    if (place === "nowhere") return place;
    holder = next;
  }
  return place;
}

function isEmpty(value: Json): boolean {
  if (value === "") return true;
  if (isList(value)) return value.length === 0;
  return isObj(value) && Object.keys(value).length === 0;
}

function nearPath(object: Obj, path: string): string {
  let holder: Json | undefined = object;
  for (const segment of parsePointer(path)) {
    if (isObj(holder) && !Object.hasOwn(holder, segment)) {
      const suggestion = didYouMean(segment, Object.keys(holder));
      return suggestion === "" ? NO_SUCH_PLACE : suggestion;
    }
    holder = holder === undefined ? undefined : valueAt(holder, formatPointer([segment]));
  }
  return NO_SUCH_PLACE;
}
