import type { Coordinate } from "../../../model/coordinate.ts";
import { textOf, type Obj } from "../../../model/json.ts";
import type { Kind } from "../../../model/kind.ts";
import { digestJson } from "../../../canonical/digest.ts";
import { resourceEdits, wantedObject } from "../check/edits.ts";
import { objectIn, treatmentOf } from "../read/inputs.ts";
import { withFirstState } from "../../unfinished.ts";
import { unresolvedPointers, type Existing } from "./link.ts";
import { outputsOf, type LiveObject } from "../read/live.ts";
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

/** Notes that an object is what it should be, or tells that it is not. */
export async function inStep(
  session: Session,
  { kind, coordinate, news }: DesiredObject,
  live: LiveObject,
  wanted: Obj,
): Promise<void> {
  const left = resourceEdits(kind, outputsOf(live, "", undefined), { ...wanted, lockstep: news["lockstep"] ?? {} });
  if (left.length > 0) {
    const paths = left.map(({ path }) => path).join(", ");
    session.sink({ event: "note", message: `${coordinate} is not what it should be after the write: ${paths}` });
    return;
  }
  const sourceId = treatmentOf(news).sourceId ?? "";
  await session.baseline.record(coordinate, { sourceId, targetId: live.id, digest: digestJson(wanted) });
}
