import { isObj, type Json, type Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import type { Schema } from "../model/schema.ts";
import { followRef, notesOf, propertySchema } from "./schema-walk.ts";

/**
 * The object without what is written in a second pass (schema nodes marked phase 2): those values are as in `current`, or
 * absent where there is no current object.
 */
export function firstPass(kind: Pick<Kind, "schema">, wanted: Obj, current: Obj = {}): Obj {
  return withoutSecondPass(kind.schema, kind.schema, wanted, current);
}

function withoutSecondPass(root: Schema, node: Schema, wanted: Obj, current: Obj): Obj {
  const names = [...new Set([...Object.keys(wanted), ...Object.keys(current)])];
  const entries = names.map((name): [string, Json | undefined] => {
    const child = followRef(propertySchema(node, name, root) ?? {}, root);
    const value = Object.hasOwn(wanted, name) ? wanted[name] : undefined;
    const before = Object.hasOwn(current, name) ? current[name] : undefined;
    if (notesOf(child).phase === 2 || notesOf(child.items ?? {}).phase === 2) return [name, before];
    return [name, isObj(value) ? withoutSecondPass(root, child, value, isObj(before) ? before : {}) : value];
  });
  return Object.fromEntries(entries.filter((entry): entry is [string, Json] => entry[1] !== undefined));
}
