import { isList, isObj, type Json, textOf } from "../../src/model/json.ts";
import { splitCoordinate, type Coordinate } from "../../src/model/coordinate.ts";
import type { Schema } from "../../src/model/schema.ts";
import { followRef, isSequence, notesOf, propertySchema, referencedKind } from "../../src/canonical/schema-walk.ts";

/** Where a place of an answer is found in a snapshot object, as far as it can be told; and the schema there. */
export interface Place {
  readonly path: readonly string[];
  readonly schema: Schema;
}

/** Follows a path of an answer through a kind's schema: into maps that were lists, and not into sets or references. */
export function placeOf(
  root: Schema,
  answer: Json,
  path: readonly string[],
  coordinateOfId: (kind: string, id: string) => Coordinate | undefined,
): Place {
  let schema = root;
  let value: Json | undefined = answer;
  let holder: Json | undefined;
  const found: string[] = [];
  for (const segment of path) {
    const node = followRef(schema, root);
    const notes = notesOf(node);
    if (notes.ref !== undefined) return { path: found, schema: node };
    const inner: Json | undefined = isList(value) ? value[Number(segment)] : isObj(value) ? value[segment] : undefined;
    if (isList(value) && typeof notes.array === "object") {
      const item = isObj(inner) ? inner : {};
      const identity = textOf(item[notes.array.by]);
      const kind = notes.array.ref === undefined ? undefined : referencedKind({ ref: notes.array.ref }, item);
      const linked = kind === undefined ? identity : splitCoordinate(coordinateOfId(kind, identity) ?? "").key;
      found.push(linked);
      schema = typeof node.additionalProperties === "object" ? node.additionalProperties : {};
    } else if (isList(value)) {
      schema = node.items ?? {};
      if (!isSequence(notes, isObj(holder) ? holder : {})) return { path: found, schema: followRef(schema, root) };
      found.push(segment);
    } else {
      found.push(segment);
      schema = propertySchema(node, segment, root) ?? {};
    }
    holder = value;
    value = inner;
  }
  return { path: found, schema: followRef(schema, root) };
}
