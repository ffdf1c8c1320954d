import { isEssential, nodeOf, type SchemaNode } from "../../../src/canonical/schema-node.ts";
import { formatPointer } from "../../../src/model/pointer.ts";
import type { FieldNotes, Schema } from "../../../src/model/schema.ts";

/** A place in a schema. */
export interface Field {
  readonly path: readonly string[];
  readonly pointer: string;
  readonly schema: Schema;
  readonly notes: FieldNotes;
  /** Does the first of two passes leave it out? */
  readonly later: boolean;
}

/** Every field that a kind's schema compares, at every depth; `*` is any item or entry. */
export function fieldsOf(root: Schema): Field[] {
  return visit(nodeOf(root), { path: [], later: false, inList: false }, []);
}

interface Way {
  readonly path: readonly string[];
  readonly later: boolean;
  readonly inList: boolean;
}

function visit(node: SchemaNode, way: Way, within: readonly SchemaNode[]): Field[] {
  if (within.includes(node) || node.excluded !== undefined) return [];
  const { schema, notes } = node;
  const { path, later } = way;
  const { properties = {}, additionalProperties } = schema;
  const names = [...Object.keys(properties), ...(typeof additionalProperties === "object" ? ["*"] : [])];
  const below = (name: string, inner: SchemaNode, inList: boolean): Field[] =>
    visit(inner, { path: [...path, name], later: later || waits(node, name, inner, inList), inList }, [
      ...within,
      node,
    ]);
  return [
    { path, pointer: formatPointer(path), schema, notes, later },
    ...names.flatMap((name) => below(name, node.property(name), way.inList)),
    ...(schema.items === undefined ? [] : below("*", node.item(), true)),
  ];
}

/** What an object must not lack, and what is in a list, cannot wait by itself. */
function waits(holder: SchemaNode, name: string, node: SchemaNode, inList: boolean): boolean {
  return node.waits() && !inList && !isEssential(holder, name);
}
