import { isObj, type Json, type Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { nodeOf, type SchemaNode } from "./schema-node.ts";

/**
 * The wanted object with what it lacks and the present one has as explicit empty values, where the API takes one: empty lists, and
 * the empty texts that the schema allows for. An update may keep what it leaves out (genesys-api §1.3), and a snapshot leaves out
 * what is empty.
 */
export function withEmptied(kind: Pick<Kind, "schema">, wanted: Obj, current: Obj): Obj {
  return emptied(nodeOf(kind.schema), wanted, current);
}

function emptied(holder: SchemaNode, wanted: Obj, current: Obj): Obj {
  const entries = Object.entries(current).flatMap(([name, value]): [string, Json][] => {
    const place = holder.property(name);
    const { notes, excluded } = place;
    if (notes.part === true || notes.opaque === true || excluded !== undefined) return [];
    const next = Object.hasOwn(wanted, name) ? wanted[name] : undefined;
    if (next === undefined) return emptyValue(place).map((empty) => [name, empty]);
    // An entry of a list is written as a whole.
    if (typeof notes.array === "object" || !isObj(next) || !isObj(value)) return [];
    const inside = emptied(place, next, value);
    return inside === next ? [] : [[name, inside]];
  });
  return entries.length === 0 ? wanted : { ...wanted, ...Object.fromEntries(entries) };
}

/** The empty value of a place in snapshot form; none where the API takes no such value. */
function emptyValue({ schema, notes }: SchemaNode): Json[] {
  if (notes.emptyText === true) return [""];
  if (typeof notes.array === "object") return [{}];
  return schema.type === "array" && (schema.minItems ?? 0) === 0 ? [[]] : [];
}
