import { byCodePoint, compactJson, isList, isObj, type Json, type Obj } from "../../../model/json.ts";
import type { Kind } from "../../../model/kind.ts";
import type { FieldNotes, Schema } from "../../../model/schema.ts";
import { followRef, isSequence, notesOf, propertySchema } from "../../../canonical/schema-walk.ts";

/**
 * What a program wrote, as a snapshot would have it: empty values are left out, because the services use them and missing
 * ones interchangeably (genesys-api §1.3), sets are sorted, keys are in order. An object in canonical form stays as it is.
 */
export function canonicalInputs(kind: Pick<Kind, "schema">, object: Obj): Obj {
  return canonicalObject(kind.schema, kind.schema, object);
}

function canonicalObject(root: Schema, node: Schema, object: Obj): Obj {
  const keyed = typeof notesOf(node).array === "object";
  const entries = Object.entries(object).flatMap(([name, value]): [string, Json][] => {
    const child = propertySchema(node, name, root) ?? {};
    if (keyed && isObj(value)) return [[name, canonicalObject(root, child, value)]];
    const canonical = canonicalValue(root, child, value, object);
    return canonical === undefined ? [] : [[name, canonical]];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => byCodePoint(a, b)));
}

function canonicalValue(root: Schema, schema: Schema, value: Json, holder: Obj): Json | undefined {
  const node = followRef(schema, root);
  const notes = notesOf(node);
  if (notes.opaque === true) return value === null ? undefined : value;
  if (value === null || value === "") return undefined;
  if (isList(value)) return canonicalList(root, node, notes, value, holder);
  if (!isObj(value)) return value;
  const object = canonicalObject(root, node, value);
  return Object.keys(object).length === 0 ? undefined : object;
}

function canonicalList(
  root: Schema,
  node: Schema,
  notes: FieldNotes,
  items: readonly Json[],
  holder: Obj,
): Json | undefined {
  const values = items
    .map((item) => canonicalValue(root, node.items ?? {}, item, holder))
    .filter((item) => item !== undefined);
  if (values.length === 0) return undefined;
  if (isSequence(notes, holder)) return values;
  const members = new Map(values.map((value) => [compactJson(value), value]));
  return [...members].sort(([a], [b]) => byCodePoint(a, b)).map(([, value]) => value);
}
