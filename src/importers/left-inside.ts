import type { Coordinate } from "../model/coordinate.ts";
import { splitCoordinate } from "../model/coordinate.ts";
import { listOf, textOf, type Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import type { Blocked } from "../model/obstacles.ts";
import type { Comparison } from "../drift/compare.ts";
import { references } from "../canonical/references.ts";
import { holdings, touches } from "./claims.ts";
import type { Draft } from "./needs.ts";

/** Object that is to be deleted → what the organisation counts in it: type → number. */
export type Contents = ReadonlyMap<Coordinate, ReadonlyMap<string, number>>;

/**
 * Objects that the organisation will refuse to delete, because it counts more in them than the plan takes out: objects of kinds
 * that lockstep does not know or that the configuration excludes, and those that stay where they are.
 */
export function leftInside(
  drafts: readonly Draft[],
  { kinds, current }: Pick<Comparison, "kinds" | "current">,
  contents: Contents,
): Blocked[] {
  if (contents.size === 0) return [];
  const after = new Map(drafts.map(({ difference: { from, coordinate, wanted } }) => [from ?? coordinate, wanted]));
  return drafts.flatMap(({ kind, difference: { coordinate, action, current: going } }): Blocked[] => {
    const counted = contents.get(coordinate);
    if (action !== "delete" || counted === undefined || going === undefined) return [];
    const isIn = (of: Kind | undefined, object: Obj): boolean =>
      of !== undefined &&
      (references(of, object).some((reference) => reference.coordinate === coordinate) ||
        valuesWithin(of, kind, object).some((at) => touches([{ at: "", from: at, to: at }], holdings(kind, going))));
    const leaving = [...current].filter(([at, object]) => {
      const of = kinds.get(splitCoordinate(at).kind);
      const left = after.get(at);
      return at !== coordinate && after.has(at) && isIn(of, object) && !(left !== undefined && isIn(of, left));
    });
    const total = [...counted.values()].reduce((sum, count) => sum + count, 0);
    if (total <= leaving.length) return [];
    return [{ coordinate, code: "not-empty", message: notEmpty(counted, leaving.length) }];
  });
}

/** The values of an object that have to be in a range of another kind. */
function valuesWithin({ within = [] }: Kind, range: Kind, object: Obj): string[] {
  return within
    .filter(({ kind }) => kind === range.name)
    .flatMap(({ at }) => [object[at], ...listOf(object[at])].map((value) => textOf(value)))
    .filter((value) => value !== "");
}

function notEmpty(counted: ReadonlyMap<string, number>, leaving: number): string {
  const held = [...counted].filter(([, count]) => count > 0).map(([type, count]) => `${type} (${count})`);
  return `Cannot be deleted while it holds ${held.join(", ")}, of which the plan takes out ${leaving}`;
}
