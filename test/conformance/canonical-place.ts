import { isList, isObj, type Json, textOf } from "../../src/model/json.ts";
import { splitCoordinate, type Coordinate } from "../../src/model/coordinate.ts";
import type { Schema } from "../../src/model/schema.ts";
import { isSequence, nodeOf, referencedKind } from "../../src/canonical/schema-node.ts";

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
  let node = nodeOf(root);
  let value: Json | undefined = answer;
  let holder: Json | undefined;
  const found: string[] = [];
  // Inside a set there are no positions: the path ends at the set, and the schema goes on.
  let inSet = false;
  for (const segment of path) {
    const { notes } = node;
    if (notes.ref !== undefined) return { path: found, schema: node.schema };
    const inner: Json | undefined = isList(value) ? value[Number(segment)] : isObj(value) ? value[segment] : undefined;
    if (isList(value) && typeof notes.array === "object") {
      const item = isObj(inner) ? inner : {};
      const identity = textOf(item[notes.array.by]);
      const kind = notes.array.ref === undefined ? undefined : referencedKind({ ref: notes.array.ref }, item);
      const linked = kind === undefined ? identity : splitCoordinate(coordinateOfId(kind, identity) ?? "").key;
      if (!inSet) found.push(linked);
      node = node.property(linked);
    } else if (isList(value)) {
      node = node.item();
      inSet ||= !isSequence(notes, isObj(holder) ? holder : {});
      if (!inSet) found.push(segment);
    } else {
      if (!inSet) found.push(segment);
      node = node.property(segment);
    }
    holder = value;
    value = inner;
  }
  return { path: found, schema: node.schema };
}
