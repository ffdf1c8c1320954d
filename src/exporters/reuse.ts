import type { Coordinate } from "../model/coordinate.ts";
import type { Json, Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { contentReferences, nameIndex } from "../canonical/references.ts";

/** A part of the previous snapshot that is still good, or undefined when it has to be read. */
export type Reuse = (kind: Kind, coordinate: Coordinate, part: string, revision: string) => Json | undefined;

/**
 * Decides which parts need not be read again: those with the same revision. A text that names other objects is read again
 * when one of them was renamed or deleted since, or its name belongs to another one now, because an export shows current names
 * under an old revision.
 */
export function reuseFrom(
  previous: Pick<Snapshot, "ids" | "objects" | "revisions"> | undefined,
  ids: ReadonlyMap<Coordinate, string>,
): Reuse {
  if (previous === undefined) return () => undefined;
  const namedBefore = nameIndex(previous.ids.keys());
  const namedNow = nameIndex(ids.keys());
  const stillNamed = (kind: Kind, object: Obj): boolean =>
    contentReferences(kind, object).every((reference) => {
      const before = namedBefore(reference);
      if (before === undefined) return true;
      const now = namedNow(reference);
      return now !== undefined && ids.get(now) === previous.ids.get(before);
    });
  return (kind, coordinate, part, revision) => {
    const object = previous.objects.get(coordinate);
    const value = object?.[part];
    if (object === undefined || value === undefined) return undefined;
    if (previous.revisions.get(coordinate)?.[part] !== revision) return undefined;
    // Versions count from 1 in every object.
    if (previous.ids.get(coordinate) !== ids.get(coordinate)) return undefined;
    return kind.content?.at !== part || stillNamed(kind, object) ? value : undefined;
  };
}
