import type { Coordinate } from "../model/coordinate.ts";
import type { Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import type { Blocked } from "../model/obstacles.ts";
import { references } from "../canonical/references.ts";
import { holdings, touches, valuesAt, type Holding } from "./claims.ts";
import type { Draft } from "./needs.ts";

/** Object that is to be deleted → what the organisation counts in it: type → number. */
export type Contents = ReadonlyMap<Coordinate, ReadonlyMap<string, number>>;

/**
 * Objects that the organisation will refuse to delete, because it counts more in them than the plan takes out: objects of kinds
 * that lockstep does not know or that the configuration excludes, and those that stay where they are.
 */
export function leftInside(drafts: readonly Draft[], contents: Contents): Blocked[] {
  return drafts.flatMap(({ kind, difference: { coordinate, action, current } }): Blocked[] => {
    const counted = contents.get(coordinate);
    if (action !== "delete" || counted === undefined) return [];
    const container = { coordinate, range: kind.name, holds: holdings(kind, current) };
    const leaving = drafts
      .map(
        ({ kind: of, difference }) =>
          countIn(container, of, difference.current) - countIn(container, of, difference.wanted),
      )
      .reduce((sum, left) => sum + Math.max(0, left), 0);
    const total = [...counted.values()].reduce((sum, count) => sum + count, 0);
    if (total <= leaving) return [];
    return [{ coordinate, code: "not-empty", message: notEmpty(counted, leaving) }];
  });
}

/** An object that others can be in: by a reference to it, or with values in its range. */
interface Container {
  readonly coordinate: Coordinate;
  readonly range: string;
  readonly holds: readonly Holding[];
}

/** How often the organisation counts an object in a container: once for each of its values in the range, or once as a whole. */
function countIn({ coordinate, range, holds }: Container, kind: Kind, object: Obj | undefined): number {
  if (object === undefined) return 0;
  const values = (kind.within ?? [])
    .filter((within) => within.kind === range)
    .flatMap(({ at }) => valuesAt(object, at).map((value) => ({ at, from: value, to: value })));
  if (values.length > 0) return values.filter((value) => touches([value], holds)).length;
  return references(kind, object).some((reference) => reference.coordinate === coordinate) ? 1 : 0;
}

function notEmpty(counted: ReadonlyMap<string, number>, leaving: number): string {
  const held = [...counted].filter(([, count]) => count > 0).map(([type, count]) => `${type} (${count})`);
  return `Cannot be deleted while it holds ${held.join(", ")}, of which the plan takes out ${leaving}`;
}
