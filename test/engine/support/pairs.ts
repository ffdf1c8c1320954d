import type { FoundDrift } from "../../../src/app/find-drift.ts";
import { splitCoordinate, type Coordinate } from "../../../src/model/coordinate.ts";
import type { Plan } from "../../../src/model/plan.ts";
import { pointerCovers } from "../../../src/model/pointer.ts";
import { change, type Outcome, type Target } from "../../conformance/edit-round.ts";
import type { Office } from "../../conformance/office.ts";
import type { Snapshot } from "../../../src/model/snapshot.ts";

/** Numbers in [0, 1) that are the same in every run with the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * Changes values of the primary past lockstep, one of each object at most, until enough of them took that a comparison is
 * meant to see.
 * @param spent places that were changed for an earlier pair and cannot be changed again
 * @returns the changes that a comparison is meant to see
 */
export async function driftApart(
  office: Office,
  primary: Snapshot,
  targets: readonly Target[],
  random: () => number,
  least: { readonly edits: number; readonly kinds: number },
  spent: Set<string>,
): Promise<Outcome[]> {
  const left = targets.filter((target) => !spent.has(onceOf(target) ?? ""));
  const changed: Outcome[] = [];
  const used = new Set<Coordinate>();
  const kinds = (): Set<string> => new Set(changed.map(({ coordinate }) => splitCoordinate(coordinate).kind));
  while (left.length > 0 && (changed.length < least.edits || kinds().size < least.kinds)) {
    const seen = kinds();
    const fresh = left.filter(
      ({ coordinate, editor }) => !used.has(coordinate) && (seen.size >= least.kinds || !seen.has(editor.kind)),
    );
    const target = fresh[Math.floor(random() * fresh.length)];
    if (target === undefined) break;
    left.splice(left.indexOf(target), 1);
    const once = onceOf(target);
    if (once !== undefined) spent.add(once);
    const outcome = await change(office, primary, target);
    if (outcome.result !== "changed") continue;
    used.add(outcome.coordinate);
    if (outcome.excluded === undefined) changed.push(outcome);
  }
  return changed;
}

/**
 * What can be changed once only: a number that is raised again and again leaves the range that the platform takes, and a list
 * in which a member was replaced by another one of its members says the same after that one is gone.
 */
function onceOf({ coordinate, leaf }: Target): string | undefined {
  if (typeof leaf.value === "number") return `${coordinate} ${leaf.path.join("/")}`;
  const member = leaf.path.findIndex((segment) => /^\d+$/.test(segment));
  if (member < 0 && !Array.isArray(leaf.value)) return undefined;
  return `${coordinate} ${leaf.path.slice(0, member < 0 ? undefined : member).join("/")}`;
}

/** Changes that nobody names, and edits that nobody made. */
export function mismatches(changed: readonly Outcome[], { report }: FoundDrift, plan: Plan): string[] {
  const planned = new Map(plan.operations.map(({ coordinate, edits }) => [coordinate, edits]));
  const unnamed = changed.filter(
    ({ coordinate, pointer }) => planned.get(coordinate)?.some(({ path }) => near(path, pointer)) !== true,
  );
  const strange = plan.operations.flatMap(({ coordinate, edits }) => {
    const own = changed.filter((outcome) => outcome.coordinate === coordinate);
    return edits
      .filter(({ path }) => !own.some(({ pointer }) => near(path, pointer) || follows(path, pointer)))
      .map(({ path }) => `${coordinate}${path}`);
  });
  return [
    ...unnamed.map(({ coordinate, pointer }) => `not named: ${coordinate}${pointer}`),
    ...strange.map((place) => `nobody made: ${place}`),
    ...report.changes.filter(({ action }) => action !== "update").map(({ coordinate }) => `no update: ${coordinate}`),
  ];
}

function near(a: string, b: string): boolean {
  return pointerCovers(a, b) || pointerCovers(b, a);
}

/** An export of a flow's YAML shows the division and the description that the flow has (genesys-api §8.4). */
function follows(path: string, pointer: string): boolean {
  return /^\/yaml\/[^/]+\/(division|description)$/.exec(path)?.[1] === pointer.slice(1);
}
