import { coordinateOf, splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { LockstepError } from "../model/error.ts";
import type { Obj } from "../model/json.ts";
import type { ContentReference, Kind } from "../model/kind.ts";
import type { Problem } from "./problem.ts";
import { parentReference, references } from "../canonical/references.ts";
import { contentPath } from "./snapshot-layout.ts";

/** What a reference may point at. */
export interface ReferenceIndex {
  has(coordinate: Coordinate): boolean;
  /** The object that a text names, if there is exactly one. */
  named(reference: ContentReference): Coordinate | undefined;
  /** Does the snapshot hold everything of this kind, so that what is not there does not exist? */
  complete(kind: string): boolean;
  /** Does it hold only a part of this kind? What is not there may exist then. */
  partial(kind: string): boolean;
}

/** An object, where it is in the snapshot, and what it is. */
export interface StoredObject {
  readonly coordinate: Coordinate;
  readonly key: string;
  readonly kind: Kind;
  readonly file: string;
  readonly object: Obj;
}

/** References that lead nowhere: in fields, in the object's own key, and in its text, which has to be readable. */
export function referenceProblems(stored: StoredObject, known: ReferenceIndex): Problem[] {
  const { kind, key, object, file } = stored;
  const leadsNowhere = (coordinate: Coordinate): boolean =>
    !known.has(coordinate) && !known.partial(splitCoordinate(coordinate).kind);
  const parent = parentReference(kind, key);
  const inKey = parent !== undefined && leadsNowhere(parent) ? [missing(stored, file, "", parent)] : [];
  const inFields = references(kind, object)
    .filter(({ coordinate }) => leadsNowhere(coordinate))
    .map(({ coordinate, path }) => missing(stored, file, path, coordinate));
  return [...inKey, ...inFields, ...textProblems(stored, known)];
}

function textProblems(stored: StoredObject, known: ReferenceIndex): Problem[] {
  const { kind, object, coordinate } = stored;
  const text = kind.content && object[kind.content.at];
  if (kind.content === undefined || typeof text !== "string") return [];
  const file = contentPath(kind, stored.file) ?? stored.file;
  try {
    return kind.content
      .references(text)
      .filter((named) => known.complete(named.kind) && known.named(named) === undefined)
      .map(({ kind: named, name, path }) => missing(stored, file, path, coordinateOf(named, name)));
  } catch (error) {
    if (!(error instanceof LockstepError)) throw error;
    const { code, message, place } = error;
    return [{ code, file, path: place.path ?? "", expected: "readable text", found: message, coordinate }];
  }
}

function missing({ coordinate }: StoredObject, file: string, path: string, target: Coordinate): Problem {
  const expected = "an object of this snapshot";
  return { code: "missing-reference", file, path, expected, found: `${target}, which it does not hold`, coordinate };
}
