import type { GuardCode } from "../model/catalogue/codes.ts";
import type { Guards } from "../model/config.ts";
import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { GuardError } from "../model/error.ts";
import { guardHint } from "../model/guard.ts";
import { countByKind } from "../model/count-by-kind.ts";
import type { Kind } from "../model/kind.ts";
import type { GuardHit, Operation } from "../model/plan.ts";
import { matchesAny, nameMatcher } from "../pairing/glob.ts";
import { namesOfKey } from "../pairing/identity.ts";
import type { PlanInput } from "./plan-input.ts";

/** Guards that a plan runs into. Each has its own `--allow`; none of them is lifted by allowing another. */
export function guardHits(input: PlanInput, operations: readonly Operation[]): GuardHit[] {
  const { comparison, guards } = input;
  const existing = countByKind(comparison.current.keys());
  const changed = (action: Operation["action"]): Map<string, number> =>
    countByKind(operations.filter((op) => op.action === action && op.phase !== 2).map((op) => op.coordinate));
  return [
    ...shareHits(existing, changed("update"), "update", guards),
    ...shareHits(existing, changed("delete"), "delete", guards),
    ...protectedHits(operations, comparison.kinds, guards),
    ...shrunkenHits(input),
    ...staleHits(input.sourceTakenAt, guards, input.now),
  ];
}

/** Kinds of which more than the configured share of the existing objects is changed. */
export function shareHits(
  existing: ReadonlyMap<string, number>,
  changed: ReadonlyMap<string, number>,
  action: "update" | "delete",
  guards: Guards,
): GuardHit[] {
  const [limit, verb] = action === "delete" ? [guards.maxDeletes, "deletes"] : [guards.maxUpdates, "changes"];
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

/** A kind that lost most of its objects in the source is more likely a broken read than a decision. */
function shrunkenHits({ comparison, prune }: PlanInput): GuardHit[] {
  return prune ? shrunkenKinds(comparison.desired.keys(), comparison.current.keys()) : [];
}

/** Kinds of which the source has less than half of what the standby has. */
export function shrunkenKinds(desired: Iterable<Coordinate>, current: Iterable<Coordinate>): GuardHit[] {
  const wanted = countByKind(desired);
  return [...countByKind(current)].flatMap(([kind, total]) => {
    const left = wanted.get(kind) ?? 0;
    if (total < 4 || left * 2 >= total) return [];
    return [
      { guard: "shrunken-kind", message: `the source has ${left} objects of kind ${kind}, the standby ${total}` },
    ];
  });
}

/** A source that was read too long ago. @param takenAt ISO 8601; a source that was not read from an organisation has none */
export function staleHits(takenAt: string, { staleSnapshotHours: limit }: Guards, now: Date): GuardHit[] {
  const hours = (now.getTime() - Date.parse(takenAt)) / 3_600_000;
  if (!(hours > limit)) return [];
  const message = `the source was read ${Math.round(hours)} hours ago, longer than guards.staleSnapshotHours (${limit})`;
  return [{ guard: "stale-snapshot", message }];
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
