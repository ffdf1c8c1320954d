import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import type { Obj } from "../model/json.ts";
import type { Finding } from "../model/snapshot.ts";
import { contentResolver, resolveObject, type ReferenceTargets } from "./resolve.ts";

/**
 * What is said about flows that the standby has its own version of: that their content is not compared, that the standby
 * lacks one, and what the primary's version refers to and the standby does not have.
 */
export function independentFindings(flows: ReadonlyMap<Coordinate, Obj>, known: ReferenceTargets): Finding[] {
  const resolveContent = contentResolver(known);
  return [...flows].flatMap(([coordinate, object]) => {
    const kind = known.kinds.get(splitCoordinate(coordinate).kind);
    if (kind === undefined) return [];
    const missing = [
      ...resolveObject(kind, coordinate, object, known).findings,
      ...resolveContent(kind, coordinate, object),
    ];
    return [presence(coordinate, known), ...missing];
  });
}

function presence(coordinate: Coordinate, known: ReferenceTargets): Finding {
  return known.inStandby.has(coordinate)
    ? {
        code: "independent-flow",
        coordinate,
        message:
          "Has a version of its own in the standby (mode independent): its content is not compared, only what the primary's version refers to",
      }
    : {
        code: "independent-missing",
        coordinate,
        message: "Should have a version of its own in the standby (mode independent), but the standby has none",
      };
}
