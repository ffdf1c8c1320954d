import type { Config, Guards } from "../../model/config.ts";
import { splitCoordinate, type Coordinate } from "../../model/coordinate.ts";
import type { Kind } from "../../model/kind.ts";
import type { GuardHit } from "../../model/obstacles.ts";
import { countByKind } from "../../model/count-by-kind.ts";
import { protectedHits, shareHits } from "../../importers/guards.ts";
import { plural } from "../../report/plain.ts";
import type { StackChange } from "../../report/stack-text.ts";
import { scopeByName } from "../../pairing/scope.ts";
import type { ResourceChanges } from "./changes.ts";

/** What the guards judge by. */
export interface GuardRules {
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly guards: Guards;
  /** Were deletes asked for? */
  readonly prune: boolean;
}

/**
 * Guards that an update of a stack runs into, by the same rules as a plan; `prune` beside them, because a program may leave
 * out a resource by mistake. What is only forgotten is nobody's delete.
 */
export function stackGuards({ changes, kept, forgotten }: ResourceChanges, rules: GuardRules): GuardHit[] {
  const { kinds, guards } = rules;
  const left = new Set(forgotten);
  const own = changes.filter(({ second, coordinate }) => second !== true && !left.has(coordinate));
  const objects = [...own, ...linkedUpdates(changes, own)];
  const existing = countByKind([
    ...kept,
    ...own.filter(({ action, imported }) => action !== "create" || imported).map(({ coordinate }) => coordinate),
  ]);
  const changed = (...actions: readonly StackChange["action"][]): Map<string, number> =>
    countByKind(objects.filter(({ action }) => actions.includes(action)).map(({ coordinate }) => coordinate));
  return [
    ...pruneHits(objects, rules),
    ...shareHits(existing, changed("update"), "update", guards),
    ...shareHits(existing, changed("delete", "replace"), "delete", guards),
    ...protectedHits(objects.flatMap(asOperation), kinds, guards),
  ];
}

/**
 * What Links write into objects that are not written themselves: an update of each. Where the object is written, the Link is
 * part of that; where a Link goes, nothing is written.
 */
function linkedUpdates(changes: readonly StackChange[], own: readonly StackChange[]): StackChange[] {
  const written = new Set(own.filter(({ action }) => action !== "import").map(({ coordinate }) => coordinate));
  return changes
    .filter(({ second, action, coordinate }) => second && WRITES.has(action) && !written.has(coordinate))
    .map((change) => ({ ...change, action: "update" }));
}

const WRITES: ReadonlySet<StackChange["action"]> = new Set(["update", "replace"]);

/** A replacement is a delete followed by a create: it is the delete that has to be allowed. */
function asOperation({ action, coordinate }: StackChange): Parameters<typeof protectedHits>[0][number][] {
  if (action === "import") return [];
  return [{ action: action === "replace" ? "delete" : action, coordinate }];
}

/** Replacing an object of an organisation deletes it first, which the provider refuses as it refuses any delete. */
function pruneHits(objects: readonly StackChange[], { kinds, prune }: GuardRules): GuardHit[] {
  const deletes = objects.flatMap(({ action, coordinate }) => {
    if (action === "delete") return [coordinate];
    const isObject = kinds.has(splitCoordinate(coordinate).kind);
    return action === "replace" && isObject ? [`${coordinate}, which is created again`] : [];
  });
  if (prune || deletes.length === 0) return [];
  const shown = deletes.slice(0, 3).join(", ") + (deletes.length > 3 ? " …" : "");
  return [{ guard: "prune", message: `Deletes ${plural(deletes.length, "resource")} (${shown})` }];
}

/**
 * Does the provider leave an object of the standby alone when it is told to delete it? It does where lockstep.yaml does not
 * select the object.
 */
export function leftAlone(
  config: Pick<Config, "include" | "flows">,
  kinds: ReadonlyMap<string, Kind>,
): (coordinate: Coordinate) => boolean {
  const scope = scopeByName(config, kinds);
  return (coordinate) => !scope.compared(coordinate);
}
