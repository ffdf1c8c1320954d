import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import type { Comparison } from "../drift/compare.ts";
import { holdings, touches, type Holding } from "./claims.ts";

/**
 * Ranges that grew: where a range that the target lacks holds exactly one that the source does not have, and meets no other, both are
 * one object. It is changed in place, so that nothing in it is given up, even for a moment.
 * @returns desired coordinate → the coordinate that the target still has
 */
export function grownRanges({ kinds, desired, current, renamed }: Comparison): Map<Coordinate, Coordinate> {
  const moved = new Set(renamed.values());
  const ranges = (objects: Comparison["desired"], isOpen: (coordinate: Coordinate) => boolean): Ranged[] =>
    [...objects].flatMap(([coordinate, object]) => {
      const kind = kinds.get(splitCoordinate(coordinate).kind);
      const isRange = kind?.unique?.some(({ to }) => to !== undefined) === true && kind.write?.rename === "update";
      return isRange
        ? [{ coordinate, kind: kind.name, values: holdings(kind, object), isOpen: isOpen(coordinate) }]
        : [];
    });
  const wanted = ranges(desired, (at) => !current.has(at) && !renamed.has(at));
  const present = ranges(current, (at) => !desired.has(at) && !moved.has(at));
  const overlapping = (one: Ranged, others: readonly Ranged[]): Ranged[] =>
    others.filter((other) => other.kind === one.kind && touches(one.values, other.values));
  return new Map(
    wanted.flatMap((range): [Coordinate, Coordinate][] => {
      const [only, ...more] = range.isOpen ? overlapping(range, present) : [];
      if (only === undefined || more.length > 0 || !only.isOpen) return [];
      return holdsAll(range, only) && overlapping(only, wanted).length === 1
        ? [[range.coordinate, only.coordinate]]
        : [];
    }),
  );
}

function holdsAll(range: Ranged, part: Ranged): boolean {
  const ends = part.values.flatMap(({ from, to }) => [from, to].map((value) => ({ at: "", from: value, to: value })));
  return ends.every((end) => touches([end], range.values));
}

interface Ranged {
  readonly coordinate: Coordinate;
  readonly kind: string;
  readonly values: readonly Holding[];
  /** On one side only, and not known to be renamed. */
  readonly isOpen: boolean;
}
