import { coordinateOf, splitCoordinate, splitKey, type Coordinate } from "../model/coordinate.ts";
import type { Obj } from "../model/json.ts";
import type { ContentReference, Kind } from "../model/kind.ts";
import { formatPointer } from "../model/pointer.ts";
import { embedded, mapTexts } from "./embedded.ts";
import { fold, isDeferred, pathOf, pointerOf, type Place } from "./fold.ts";
import { watching } from "./visitors.ts";

/** One place of an object that refers to another object. */
export interface Reference {
  /** What it refers to, as written; nothing says that it exists. */
  readonly coordinate: Coordinate;
  /** Pointer inside the object. Where keys of a map refer: the pointer of the entry. */
  readonly path: string;
  /** May close a cycle, so it can be written in a second pass; or stands inside something that is, such as a list. */
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
  const add = (coordinate: Coordinate, place: Place, more: Partial<Reference> = {}): void => {
    found.push({
      coordinate,
      path: pointerOf(place),
      phase2: isDeferred(place),
      at: "value",
      omitSelf: false,
      ...more,
    });
  };
  const visitor = watching({
    reference: (place) => add(place.value, place, { omitSelf: place.node.notes.omitSelf === true }),
    key: (coordinate, place) => {
      add(coordinate, place, { at: "key" });
      return coordinate;
    },
    opaque: (place) => {
      if (place.node.notes.ids === undefined) return;
      mapTexts(place.value, (text, below) => {
        const coordinate = embedded(text);
        if (coordinate !== undefined) add(coordinate, place, { path: formatPointer([...pathOf(place), ...below]) });
        return text;
      });
    },
  });
  fold(kind.schema, object, visitor);
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
