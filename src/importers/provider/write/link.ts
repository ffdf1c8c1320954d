import type { Json, Obj } from "../../../model/json.ts";
import type { ContentReference, Kind } from "../../../model/kind.ts";
import { formatPointer, objectWith, pointerCovers, valueAt } from "../../../model/pointer.ts";
import { withoutPlaces } from "../../../canonical/phases.ts";
import { contentReferences, references } from "../../../canonical/references.ts";

/** Values of an object by pointer. */
export type LinkedValues = { readonly [pointer: string]: Json };

/** Pointer of the text content of a kind, which closes a cycle where texts name one another. */
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

/** The object with what another one has at these pointers, if it has anything there. */
export function withLinkedOf(kind: Pick<Kind, "schema">, object: Obj, other: Obj, pointers: readonly string[]): Obj {
  return withLinked(withoutPlaces(kind, object, pointers), linkedValues(other, pointers));
}

/**
 * What a create writes of an object, a Link of which writes the rest: fields that close a cycle are left out, a text goes
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
  const fields = withoutPlaces(
    kind,
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
