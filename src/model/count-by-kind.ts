import { splitCoordinate, type Coordinate } from "./coordinate.ts";

/** How many of the coordinates there are of each kind. */
export function countByKind(coordinates: Iterable<Coordinate>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const coordinate of coordinates) {
    const { kind } = splitCoordinate(coordinate);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}
