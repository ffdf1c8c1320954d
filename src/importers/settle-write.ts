import { ApiError, LockstepError } from "../model/error.ts";
import { sameJson, textOf, type Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { objectEdits } from "../drift/edits.ts";
import { isKept } from "../canonical/kept.ts";
import { coordinateIn, listEntities, readTarget, remember, type Target } from "./target.ts";
import { untilSeen } from "./until-seen.ts";
import type { ObjectChange, PresentObject } from "./object-change.ts";

/** A write that ended with an error which does not tell what became of it. */
export interface UnsettledWrite {
  readonly change: ObjectChange;
  readonly kind: Kind;
  /** The object as it was before; undefined for a create. */
  readonly present: PresentObject | undefined;
  readonly error: LockstepError;
}

/** What became of a write: all of it took effect, or there is more to write on the object as it is now. */
export type SettledWrite = { readonly done: string } | { readonly open: PresentObject };

/** A write that took effect is seen after at most so long, for most kinds (genesys-api §1.7). */
const PAUSES = [1000, 2000, 2000];

/** Does an error leave open what became of the write? */
export function isUnsettled(error: unknown): error is LockstepError {
  if (!(error instanceof LockstepError)) return false;
  return error.code === "outcome-unknown" || (error instanceof ApiError && error.code === "version-conflict");
}

/**
 * Finds out by reading what became of a write. It is never simply repeated: it may have taken effect, or somebody else may
 * have changed the object.
 * @throws the error of the write where the object does not tell either, or was changed by somebody else
 */
export async function settleWrite(target: Target, write: UnsettledWrite): Promise<SettledWrite> {
  const { change, present } = write;
  if (present === undefined) return settleCreate(target, write);
  return change.after === undefined ? settleDelete(target, write, present) : settleUpdate(target, write, present);
}

/** A new object is known by its name: before the write there was none of that name. */
async function settleCreate(target: Target, { change, kind, error }: UnsettledWrite): Promise<SettledWrite> {
  const { coordinate } = change;
  const find = async (): Promise<PresentObject | undefined> => {
    const entities = await listEntities(target, kind);
    const made = entities.find((entity) => isKept(kind, entity) && coordinateIn(target, kind, entity) === coordinate);
    return made === undefined ? undefined : readPresent(target, kind, change, textOf(made["id"]));
  };
  const made = await untilSeen(target.api, kind.name, find, PAUSES);
  if (made === undefined) throw error;
  remember(target, coordinate, made.id);
  return isAsWanted(kind, made, change) ? { done: made.id } : { open: made };
}

async function settleDelete(
  target: Target,
  { change, kind, error }: UnsettledWrite,
  { id }: PresentObject,
): Promise<SettledWrite> {
  const look = async (): Promise<true | undefined> =>
    (await readPresent(target, kind, change, id)) === undefined ? true : undefined;
  if ((await untilSeen(target.api, kind.name, look, PAUSES)) === undefined) throw error;
  return { done: id };
}

async function settleUpdate(
  target: Target,
  { change, kind, error }: UnsettledWrite,
  { id, object: before }: PresentObject,
): Promise<SettledWrite> {
  const seen: { now: PresentObject | undefined } = { now: undefined };
  const look = async (): Promise<true | undefined> => {
    seen.now = await readPresent(target, kind, change, id);
    return seen.now !== undefined && isAsWanted(kind, seen.now, change) ? true : undefined;
  };
  // A version conflict is an answer: nothing of the write is still to come.
  const pauses = error.code === "version-conflict" ? [] : PAUSES;
  if ((await untilSeen(target.api, kind.name, look, pauses)) !== undefined) return { done: id };
  const { now } = seen;
  if (now === undefined || !isBetween(now.object, before, change.after ?? {})) throw error;
  return { open: now };
}

async function readPresent(
  target: Target,
  kind: Kind,
  { coordinate, after }: ObjectChange,
  id: string,
): Promise<PresentObject | undefined> {
  const object = await readTarget(target, { kind, coordinate, id }, after);
  return object && { ...object, id };
}

function isAsWanted(kind: Kind, { object }: PresentObject, { after }: ObjectChange): boolean {
  return after !== undefined && objectEdits(kind, object, after).length === 0;
}

/** Is each property as it was or as it should be? Then nobody else changed the object. */
function isBetween(now: Obj, before: Obj, after: Obj): boolean {
  return [...new Set([now, before, after].flatMap((each) => Object.keys(each)))].every(
    (name) => sameJson(now[name], before[name]) || sameJson(now[name], after[name]),
  );
}
