import type { GuardCode } from "../model/catalogue/codes.ts";
import type { Guards } from "../model/config.ts";
import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { GuardError } from "../model/error.ts";
import { guardHint } from "../model/guard.ts";
import { countByKind } from "../model/count-by-kind.ts";
import type { Kind } from "../model/kind.ts";
import type { Operation, Plan } from "../model/plan.ts";
import type { GuardHit } from "../model/obstacles.ts";
import { matchesAny, nameMatcher } from "../pairing/glob.ts";
import { namesOfKey } from "../pairing/identity.ts";
import { emptiedHits } from "./emptied-lists.ts";
import type { PlanInput } from "./plan-input.ts";
import { shrunkenHits } from "./shrunken-kinds.ts";

type Kinds = ReadonlyMap<string, Kind>;

/** Guards that a plan runs into. Each has its own `--allow`; none of them is lifted by allowing another. */
export function guardHits(input: PlanInput, operations: readonly Operation[]): GuardHit[] {
  const { comparison, guards } = input;
  return [
    ...operationHits(operations, comparison, guards),
    ...shrunkenHits(input, operations),
    ...staleHits(input.sourceTakenAt, guards, input.now),
  ];
}

/**
 * Guards that the operations run into, whatever they were made from.
 * @param current coordinates of what the organisation has
 */
export function operationHits(
  operations: readonly Operation[],
  { kinds, current }: { readonly kinds: Kinds; readonly current: Pick<ReadonlyMap<Coordinate, unknown>, "keys"> },
  guards: Guards,
): GuardHit[] {
  const existing = countByKind(current.keys());
  const changed = (...actions: readonly Operation["action"][]): Map<string, number> => {
    const written = operations.filter(({ action, phase }) => actions.includes(action) && phase !== 2);
    return countByKind(new Set(written.map(({ coordinate }) => coordinate)));
  };
  return [
    ...shareHits(existing, changed("update", "restore"), "update", guards),
    ...shareHits(existing, changed("delete"), "delete", guards),
    ...protectedHits(operations, kinds, guards),
    ...emptiedHits(operations, kinds),
  ];
}

/**
 * Guards that a plan runs into when it is applied: those that it was made with, and those that only the moment or the
 * configuration of today tells. What an undo plan goes back to has no age.
 */
export function hitsAtApply(plan: Plan, kinds: Kinds, guards: Guards, now: Date): GuardHit[] {
  const told = new Set(plan.guards.map(({ guard }) => guard));
  const today = [
    ...protectedHits(plan.operations, kinds, guards),
    ...emptiedHits(plan.operations, kinds),
    ...(plan.undoes === undefined ? staleHits(plan.sourceTakenAt, guards, now) : []),
  ];
  return [...plan.guards, ...today.filter(({ guard }) => !told.has(guard))];
}

/** Kinds of which more than the configured share of the existing objects is changed. */
export function shareHits(
  existing: ReadonlyMap<string, number>,
  changed: ReadonlyMap<string, number>,
  action: "update" | "delete",
  guards: Guards,
): GuardHit[] {
  const [limit, verb] = action === "delete" ? [guards.maxDeletes, "Deletes"] : [guards.maxUpdates, "Changes"];
  const guard = action === "delete" ? "max-deletes" : "max-updates";
  return [...changed].flatMap(([kind, count]) => {
    const total = existing.get(kind) ?? 0;
    if (total < limit.minimum || count * 100 <= total * limit.percent) return [];
    return [{ guard, message: `${verb} ${count} of ${total} objects of kind ${kind}, more than ${limit.percent} %` }];
  });
}

/** Objects that are not touched without being allowed: those that the configuration names, and those that carry callers. */
export function protectedHits(
  operations: readonly Pick<Operation, "action" | "coordinate">[],
  kinds: ReadonlyMap<string, Kind>,
  guards: Guards,
): GuardHit[] {
  const protection = protectionBy(guards.protected);
  return operations.flatMap(({ action, coordinate }) => {
    const reason = protection(kinds.get(splitCoordinate(coordinate).kind), coordinate, action);
    return reason === undefined
      ? []
      : [{ guard: "protected", message: `${coordinate} ${reason}; the plan would ${action} it` }];
  });
}

/** Why an object is not touched without being allowed, as the end of a sentence about it; undefined where it may be. */
export function protectionBy(
  rules: Guards["protected"],
): (kind: Kind | undefined, coordinate: Coordinate, action: Operation["action"]) => string | undefined {
  const matchers = rules.map(({ kind, name }) => ({ kind, matches: nameMatcher(name) }));
  return (kind, coordinate, action) => {
    if (action === "create") return undefined;
    const { kind: name, key } = splitCoordinate(coordinate);
    const isNamed = matchers.some((rule) => rule.kind === name && matchesAny(rule.matches, namesOfKey(key)));
    if (isNamed) return "is protected in lockstep.yaml";
    return action === "delete" && kind?.write?.protect === true ? "carries entry points" : undefined;
  };
}

/** Clocks of two machines may differ by this much. */
const CLOCK_SKEW_HOURS = 0.25;

/**
 * A source that was read too long ago, or of which nobody can tell when.
 * @param takenAt ISO 8601; empty when the source does not say
 */
export function staleHits(takenAt: string, { staleSnapshotHours: limit }: Guards, now: Date): GuardHit[] {
  const hours = (now.getTime() - Date.parse(takenAt)) / 3_600_000;
  const reason = staleness(takenAt, hours);
  if (reason === undefined && hours <= limit) return [];
  const read = reason ?? `was read ${Math.round(hours)} hours ago`;
  const message = `The source ${read}; guards.staleSnapshotHours permits at most ${limit} hours`;
  return [{ guard: "stale-snapshot", message }];
}

/** Why the age of a source cannot be told, as the rest of a sentence about it. */
function staleness(takenAt: string, hours: number): string | undefined {
  if (takenAt === "") return "does not say when it was read";
  if (Number.isNaN(hours)) return `says ${JSON.stringify(takenAt)} instead of when it was read`;
  return hours < -CLOCK_SKEW_HOURS ? `says that it was read at ${takenAt}, which is in the future` : undefined;
}

/**
 * Stops what runs into guards that nobody allowed.
 * @throws GuardError with the code of the first one, telling of all of them and how to look into each
 */
export function assertGuardsAllowed(hits: readonly GuardHit[], allow: ReadonlySet<GuardCode>): void {
  const stopped = hits.filter(({ guard }) => !allow.has(guard));
  const [first] = stopped;
  if (first === undefined) return;
  const guards = [...new Set(stopped.map(({ guard }) => guard))];
  const [message, hint] =
    guards.length === 1
      ? [stopped.map(({ message: text }) => text), guards.map(guardHint)]
      : [stopped.map((hit) => `${hit.guard}: ${hit.message}`), guards.map((guard) => `${guard}: ${guardHint(guard)}`)];
  throw new GuardError(first.guard, message.join("\n"), hint.join("\n"));
}
