import { coordinateOf, splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import type { Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";

/** Objects of the kinds that are computed from others. */
export function derivedObjects(
  kinds: ReadonlyMap<string, Kind>,
  objects: ReadonlyMap<Coordinate, Obj>,
): Map<Coordinate, Obj> {
  const ofKind = (name: string): ReadonlyMap<string, Obj> =>
    new Map(
      [...objects].flatMap(([coordinate, object]) => {
        const { kind, key } = splitCoordinate(coordinate);
        return kind === name ? [[key, object] as const] : [];
      }),
    );
  return new Map(
    [...kinds.values()].flatMap((kind) =>
      [...(kind.derive?.(ofKind) ?? [])].map(([key, object]) => [coordinateOf(kind.name, key), object] as const),
    ),
  );
}
