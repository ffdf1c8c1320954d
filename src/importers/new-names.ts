import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { defined } from "../model/defined.ts";
import type { Kind } from "../model/kind.ts";
import type { Operation } from "../model/plan.ts";
import { digestJson } from "../canonical/digest.ts";
import { relinkObject } from "../canonical/relink.ts";
import { remember, type Target } from "./target.ts";

/**
 * The operations of a plan with what they start from told by the names that objects get by the plan. From the start the target
 * knows renamed objects by these names: they exist in any case, and what was renamed before an apply broke off is no other
 * object than what is renamed later.
 */
export function byNewNames(
  operations: readonly Operation[],
  kinds: ReadonlyMap<string, Kind>,
  target: Target,
): Operation[] {
  const moved = new Map<Coordinate, Coordinate>();
  for (const { from, coordinate, targetId } of operations) {
    if (from === undefined || targetId === undefined) continue;
    moved.set(from, coordinate);
    remember(target, coordinate, targetId);
  }
  if (moved.size === 0) return [...operations];
  return operations.map((operation) => {
    const { before, phase, targetDigest } = operation;
    const kind = kinds.get(splitCoordinate(operation.coordinate).kind);
    // What a first pass leaves behind is told by the new names already.
    if (kind === undefined || before === undefined || phase === 2) return operation;
    const renamed = relinkObject(kind, before, (at) => moved.get(at) ?? at);
    return defined({ ...operation, before: renamed, targetDigest: targetDigest && digestJson(renamed) });
  });
}
