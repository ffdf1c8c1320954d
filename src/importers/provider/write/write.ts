import type { Coordinate } from "../../../model/coordinate.ts";
import { textOf, type Obj } from "../../../model/json.ts";
import { LockstepError } from "../../../model/error.ts";
import type { Kind } from "../../../model/kind.ts";
import type { Edit } from "../../../model/report.ts";
import { digestJson } from "../../../canonical/digest.ts";
import { isKeptByPlatform, keptBlock, notedEdits } from "../../kept-values.ts";
import { untilSeen } from "../../until-seen.ts";
import { resourceEdits, wantedObject } from "../check/edits.ts";
import { objectIn, treatmentOf } from "../read/inputs.ts";
import { withFirstState } from "../../unfinished.ts";
import { unresolvedPointers, type Existing } from "./link.ts";
import { outputsOf, type LiveObject } from "../read/live.ts";
import { readNow } from "../read/read-live.ts";
import { assertPermitted } from "./permit.ts";
import { takeValues } from "./take-values.ts";
import { writeEdits, type DesiredObject } from "./write-edits.ts";
import type { Session } from "../rpc/session.ts";

/** The coordinate that inputs or outputs speak of. */
export function coordinateFor(kind: Kind, properties: Obj): Coordinate {
  return `${kind.name}/${textOf(properties["key"])}`;
}

/** What exists already, as far as references go. */
export function existingIn({ target, named }: Session): Existing {
  return {
    coordinate: (coordinate) => target.ids.has(coordinate),
    named: (reference) => named()(reference) !== undefined,
  };
}

/**
 * Makes an object what it should be. Nothing is sent where it is that already. Values of a Link are written along where that is
 * possible, so that one request is enough.
 * @returns the object as it is then
 * @throws GuardError, ApiError
 */
export async function converge(session: Session, desired: DesiredObject, live: LiveObject): Promise<LiveObject> {
  const { kind, coordinate } = desired;
  const news = unfinishedInputs(session, desired);
  const { linked } = treatmentOf(news);
  const outputs = outputsOf(live, "", undefined);
  const complete = wantedObject(kind, outputs, news);
  const held = unresolvedPointers(kind, objectIn(news), linked, existingIn(session));
  const { edits, wanted } = held.length === 0 ? complete : wantedObject(kind, outputs, news, held);
  if (edits.length > 0) {
    const release = treatmentOf(news).leaving;
    await assertPermitted(session, { kind, coordinate, verb: "update", wanted: complete.wanted, live, release });
    await takeValues(session, desired, live.object);
    live = await writeEdits(session, desired, live, { edits, wanted });
  }
  if (held.length === 0) {
    await inStep(session, desired, live, wanted);
    await session.unfinished.over(coordinate);
  }
  return live;
}

/** The inputs, and the state of a new object where its create was begun and not ended: nothing else would ever give it that. */
export function unfinishedInputs(
  { unfinished }: Pick<Session, "unfinished">,
  { kind, coordinate, news }: DesiredObject,
): Obj {
  if (unfinished.open.get(coordinate) !== "create") return news;
  return { ...news, ...withFirstState(kind, { after: objectIn(news), edits: [] }).after };
}

/** A write shows in what is read after at most so long (genesys-api §1.7). */
const PAUSES = [1_000, 2_000];

/**
 * Notes that an object is what it should be. What the platform gave back instead for the second time is its own value, which
 * another write would not change.
 * @throws LockstepError `not-as-written`
 */
export async function inStep(
  session: Session,
  { kind, coordinate, news }: DesiredObject,
  live: LiveObject,
  wanted: Obj,
): Promise<void> {
  const inputs = { ...wanted, lockstep: news["lockstep"] ?? {} };
  const sourceId = treatmentOf(news).sourceId ?? "";
  const left = await leftOver(session, { kind, coordinate, news: inputs }, live);
  const noted = notedEdits(session.kept.entries.get(coordinate), left);
  if (noted.length > 0) await session.kept.put(coordinate, noted);
  else if (session.kept.entries.has(coordinate)) await session.kept.put(coordinate, undefined);
  if (left.length > 0) {
    const paths = left.map(({ path }) => path);
    const isKept = left.every((edit) => isKeptByPlatform(noted, edit));
    if (isMeant(inputs, left) && !isKept) throw notAsWritten(coordinate, paths);
    const text = isKept ? keptBlock(coordinate, paths).message : `other values than the program's: ${paths.join(", ")}`;
    session.sink({ event: "note", message: `${coordinate}: ${text}` });
    return;
  }
  await session.baseline.record(coordinate, { sourceId, targetId: live.id, digest: digestJson(wanted) });
}

/** A program of one's own may leave out what the platform fills in; one that follows a source says all of an object. */
function isMeant(news: Obj, left: readonly Edit[]): boolean {
  const isWhole = treatmentOf(news).sourceId !== undefined;
  return left.some(({ after }) => isWhole || after !== undefined);
}

/** What an object differs in after a write; read again for a while, because an answer may be late. */
async function leftOver(
  session: Session,
  { kind, coordinate, news }: DesiredObject,
  live: LiveObject,
): Promise<readonly Edit[]> {
  const leftIn = (seen: LiveObject): readonly Edit[] => resourceEdits(kind, outputsOf(seen, "", undefined), news);
  let left = leftIn(live);
  if (!isMeant(news, left)) return left;
  const nothing = { object: {}, revisions: {} };
  await untilSeen(
    session.api,
    kind.name,
    async () => {
      const now = await readNow(session, { kind, coordinate, id: live.id }, nothing);
      if (now !== undefined) left = leftIn(now);
      return left.length === 0 ? true : undefined;
    },
    PAUSES,
  );
  return left;
}

function notAsWritten(coordinate: Coordinate, paths: readonly string[]): LockstepError {
  return new LockstepError(
    "not-as-written",
    `${coordinate} was written, and the organisation has other values than the written ones at ${paths.join(", ")}`,
    "Look whether somebody changed it, then run the same command again: where the same values come back, they count as the platform's own.",
    { coordinate },
  );
}
