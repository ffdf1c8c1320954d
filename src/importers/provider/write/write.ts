import type { Coordinate } from "../../../model/coordinate.ts";
import { LockstepError } from "../../../model/error.ts";
import { textOf, type Obj } from "../../../model/json.ts";
import type { Kind } from "../../../model/kind.ts";
import type { Edit } from "../../../model/report.ts";
import { digestJson } from "../../../canonical/digest.ts";
import { writeOne } from "../../write-one.ts";
import { withStateOf } from "../../target.ts";
import { resourceEdits, wantedObject } from "../check/edits.ts";
import { objectIn, treatmentOf } from "../read/inputs.ts";
import { unresolvedPointers, type Existing } from "./link.ts";
import { outputsOf, type LiveObject } from "../read/live.ts";
import { readNow } from "../read/read-live.ts";
import { digestOf } from "./ownership.ts";
import { assertPermitted } from "./permit.ts";
import type { Session } from "../rpc/session.ts";

/** A kind and what a program wants of one object of it. */
export interface DesiredObject {
  readonly kind: Kind;
  readonly coordinate: Coordinate;
  /** Inputs of the resource. */
  readonly news: Obj;
}

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
  const { kind, coordinate, news } = desired;
  const { linked } = treatmentOf(news);
  const outputs = outputsOf(live, "", undefined);
  const complete = wantedObject(kind, outputs, news);
  const held = unresolvedPointers(kind, objectIn(news), linked, existingIn(session));
  const { edits, wanted } = held.length === 0 ? complete : wantedObject(kind, outputs, news, held);
  if (edits.length > 0) {
    await assertPermitted(session, { kind, coordinate, verb: "update", wanted: complete.wanted, live });
    live = await writeEdits(session, desired, live, { edits, wanted });
  }
  if (held.length === 0) await inStep(session, desired, live, wanted);
  return live;
}

/** Writes these edits to an object and reads what became of it. */
export async function writeEdits(
  session: Session,
  { kind, coordinate }: Omit<DesiredObject, "news">,
  live: LiveObject,
  { edits, wanted }: { readonly edits: readonly Edit[]; readonly wanted: Obj },
): Promise<LiveObject> {
  const present = { id: live.id, entity: live.entity, object: withStateOf(live, wanted) };
  const action = live.coordinate === coordinate ? "update" : "rename";
  await session.journal.started(coordinate, live.id);
  const change = { coordinate, action, edits, before: present.object, after: wanted } as const;
  await writeOne(change, session, kind, present);
  if (action === "rename") session.learn(live.coordinate, undefined);
  session.learn(coordinate, live.id);
  const known = { object: live.object, revisions: live.revisions };
  const after = await readNow(session, { kind, coordinate, id: live.id }, known, propertiesOf(edits));
  if (after === undefined) throw vanished(coordinate);
  await session.journal.done(coordinate, live.id, digestOf(kind, after.object));
  if (action === "rename") await session.baseline.record(live.coordinate, undefined);
  return after;
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

/** Top-level properties that edits are about. */
export function propertiesOf(edits: readonly Edit[]): Set<string> {
  return new Set(edits.map(({ path }) => path.split("/")[1] ?? ""));
}

/** The error for an object that is expected and not there. */
export function vanished(coordinate: Coordinate): LockstepError {
  return new LockstepError(
    "object-vanished",
    `${coordinate} is not there any more`,
    "Somebody deleted it: refresh (`pulumi refresh`) and preview again.",
    { coordinate },
  );
}
