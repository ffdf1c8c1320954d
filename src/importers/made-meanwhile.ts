import { LockstepError } from "../model/error.ts";
import { textOf } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import type { Operation } from "../model/plan.ts";
import { isKept } from "../canonical/kept.ts";
import { objectEdits } from "../drift/edits.ts";
import type { Journal } from "./journal.ts";
import type { ApplyLocking } from "./lock/standby-lock.ts";
import { listOnce, type ListReader } from "./read-touched.ts";
import { coordinateIn, listEntities, readTarget, remember, type Target } from "./target.ts";

/** New objects are listed after at most so long (genesys-api §1.7). */
const LIST_LAG_MS = 5_000;

/**
 * Lists of kinds as they are right before something is created. As long as nobody else writes the organisation, one list of a
 * kind after the lock was taken says as much as another one. Without the lock each create has a list of its own, so that what
 * somebody else makes can be missed for one request. Where a lock was taken over, what its holder wrote last may not be
 * listed yet, and no journal of this plan tells of it.
 */
export function openLatestLists(target: Target, locking: ApplyLocking, journal: Journal): ListReader {
  if (locking.state !== "held") return (kind) => listEntities(target, kind);
  const isLate = locking.takenOver && journal.entries.size === 0;
  const listed = listOnce(target);
  let lag: Promise<unknown> | undefined;
  return async (kind) => {
    if (isLate) await (lag ??= target.api.send({ pauseMs: LIST_LAG_MS }, kind.name));
    return listed(kind);
  };
}

/**
 * Looks again for the object of a create where the organisation would take a second one of its name: somebody may have made
 * it since everything was read.
 * @returns the id of one that is as it should be; undefined where there is none
 * @throws LockstepError `version-conflict` where it is another one
 */
export async function madeMeanwhile(
  { target, latest }: { readonly target: Target; readonly latest: ListReader },
  kind: Kind,
  { action, coordinate, after }: Operation,
): Promise<string | undefined> {
  if (action !== "create" || kind.write?.twins !== true) return undefined;
  const known = new Set(target.ids.values());
  const found = (await latest(kind)).find(
    (entity) =>
      isKept(kind, entity) && !known.has(textOf(entity["id"])) && coordinateIn(target, kind, entity) === coordinate,
  );
  if (found === undefined) return undefined;
  const id = textOf(found["id"]);
  const made = await readTarget(target, { kind, coordinate, id }, after);
  if (made === undefined) return undefined;
  remember(target, coordinate, id);
  if (objectEdits(kind, made.object, after ?? {}).length === 0) return id;
  throw new LockstepError(
    "version-conflict",
    `${coordinate} was created by somebody while the plan was applied`,
    "Make a new plan, look at it and apply that one.",
    { coordinate },
  );
}
