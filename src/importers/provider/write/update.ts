import type { Coordinate } from "../../../model/coordinate.ts";
import { GuardError } from "../../../model/error.ts";
import { textOf, type Obj } from "../../../model/json.ts";
import type { Kind } from "../../../model/kind.ts";
import { pointerCovers } from "../../../model/pointer.ts";
import type { Edit } from "../../../model/report.ts";
import { withStateOf } from "../../target.ts";
import { resourceEdits } from "../check/edits.ts";
import { objectIn, treatmentOf } from "../read/inputs.ts";
import { earlierReading, outputsOf, type LiveObject } from "../read/live.ts";
import { readNow } from "../read/read-live.ts";
import { assertAlone } from "./namesakes.ts";
import type { Session } from "../rpc/session.ts";
import { withoutReleased } from "./take-values.ts";
import { converge } from "./write.ts";
import { propertiesOf, vanished, type DesiredObject } from "./write-edits.ts";

/** A resource that is in the engine's state. */
export interface StateResource {
  readonly id: string;
  /** Outputs of the last read or write. */
  readonly olds: Obj;
}

/**
 * Updates an object.
 * @returns the object as it is then
 * @throws LockstepError `duplicate-key` when several objects have its name; GuardError `moved-target` when it is neither as the state has it nor as it should be
 */
export async function update(
  session: Session,
  wanted: DesiredObject,
  { id, olds }: StateResource,
): Promise<LiveObject> {
  const { kind, news } = wanted;
  const from = textOf(olds["coordinate"]) || wanted.coordinate;
  const { linked, retained } = treatmentOf(news);
  if (!retained) assertAlone(session, wanted.coordinate);
  const planned = resourceEdits(kind, olds, news);
  const touched = new Set([...propertiesOf(planned), ...linked.map((pointer) => pointer.split("/")[1] ?? "")]);
  const live = await readNow(session, { kind, coordinate: from, id }, earlierReading(olds), touched);
  if (live === undefined) throw vanished(from);
  if (retained) return live;
  assertUnmoved(kind, withoutReleased(session, kind, olds, live), news, live);
  await noteName(session, from, live);
  return converge(session, wanted, live);
}

/** An object gets another name together with the one that it is in; what refers to it asks for it by the new one. */
async function noteName(session: Session, from: Coordinate, { coordinate, id }: LiveObject): Promise<void> {
  const { ids } = session.target;
  if (coordinate === from) return;
  if (ids.get(coordinate) !== id) session.learn(coordinate, id);
  if (ids.get(from) !== id) return;
  session.learn(from, undefined);
  await session.baseline.record(from, undefined);
}

/** Stops where the object moved since the state was written, unless it moved to what is wanted. @throws GuardError `moved-target` */
export function assertUnmoved(kind: Kind, olds: Obj, news: Obj, live: LiveObject): void {
  const now = { ...withStateOf(live, objectIn(news)), lockstep: news["lockstep"] ?? {} };
  const moved = resourceEdits(kind, olds, now);
  if (moved.length === 0) return;
  const open = resourceEdits(kind, outputsOf(live, "", undefined), news);
  const near = (a: Edit, b: Edit): boolean => pointerCovers(a.path, b.path) || pointerCovers(b.path, a.path);
  const unsettled = moved.filter((edit) => open.some((other) => near(edit, other)));
  if (unsettled.length === 0) return;
  throw movedTarget(
    live.coordinate,
    unsettled.map(({ path }) => path),
  );
}

/** The error for an object that somebody changed at these places. */
export function movedTarget(coordinate: Coordinate, paths: readonly string[]): GuardError {
  return new GuardError(
    "moved-target",
    `${coordinate} changed after the state was written: ${paths.join(", ")}`,
    "Refresh and preview again (`pulumi preview --refresh`), look at it and run the update then.",
    { coordinate },
  );
}
