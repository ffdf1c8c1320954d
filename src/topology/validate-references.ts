import type { Coordinate } from "../model/coordinate.ts";
import type { Obj } from "../model/json.ts";
import type { ContentReference, Kind } from "../model/kind.ts";
import type { Problem } from "./problem.ts";
import { contentReferences, parentReference, references } from "./references.ts";

/** What a reference may point at. */
export interface Known {
  has(coordinate: Coordinate): boolean;
  /** The object that a text names, if there is exactly one. */
  named(reference: ContentReference): Coordinate | undefined;
  /** Were objects of this kind looked for at all? */
  swept(kind: string): boolean;
}

/** An object, where it is in the snapshot, and what it is. */
export interface Stored {
  readonly coordinate: Coordinate;
  readonly key: string;
  readonly kind: Kind;
  readonly file: string;
  readonly object: Obj;
}

/** References that lead nowhere: in fields, in the object's own key, and in its text. */
export function referenceProblems(stored: Stored, known: Known): Problem[] {
  const { kind, key, object } = stored;
  const parent = parentReference(kind, key);
  const inFields = references(kind, object).filter(({ coordinate }) => !known.has(coordinate));
  const inText = contentReferences(kind, object).filter(
    (reference) => known.swept(reference.kind) && known.named(reference) === undefined,
  );
  return [
    ...(parent === undefined || known.has(parent) ? [] : [missing(stored, "", parent)]),
    ...inFields.map(({ coordinate, path }) => missing(stored, path, coordinate)),
    ...inText.map(({ kind: named, name, path }) => missing(stored, path, `${named}/${name}`)),
  ];
}

function missing({ coordinate, file }: Stored, path: string, target: Coordinate): Problem {
  const expected = "an object of this snapshot";
  return { code: "missing-reference", file, path, expected, found: `${target}, which it does not hold`, coordinate };
}
