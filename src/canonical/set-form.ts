import { byCodePoint, compactJson, isList, isObj, type Json, type Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import type { Schema } from "../model/schema.ts";
import { followRef, isSequence, notesOf, propertySchema } from "./schema-walk.ts";

/**
 * The object with every set as a map from member to member, so that a comparison by path speaks of members and not of
 * positions, which shift when a member comes or goes.
 * @param other what it is compared with: a list whose order means something on either side stays a list on both
 */
export function setForm(kind: Pick<Kind, "schema">, object: Obj, other: Obj = {}): Obj {
  return convert(kind.schema, kind.schema, object, { turn: toMap, other });
}

/** The opposite of {@link setForm}. */
export function arrayForm(kind: Pick<Kind, "schema">, object: Obj): Obj {
  return convert(kind.schema, kind.schema, object, { turn: toArray, other: {} });
}

interface Turn {
  readonly turn: (value: Json) => Json;
  /** The object in the same place on the other side. */
  readonly other: Obj;
}

function toMap(value: Json): Json {
  if (!isList(value)) return value;
  return Object.fromEntries(value.map((item) => [typeof item === "string" ? item : compactJson(item), item]));
}

function toArray(value: Json): Json {
  if (!isObj(value)) return value;
  const members = Object.values(value).map((item) => [compactJson(item), item] as const);
  return members.sort(([a], [b]) => byCodePoint(a, b)).map(([, item]) => item);
}

function convert(root: Schema, node: Schema, object: Obj, how: Turn): Obj {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => {
      const child = propertySchema(node, name, root);
      return [name, child === undefined ? value : convertValue(root, child, value, object, how, how.other[name])];
    }),
  );
}

function convertValue(
  root: Schema,
  schema: Schema,
  value: Json,
  holder: Obj,
  how: Turn,
  beside: Json | undefined = undefined,
): Json {
  const node = followRef(schema, root);
  const notes = notesOf(node);
  if (notes.opaque === true || notes.ref !== undefined) return value;
  const ordered = isSequence(notes, holder) || (notes.sequenceWhen !== undefined && isSequence(notes, how.other));
  if (node.type === "array" && !ordered) return how.turn(value);
  if (isList(value)) {
    return value.map((item) => (node.items === undefined ? item : convertValue(root, node.items, item, holder, how)));
  }
  return isObj(value) ? convert(root, node, value, { ...how, other: isObj(beside) ? beside : {} }) : value;
}
