import type { Coordinate } from "../../../model/coordinate.ts";
import { ApiError, LockstepError } from "../../../model/error.ts";
import { textOf, type Obj } from "../../../model/json.ts";
import type { Kind } from "../../../model/kind.ts";
import { isKept } from "../../../canonical/kept.ts";
import { wholeObject } from "../../../drift/edits.ts";
import { coordinateIn, listEntities } from "../../target.ts";
import { untilSeen } from "../../until-seen.ts";
import { writeOne } from "../../write-one.ts";
import { objectIn, treatmentOf } from "../read/inputs.ts";
import { firstPassObject, unresolvedPointers } from "./link.ts";
import type { LiveObject } from "../read/live.ts";
import { readNow } from "../read/read-live.ts";
import { digestOf } from "./ownership.ts";
import { assertAlone } from "./namesakes.ts";
import { assertPermitted } from "./permit.ts";
import { takeValues } from "./take-values.ts";
import type { Session } from "../rpc/session.ts";
import { converge, existingIn, inStep } from "./write.ts";
import { noted, vanished, type DesiredObject } from "./write-edits.ts";

/** An object that is there now, though not all of it could be written. */
export class PartlyCreatedError extends LockstepError {
  readonly live: LiveObject;

  constructor(live: LiveObject, cause: LockstepError) {
    super(cause.code, cause.message, cause.hint, { ...cause.place, coordinate: live.coordinate });
    this.name = "PartlyCreatedError";
    this.live = live;
  }
}

/** New objects are listed after at most so long (genesys-api §1.7), unless something is wrong. */
const LIST_LAG_MS = 5_000;

const NOTHING = { object: {}, revisions: {} };

/**
 * Creates an object, or takes over the one that has its name: nothing is created twice, also after a crash.
 * @returns the object as it is then
 * @throws PartlyCreatedError when it is there and not complete; LockstepError `duplicate-key`; GuardError, ApiError
 */
export async function create(session: Session, wanted: DesiredObject): Promise<LiveObject> {
  const { kind, coordinate, news } = wanted;
  if (treatmentOf(news).retained) throw vanished(coordinate);
  assertAlone(session, coordinate);
  const gap = session.unread.get(kind.name);
  if (gap !== undefined) throw unreadKind(kind, coordinate, gap);
  const found = await locate(session, kind, coordinate);
  return found === undefined ? createNew(session, wanted) : converge(session, wanted, found);
}

/** The object of this name: as the sweep saw it, as the journal knows it, or as a fresh list shows it after a crash. */
async function locate(session: Session, kind: Kind, coordinate: Coordinate): Promise<LiveObject | undefined> {
  const noted = session.journal.entries.get(coordinate);
  for (const id of new Set([session.target.ids.get(coordinate), noted?.id])) {
    const live = id === undefined ? undefined : await readNow(session, { kind, coordinate, id }, NOTHING);
    if (live?.coordinate !== coordinate) continue;
    session.learn(coordinate, live.id);
    return live;
  }
  if (noted?.state !== "started") return undefined;
  for (;;) {
    const live = await listed(session, kind, coordinate);
    const waited = session.clock.now() - noted.at;
    if (live !== undefined || waited >= LIST_LAG_MS) return live;
    await session.api.send({ pauseMs: Math.min(1_000, LIST_LAG_MS - waited) }, kind.name);
  }
}

/** Looks for an object in a fresh list of its kind. */
async function listed(session: Session, kind: Kind, coordinate: Coordinate): Promise<LiveObject | undefined> {
  const entities = await listEntities(session.target, kind);
  const entity = entities.find((each) => isKept(kind, each) && coordinateIn(session.target, kind, each) === coordinate);
  if (entity === undefined) return undefined;
  const live = await readNow(session, { kind, coordinate, id: textOf(entity["id"]) }, NOTHING);
  if (live !== undefined) session.learn(coordinate, live.id);
  return live;
}

async function createNew(session: Session, desired: DesiredObject): Promise<LiveObject> {
  const { kind, coordinate, news } = desired;
  const { linked } = treatmentOf(news);
  const whole = objectIn(news);
  const existing = existingIn(session);
  const first = firstPassObject(kind, whole, linked, existing.named);
  await assertPermitted(session, { kind, coordinate, verb: "create", wanted: whole });
  await takeValues(session, desired, {});
  await session.journal.started(coordinate, "");
  const live = await written(session, kind, coordinate, first);
  await session.journal.done(coordinate, live.id, digestOf(kind, live.object));
  const held = unresolvedPointers(kind, whole, linked, existing);
  if (linked.length === 0 || held.length === 0) {
    await inStep(session, desired, live, first).catch((error: unknown) => {
      throw error instanceof LockstepError ? new PartlyCreatedError(live, error) : error;
    });
  }
  return live;
}

async function written(session: Session, kind: Kind, coordinate: Coordinate, object: Obj): Promise<LiveObject> {
  const edits = wholeObject(kind, object, "after");
  let id = "";
  try {
    const change = { coordinate, action: "create", edits, after: object } as const;
    id = await noted(session, { kind, coordinate, verb: "create" }, () => writeOne(change, session, kind, undefined));
  } catch (error) {
    if (!(error instanceof LockstepError) || error.code === "interrupted") throw error;
    const made = await listed(session, kind, coordinate).catch(() => undefined);
    if (made === undefined) {
      if (isRefused(error)) {
        await session.journal.over(coordinate);
        await session.unfinished.over(coordinate);
      }
      throw error;
    }
    await session.journal.done(coordinate, made.id, "");
    throw new PartlyCreatedError(made, error);
  }
  session.learn(coordinate, id);
  const seen = await untilSeen(session.api, kind.name, () => readNow(session, { kind, coordinate, id }, NOTHING));
  if (seen === undefined) throw vanished(coordinate);
  return seen;
}

/** An answer that says no: nothing was made, so whatever gets that name later is somebody else's. */
function isRefused(error: LockstepError): boolean {
  return error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 408;
}

function unreadKind(kind: Kind, coordinate: Coordinate, gap: string): LockstepError {
  return new LockstepError(
    "incomplete-target",
    `${coordinate} is not created, because it might be there: ${kind.name} could not be listed completely (${gap})`,
    "Grant what is missing to the OAuth client of this stack.",
    { coordinate },
  );
}
