import { byCodePoint, compactJson, isObj, type Json, type Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { fold, pathOf, type Place } from "./fold.ts";
import { isSequence } from "./schema-node.ts";
import { present, presentEntries, rewriting, sharedList, isSame } from "./visitors.ts";

/**
 * The object with every set as a map from member to member, so that a comparison by path speaks of members and not of
 * positions, which shift when a member comes or goes.
 * @param other what it is compared with: a list whose order means something on either side stays a list on both
 */
export function setForm(kind: Pick<Kind, "schema">, object: Obj, other: Obj = {}): Obj {
  const visitor = rewriting({
    list: (items, place, isSet) =>
      isSet && !isSequenceIn(other, place) ? toMap(place.value) : sharedList(present(items), place.value),
  });
  return objectFrom(fold(kind.schema, object, visitor), object);
}

/** The opposite of {@link setForm}. */
export function arrayForm(kind: Pick<Kind, "schema">, object: Obj): Obj {
  const visitor = rewriting({
    object: (entries, { node, value }) =>
      node.schema.type === "array"
        ? toArray(value)
        : isSame(entries, value)
          ? value
          : Object.fromEntries(presentEntries(entries)),
  });
  return objectFrom(fold(kind.schema, object, visitor), object);
}

function objectFrom(result: Json | undefined, object: Obj): Obj {
  return isObj(result) ? result : object;
}

/** Does the order of the list in the same place of another object mean something? Objects in lists have no same place. */
function isSequenceIn(other: Obj, place: Place): boolean {
  const { notes } = place.node;
  if (notes.sequenceWhen === undefined) return false;
  let holder: Json | undefined = other;
  for (const name of pathOf(place).slice(0, -1))
    holder = isObj(holder) && Object.hasOwn(holder, name) ? holder[name] : undefined;
  return isObj(holder) && isSequence(notes, holder);
}

function toMap(members: readonly Json[]): Json {
  return Object.fromEntries(members.map((item) => [typeof item === "string" ? item : compactJson(item), item]));
}

function toArray(map: Obj): Json {
  const members = Object.values(map).map((item) => [compactJson(item), item] as const);
  return members.sort(([a], [b]) => byCodePoint(a, b)).map(([, item]) => item);
}
