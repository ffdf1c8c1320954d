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
import { writeOne, type Writing } from "./write-one.ts";

/** New objects are listed after at most so long (genesys-api §1.7). */
const LIST_LAG_MS = 5_000;

/**
 * Lists of kinds as they are right before something is created. As long as nobody else writes the organisation, one list of a
 * kind after the lock was taken says as much as another one. Without the lock each create has a list of its own, before it and
 * after it. Where a lock was taken over, what its holder wrote last may not be
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

/** What looking for objects that somebody else made takes. */
interface Looking extends Writing {
  readonly latest: ListReader;
}

/**
 * Looks again for the object of a create where the organisation would take a second one of its name: somebody may have made
 * it since everything was read.
 * @returns the id of one that is as it should be; undefined where there is none
 * @throws LockstepError `version-conflict` where it is another one
 */
export async function madeMeanwhile(looking: Looking, kind: Kind, operation: Operation): Promise<string | undefined> {
  const found = await madeByOthers(looking, kind, operation);
  return found === undefined ? undefined : adopt(looking.target, kind, operation, found);
}

/**
 * Looks again after the create, where no lock keeps others from writing: somebody may have made the object between the look
 * before it and the create. What was just made goes again, as nothing refers to it yet. Two who make it at the same moment
 * may both take theirs back: then the next run makes it.
 * @param id of what was made
 * @returns the id of the one that stays
 * @throws LockstepError `version-conflict` where that is another one
 */
export async function withoutTwin(looking: Looking, kind: Kind, operation: Operation, id: string): Promise<string> {
  const found = await madeByOthers(looking, kind, operation, id);
  if (found === undefined) return id;
  const { coordinate } = operation;
  await writeOne({ coordinate, action: "delete", edits: [] }, looking, kind, { id, entity: {}, object: {} });
  return adopt(looking.target, kind, operation, found);
}

async function madeByOthers(
  { target, latest }: Looking,
  kind: Kind,
  { action, coordinate }: Operation,
  own?: string,
): Promise<string | undefined> {
  if (action !== "create" || kind.write?.twins !== true) return undefined;
  const known = new Set([...target.ids.values(), own]);
  const found = (await latest(kind)).find(
    (entity) =>
      isKept(kind, entity) && !known.has(textOf(entity["id"])) && coordinateIn(target, kind, entity) === coordinate,
  );
  return found && textOf(found["id"]);
}

/** Takes an object for the one that was to be created, if it is as that should be. */
async function adopt(target: Target, kind: Kind, operation: Operation, id: string): Promise<string> {
  const { coordinate, after } = operation;
  const made = await readTarget(target, { kind, coordinate, id }, after);
  if (made !== undefined && objectEdits(kind, made.object, after ?? {}).length === 0) {
    remember(target, coordinate, id);
    return id;
  }
  throw new LockstepError(
    "version-conflict",
    `${coordinate} was created by somebody while the plan was applied`,
    "Make a new plan, look at it and apply that one.",
    { coordinate },
  );
}
