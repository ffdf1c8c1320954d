import { coordinateOf, splitCoordinate, splitKey, type Coordinate } from "../model/coordinate.ts";
import { isList, isObj, type Json, type Obj } from "../model/json.ts";
import type { ContentReference, Kind } from "../model/kind.ts";
import { formatPointer } from "../model/pointer.ts";
import type { FieldNotes, Schema } from "../model/schema.ts";
import { embedded, mapTexts } from "./embedded.ts";
import { followRef, notesOf, propertySchema } from "./schema-walk.ts";

const EVERY_OBJECT = "*";

/** One place of an object that refers to another object. */
export interface Reference {
  /** What it refers to, as written; nothing says that it exists. */
  readonly coordinate: Coordinate;
  /** Pointer inside the object. Where keys of a map refer: the pointer of the entry. */
  readonly path: string;
  /** May close a cycle, so it can be written in a second pass. */
  readonly phase2: boolean;
  /** `key`: the key of a map's entry is the natural key of what it refers to. */
  readonly at: "value" | "key";
  /** A reference to the object itself is left out of requests. */
  readonly omitSelf: boolean;
}

/**
 * The references of an object in snapshot form, in document order: every text at a field marked `x-lockstep.ref`, and
 * every key of a map marked `x-lockstep.array.ref`. Texts that no object backs are included. Objects that the text content names are {@link contentReferences}.
 */
export function references(kind: Pick<Kind, "schema">, object: Obj): Reference[] {
  const found: Reference[] = [];
  visit(kind.schema, kind.schema, object, [], found);
  return found;
}

/**
 * The objects that the text content names; paths are pointers into the object, below the content property.
 * @param read what texts name, where they were read before
 */
export function contentReferences(
  kind: Pick<Kind, "content">,
  object: Obj,
  read?: ReadonlyMap<string, readonly ContentReference[]>,
): ContentReference[] {
  const { content } = kind;
  const text = content === undefined ? undefined : object[content.at];
  if (content === undefined || typeof text !== "string") return [];
  const named = read?.get(text) ?? content.references(text);
  return named.map((found) => ({ ...found, path: formatPointer([content.at]) + found.path }));
}

/** The coordinate of the object whose key is the first part of this one's, if the kind has a parent. */
export function parentReference(kind: Pick<Kind, "parent">, key: string): Coordinate | undefined {
  const [first] = splitKey(key);
  return kind.parent === undefined || first === undefined ? undefined : coordinateOf(kind.parent.kind, first);
}

/**
 * Finds the object that a text names: by its key or, where the text tells only the end of the key, by that end, if only one
 * object of the kind has it. Keys part at colons (`inboundcall:Main`) and slashes (`<integration>/<category>/<name>`).
 */
export function nameIndex(
  coordinates: Iterable<Coordinate>,
): (named: Pick<ContentReference, "kind" | "name" | "partial">) => Coordinate | undefined {
  const known = new Set<Coordinate>();
  const byEnd = new Map<string, Coordinate | undefined>();
  for (const coordinate of new Set(coordinates)) {
    known.add(coordinate);
    const { kind, key } = splitCoordinate(coordinate);
    for (const separator of key.matchAll(/[:/]/g)) {
      const end = coordinateOf(kind, key.slice(separator.index + 1));
      byEnd.set(end, byEnd.has(end) ? undefined : coordinate);
    }
  }
  return ({ kind, name, partial }) => {
    const exact = coordinateOf(kind, name);
    return known.has(exact) ? exact : partial === true ? byEnd.get(exact) : undefined;
  };
}

function keyedKind(notes: FieldNotes): string | undefined {
  return typeof notes.array === "object" ? notes.array.ref : undefined;
}

/** Is the text a reference? `*` stands for every division (genesys-api §3, wrap-up code). */
function isReference(notes: FieldNotes, text: string): boolean {
  return notes.ref !== undefined && text !== EVERY_OBJECT;
}

function visitIds(value: Json, path: readonly (string | number)[], phase2: boolean, found: Reference[]): void {
  mapTexts(value, (text, below) => {
    const coordinate = embedded(text);
    if (coordinate !== undefined)
      found.push({ coordinate, path: formatPointer([...path, ...below]), phase2, at: "value", omitSelf: false });
    return text;
  });
}

function visit(
  root: Schema,
  schema: Schema,
  value: Json,
  path: readonly (string | number)[],
  found: Reference[],
  second = false,
): void {
  const node = followRef(schema, root);
  const notes = notesOf(node);
  const phase2 = second || notes.phase === 2;
  if (notes.opaque === true) {
    if (notes.ids !== undefined) visitIds(value, path, phase2, found);
    return;
  }
  if (typeof value === "string") {
    if (isReference(notes, value))
      found.push({
        coordinate: value,
        path: formatPointer(path),
        phase2,
        at: "value",
        omitSelf: notes.omitSelf === true,
      });
  } else if (isList(value)) {
    value.forEach((item, index) => visit(root, node.items ?? {}, item, [...path, index], found, phase2));
  } else if (isObj(value)) {
    const keyed = keyedKind(notes);
    for (const [name, inner] of Object.entries(value)) {
      const below = [...path, name];
      if (keyed !== undefined) {
        found.push({
          coordinate: coordinateOf(keyed, name),
          path: formatPointer(below),
          phase2,
          at: "key",
          omitSelf: false,
        });
      }
      visit(root, propertySchema(node, name, root) ?? {}, inner, below, found, phase2);
    }
  }
}
