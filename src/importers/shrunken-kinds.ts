import { countByKind } from "../model/count-by-kind.ts";
import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import type { Operation } from "../model/plan.ts";
import type { GuardHit } from "../model/obstacles.ts";
import { isUnlistedKind } from "../model/open-findings.ts";
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
  const contradicted = [...unlistedHits(input), ...contradictedDeletes(input, operations)];
  if (contradicted.length > 0) return contradicted;
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

/** Without what was not listed, a plan is not what the source wants. */
function unlistedHits({ findings }: PlanInput): GuardHit[] {
  return findings.filter(isUnlistedKind).map(({ message }) => ({ guard: "shrunken-kind", message }));
}

/** Deletes of what an object of the source still refers to: its list left the object out, or a role no longer sees it. */
function contradictedDeletes({ comparison }: PlanInput, operations: readonly Operation[]): GuardHit[] {
  const deleted = new Set(operations.filter(({ action }) => action === "delete").map(({ coordinate }) => coordinate));
  if (deleted.size === 0) return [];
  const users = new Map<Coordinate, Coordinate>();
  for (const [from, object] of comparison.desired) {
    const kind = comparison.kinds.get(splitCoordinate(from).kind);
    for (const { coordinate } of kind === undefined ? [] : references(kind, object))
      if (deleted.has(coordinate) && !users.has(coordinate)) users.set(coordinate, from);
  }
  return [...users].map(([to, from]) => ({
    guard: "shrunken-kind",
    message: `The source does not list ${to}, which would be deleted, and its ${from} still refers to it`,
  }));
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
