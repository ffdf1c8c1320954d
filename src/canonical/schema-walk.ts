import { isObj, type Json } from "../model/json.ts";
import type { FieldNotes, Schema } from "../model/schema.ts";

/** A schema with its `$ref` followed. Lockstep's schemas refer only to their own `$defs`. */
export function followRef(node: Schema, root: Schema): Schema {
  const name = node.$ref?.replace("#/$defs/", "");
  if (name === undefined) return node;
  const target = root.$defs?.[name];
  if (target === undefined) throw new Error(`schema ${root.$id ?? ""}: no definition ${name}`);
  const { $ref: _, ...own } = node;
  return { ...followRef(target, root), ...own };
}

/** The notes of a schema node; none when it has none. */
export function notesOf(node: Schema): FieldNotes {
  return node["x-lockstep"] ?? {};
}

/** The schema of a property, or undefined when the schema does not know it. */
export function propertySchema(node: Schema, name: string, root: Schema): Schema | undefined {
  const own = node.properties !== undefined && Object.hasOwn(node.properties, name) ? node.properties[name] : undefined;
  const child = own ?? (typeof node.additionalProperties === "object" ? node.additionalProperties : undefined);
  return child === undefined ? undefined : followRef(child, root);
}

/** The kind that a reference in API form points to; undefined when its `type` is unknown. */
export function referencedKind(notes: FieldNotes, reference: Json): string | undefined {
  if (typeof notes.ref === "string") return notes.ref;
  const type = isObj(reference) ? reference["type"] : undefined;
  return typeof type === "string" && notes.ref !== undefined && Object.hasOwn(notes.ref, type)
    ? notes.ref[type]
    : undefined;
}

/** Is the order of this array meaning? */
export function isSequence(notes: FieldNotes, holder: { readonly [name: string]: unknown }): boolean {
  if (notes.sequenceWhen !== undefined) return holder[notes.sequenceWhen.sibling] === notes.sequenceWhen.is;
  return notes.array !== "set";
}
