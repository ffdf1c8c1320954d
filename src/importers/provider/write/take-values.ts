import type { Kind } from "../../../model/kind.ts";
import { isList, type Json, type Obj } from "../../../model/json.ts";
import { gainedValues, withoutValues } from "../../claims.ts";
import { wantedObject } from "../check/edits.ts";
import { objectIn, treatmentOf } from "../read/inputs.ts";
import { outputsOf, type LiveObject } from "../read/live.ts";
import { readNow } from "../read/read-live.ts";
import type { Session } from "../rpc/session.ts";
import { assertPermitted } from "./permit.ts";
import { writeEdits, type DesiredObject } from "./write-edits.ts";

/**
 * Takes what an object is about to get from those that hold it yet and give it up later in the same update. Of two objects that
 * exchange a number neither can be written first, and the engine writes each of them once.
 * @param current the object as it is; empty where it is new
 * @throws GuardError where a holder may not be written; ApiError
 */
export async function takeValues(session: Session, desired: DesiredObject, current: Obj): Promise<void> {
  const { kind, coordinate, news } = desired;
  const gained = gainedValues(kind, current, objectIn(news));
  if (gained.length === 0) return;
  for (const holder of treatmentOf(news).takes) {
    const id = session.target.ids.get(holder);
    if (id === undefined || holder === coordinate) continue;
    const live = await readNow(session, { kind, coordinate: holder, id }, { object: {}, revisions: {} });
    if (live === undefined) continue;
    const left = wantedObject(kind, outputsOf(live, "", undefined), withoutValues(kind, live.object, gained));
    if (left.edits.length === 0) continue;
    const request = { kind, coordinate: live.coordinate, verb: "update", wanted: left.wanted, live } as const;
    await assertPermitted(session, { ...request, release: true });
    await writeEdits(session, { kind, coordinate: live.coordinate }, live, left);
    session.released.set(id, [...(session.released.get(id) ?? []), ...gained]);
  }
}

/** What the state has of an object, without what was taken from it since: that is nobody's change by hand. */
export function withoutReleased({ released }: Session, kind: Kind, olds: Obj, { id, object }: LiveObject): Obj {
  const values = released.get(id);
  if (values === undefined) return olds;
  const left = withoutValues(kind, olds, values);
  // A list that is empty may be left out of an answer.
  const isGone = ([name, value]: [string, Json]): boolean =>
    isList(value) && value.length === 0 && object[name] === undefined;
  return Object.fromEntries(Object.entries(left).filter((entry) => !isGone(entry)));
}
