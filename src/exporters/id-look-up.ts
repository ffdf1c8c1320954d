import { coordinateOf, splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import type { CoordinateOfId } from "../canonical/normalise.ts";
import type { Identified } from "./identify.ts";

/** Looks up coordinates by id, and notes the kinds of ids that nothing names. */
export function idLookUp(
  ids: ReadonlyMap<Coordinate, string>,
  listed: Identified | undefined,
): { readonly coordinateOfId: CoordinateOfId; readonly unresolved: ReadonlySet<string> } {
  const byId = new Map([...ids].map(([at, id]) => [coordinateOf(splitCoordinate(at).kind, id), at]));
  const unresolved = new Set<string>();
  const coordinateOfId: CoordinateOfId = (kind, id) => {
    const at = byId.get(coordinateOf(kind, id)) ?? listed?.coordinateOfId(kind, id);
    if (at === undefined) unresolved.add(kind);
    return at;
  };
  return { coordinateOfId, unresolved };
}
