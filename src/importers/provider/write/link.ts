import { isObj, type Json, type Obj } from "../../../model/json.ts";
import type { ContentReference, Kind } from "../../../model/kind.ts";
import { formatPointer, objectWith, parsePointer, pointerCovers, valueAt } from "../../../model/pointer.ts";
import type { Schema } from "../../../model/schema.ts";
import { contentReferences, references } from "../../../canonical/references.ts";
import { followRef, notesOf, propertySchema } from "../../../canonical/schema-walk.ts";

/** Values of an object by pointer. */
export type LinkedValues = { readonly [pointer: string]: Json };

/** Pointers of everything in an object that may close a circle: the same nodes that the first pass of an apply leaves out. */
export function linkedPointers(kind: Pick<Kind, "schema">, object: Obj): string[] {
  const found: string[] = [];
  collect(kind.schema, kind.schema, object, [], found);
  return found.sort();
}

function collect(root: Schema, node: Schema, object: Obj, path: readonly string[], found: string[]): void {
  for (const [name, value] of Object.entries(object)) {
    const child = followRef(propertySchema(node, name, root) ?? {}, root);
    const below = [...path, name];
    if (notesOf(child).phase === 2 || notesOf(child.items ?? {}).phase === 2) found.push(formatPointer(below));
    else if (isObj(value)) collect(root, child, value, below, found);
  }
}

/** Pointer of the text content of a kind, which closes a circle where texts name one another. */
export function contentPointer(kind: Pick<Kind, "content">): string | undefined {
  return kind.content === undefined ? undefined : formatPointer([kind.content.at]);
}

/** What an object has at these pointers; pointers that lead nowhere are left out. */
export function linkedValues(object: Obj, pointers: readonly string[]): LinkedValues {
  const entries = pointers.map((pointer) => [pointer, valueAt(object, pointer)] as const);
  return Object.fromEntries(entries.filter((entry): entry is readonly [string, Json] => entry[1] !== undefined));
}

/** The object with these values in place. */
export function withLinked(object: Obj, values: LinkedValues): Obj {
  return Object.entries(values).reduce((carry, [pointer, value]) => objectWith(carry, pointer, value), object);
}

/** The object without what lies at these pointers, and without parents that are empty then, as in canonical form. */
export function withoutLinked(object: Obj, pointers: readonly string[]): Obj {
  return pointers.reduce((carry, pointer) => {
    if (valueAt(carry, pointer) === undefined) return carry;
    return withoutEmptyParents(objectWith(carry, pointer, undefined), parsePointer(pointer).slice(0, -1));
  }, object);
}

/** The object with what another one has at these pointers, if it has anything there. */
export function withLinkedOf(object: Obj, other: Obj, pointers: readonly string[]): Obj {
  return withLinked(withoutLinked(object, pointers), linkedValues(other, pointers));
}

/**
 * What a create writes of an object, a Link of which writes the rest: fields that close a circle are left out, a text goes
 * without the parts that name what does not exist yet.
 * @param exists is there an object that the text means?
 */
export function firstPassObject(
  kind: Kind,
  object: Obj,
  linked: readonly string[],
  exists: (reference: ContentReference) => boolean,
): Obj {
  const { content } = kind;
  const inText = contentPointer(kind);
  const fields = withoutLinked(
    object,
    linked.filter((pointer) => pointer !== inText),
  );
  const text = content === undefined ? undefined : fields[content.at];
  if (content === undefined || inText === undefined || typeof text !== "string" || !linked.includes(inText))
    return fields;
  if (content.references(text).every(exists)) return fields;
  return { ...fields, [content.at]: content.without(text, (reference) => !exists(reference)) };
}

/** Which objects have to exist before a linked value can be written. */
export interface Existing {
  readonly coordinate: (coordinate: string) => boolean;
  readonly named: (reference: ContentReference) => boolean;
}

/** Those of the linked pointers whose value cannot be written yet, because it refers to what does not exist. */
export function unresolvedPointers(kind: Kind, object: Obj, linked: readonly string[], existing: Existing): string[] {
  if (linked.length === 0) return [];
  const missing = references(kind, object).filter(({ coordinate }) => !existing.coordinate(coordinate));
  const inText = contentPointer(kind);
  return linked.filter((pointer) => {
    if (pointer === inText) return !contentReferences(kind, object).every(existing.named);
    return missing.some(({ path }) => pointerCovers(pointer, path));
  });
}

function withoutEmptyParents(object: Obj, segments: readonly string[]): Obj {
  for (let depth = segments.length; depth > 0; depth -= 1) {
    const pointer = formatPointer(segments.slice(0, depth));
    const parent = valueAt(object, pointer);
    if (!isObj(parent) || Object.keys(parent).length > 0) return object;
    object = objectWith(object, pointer, undefined);
  }
  return object;
}
