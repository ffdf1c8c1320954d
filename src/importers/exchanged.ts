import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import type { Finding } from "../model/snapshot.ts";
import type { Comparison } from "../drift/compare.ts";

const CODE = "names-exchanged";

/**
 * Objects that exchanged names, or took over one that another object keeps, and hold something that does not come along when
 * they get one another's content: what nobody can read, or what cannot be taken away.
 * @param exchanged desired coordinate → the coordinate that the standby has
 */
export function exchangedFindings(
  comparison: Omit<Comparison, "renamed">,
  exchanged: ReadonlyMap<Coordinate, Coordinate>,
): Finding[] {
  const reasons = new Map<Coordinate, string>();
  for (const to of exchanged.keys()) {
    const reason = heldBack(comparison, to);
    if (reason !== undefined) reasons.set(to, reason);
  }
  // Of objects that exchange names with one another either all get another content or none.
  for (let known = -1; known < reasons.size;) {
    known = reasons.size;
    for (const [to, from] of exchanged) {
      const reason = reasons.get(to) ?? reasons.get(from);
      if (reason === undefined || !comparison.desired.has(to)) continue;
      reasons.set(to, reason);
      if (exchanged.has(from)) reasons.set(from, reason);
    }
  }
  return [...reasons].flatMap(([to, reason]) => {
    const from = exchanged.get(to);
    if (from === undefined) return [];
    const message = `Is what the standby has as ${from}, and another object has its name there; ${reason}. Give the objects in the standby the names that they have in the primary`;
    const left = {
      code: CODE,
      coordinate: from,
      message: `Is what is called ${to} in the primary; ${reason}`,
    } as const;
    return [{ code: CODE, coordinate: to, message }, ...(comparison.desired.has(from) ? [] : [left])];
  });
}

/** Why an object cannot get the content of the one that has its name, as a part of a sentence; undefined where it can. */
function heldBack(
  { kinds, desired, current, ignored }: Omit<Comparison, "renamed">,
  to: Coordinate,
): string | undefined {
  const write = kinds.get(splitCoordinate(to).kind)?.write;
  const [wanted, present] = [desired.get(to), current.get(to)];
  if (wanted === undefined || present === undefined) return undefined;
  if ([wanted, present].some((object) => (write?.needsSecrets?.("update", object) ?? []).length > 0))
    return "its secret values cannot be read, so that they would stay with the wrong name";
  const { left = [] } = write?.permanent?.(present, wanted) ?? {};
  const stay = left.filter((path) => !ignored(to, path));
  return stay.length === 0 ? undefined : "columns cannot be removed, so that they cannot exchange their content";
}
