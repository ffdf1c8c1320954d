import type { Kind, List, Write } from "../../src/model/kind.ts";
import { parsePointer } from "../../src/model/pointer.ts";
import type { Excluded, FieldNotes, Schema } from "../../src/model/schema.ts";

/** The kind with another schema at a field; `*` is any item or entry. @throws Error when there is no such field */
export function withField(kind: Kind, field: string, change: (schema: Schema) => Schema | undefined): Kind {
  const schema = edited(kind.schema, kind.schema, parsePointer(field), change);
  if (schema === undefined) throw new Error(`${kind.name} has no ${field}`);
  return { ...kind, schema };
}

function edited(
  root: Schema,
  schema: Schema,
  path: readonly string[],
  change: (schema: Schema) => Schema | undefined,
): Schema | undefined {
  const node = inlined(root, schema);
  const [name, ...rest] = path;
  if (name === undefined) return change(node);
  const inside = (inner: Schema | undefined): Schema | undefined => {
    if (inner === undefined) throw new Error(`there is no ${path.join("/")}`);
    return edited(root, inner, rest, change);
  };
  if (name === "*" && node.items !== undefined) return { ...node, items: inside(node.items) ?? {} };
  if (name === "*" && typeof node.additionalProperties === "object")
    return { ...node, additionalProperties: inside(node.additionalProperties) ?? true };
  const { [name]: old, ...others } = node.properties ?? {};
  const next = inside(old);
  return { ...node, properties: next === undefined ? others : { ...others, [name]: next } };
}

function inlined(root: Schema, { $ref, ...own }: Schema): Schema {
  if ($ref === undefined) return own;
  return { ...inlined(root, root.$defs?.[$ref.replace("#/$defs/", "")] ?? {}), ...own };
}

/** The kind with other notes at a field. */
export function withNotes(kind: Kind, field: string, change: (notes: FieldNotes) => FieldNotes): Kind {
  return withField(kind, field, (schema) => ({ ...schema, "x-lockstep": change(schema["x-lockstep"] ?? {}) }));
}

/** The kind with another reason not to compare a field, or none. */
export function withExcluded(kind: Kind, field: string, excluded: Excluded | undefined): Kind {
  const { [field]: _, ...others } = kind.schema["x-excluded"] ?? {};
  const all = excluded === undefined ? others : { ...others, [field]: excluded };
  return { ...kind, schema: { ...kind.schema, "x-excluded": all } };
}

/** The kind with other lists. */
export function withLists(kind: Kind, change: (list: List) => List): Kind {
  return kind.read === undefined ? kind : { ...kind, read: { ...kind.read, lists: kind.read.lists.map(change) } };
}

/** The kind written in another way. */
export function withWrite(kind: Kind, change: (write: Write) => Write): Kind {
  return kind.write === undefined ? kind : { ...kind, write: change(kind.write) };
}
