import { countByKind } from "../model/count-by-kind.ts";
import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import type { Operation } from "../model/plan.ts";
import type { GuardHit } from "../model/obstacles.ts";
import { references } from "../canonical/references.ts";
import type { PlanInput } from "./plan-input.ts";

/**
 * A kind that lost most of its objects in the source is more likely a broken read than a decision, however few there were. It
 * matters where the standby's objects would be deleted, and where other objects would lose their references to them.
 */
export function shrunkenHits(input: PlanInput, operations: readonly Operation[]): GuardHit[] {
  const { comparison, prune, source, target } = input;
  const { desired, current, kinds } = comparison;
  const deleting = prune ? shrunkenKinds(desired.keys(), current.keys()) : [];
  if (deleting.length > 0) return deleting;
  const dropped = droppedReferences(operations, kinds);
  if (dropped.length === 0) return [];
  // Kinds that are only referred to are not compared; what is known of them are their ids.
  const compared = new Set(countByKind(current.keys()).keys());
  const known = (ids: ReadonlyMap<Coordinate, string>, own: ReadonlyMap<Coordinate, unknown>): Coordinate[] => [
    ...own.keys(),
    ...[...ids.keys()].filter((coordinate) => !compared.has(splitCoordinate(coordinate).kind)),
  ];
  const shrunken = shrunkenCounts(known(source.ids, desired), known(target.ids, current));
  return [...shrunken].flatMap(([name, count]) => {
    const lost = dropped.filter(({ to }) => splitCoordinate(to).kind === name);
    const [first] = lost;
    if (first === undefined) return [];
    const more = lost.length === 1 ? "" : ` (and ${lost.length - 1} more)`;
    return [shrunkenHit(name, count, `, and ${first.from} would no longer refer to ${first.to}${more}`)];
  });
}

interface DroppedReference {
  readonly from: Coordinate;
  readonly to: Coordinate;
}

/** What objects refer to before the plan and no longer after it. Objects that are deleted themselves are no part of this. */
function droppedReferences(
  operations: readonly Operation[],
  kinds: PlanInput["comparison"]["kinds"],
): DroppedReference[] {
  return operations.flatMap(({ coordinate, before, after }): DroppedReference[] => {
    const kind = kinds.get(splitCoordinate(coordinate).kind);
    if (kind === undefined || before === undefined || after === undefined) return [];
    const kept = new Set(references(kind, after).map((reference) => reference.coordinate));
    const gone = references(kind, before).filter((reference) => !kept.has(reference.coordinate));
    return [...new Set(gone.map((reference) => reference.coordinate))].map((to) => ({ from: coordinate, to }));
  });
}

/** Kinds of which the source has less than half of what the standby has. */
export function shrunkenKinds(desired: Iterable<Coordinate>, current: Iterable<Coordinate>): GuardHit[] {
  return [...shrunkenCounts(desired, current)].map(([kind, count]) => shrunkenHit(kind, count, ""));
}

interface Shrunken {
  readonly left: number;
  readonly total: number;
}

function shrunkenCounts(desired: Iterable<Coordinate>, current: Iterable<Coordinate>): Map<string, Shrunken> {
  const wanted = countByKind(desired);
  const counts = [...countByKind(current)].map(
    ([kind, total]) => [kind, { left: wanted.get(kind) ?? 0, total }] as const,
  );
  return new Map(counts.filter(([, { left, total }]) => left * 2 < total));
}

function shrunkenHit(kind: string, { left, total }: Shrunken, consequence: string): GuardHit {
  const message = `The source has ${left} objects of kind ${kind}, the standby ${total}${consequence}`;
  return { guard: "shrunken-kind", message };
}
