import { splitCoordinate, type Coordinate } from "../../../model/coordinate.ts";
import { LockstepError } from "../../../model/error.ts";
import { textOf, type Obj } from "../../../model/json.ts";
import type { Kind } from "../../../model/kind.ts";
import { relinkObject } from "../../../canonical/relink.ts";
import { scopeByName } from "../../../pairing/scope.ts";
import { parentReference } from "../../../canonical/references.ts";
import { writeOne } from "../../write-one.ts";
import { objectIn } from "../read/inputs.ts";
import { earlierReading, type LiveObject } from "../read/live.ts";
import { isSetAside } from "./namesakes.ts";
import { assertPermitted } from "./permit.ts";
import { readNow } from "../read/read-live.ts";
import type { Session } from "../rpc/session.ts";
import { assertUnmoved, type StateResource } from "./update.ts";

/**
 * Deletes an object; one that is gone counts as deleted. What the configuration no longer selects is left unchanged: only
 * the engine forgets it, and so is what shares its name with others by now.
 * @throws GuardError `prune-off`, `protected`, `primary-no-deletes`, `moved-target`; LockstepError `parent-unknown`, `not-writable`
 */
export async function remove(session: Session, kind: Kind, { id, olds }: StateResource): Promise<void> {
  const coordinate = textOf(olds["coordinate"]);
  if (session.settings.org === "standby" && !scopeByName(session.config, session.kinds).compared(coordinate)) return;
  if (isSetAside(session, coordinate)) return;
  const live = await readNow(session, { kind, coordinate, id }, earlierReading(olds));
  if (live !== undefined) {
    await assertPermitted(session, { kind, coordinate, verb: "delete", live });
    assertRemovable(kind, coordinate);
    const state = withParentOf(session, kind, olds, live);
    assertUnmoved(kind, state, { ...objectIn(state), lockstep: olds["lockstep"] ?? {} }, live);
    const { object, entity } = live;
    await session.journal.started(coordinate, id);
    const change = { coordinate: live.coordinate, action: "delete", edits: [], before: object } as const;
    await writeOne(change, session, kind, { id, object, entity });
    if (live.coordinate !== coordinate) session.learn(live.coordinate, undefined);
  }
  session.learn(coordinate, undefined);
  await session.journal.over(coordinate);
  await session.baseline.record(coordinate, undefined);
}

function assertRemovable(kind: Kind, coordinate: Coordinate): void {
  if (kind.write?.remove !== undefined) return;
  throw new LockstepError(
    "not-writable",
    `Genesys Cloud has no operation to delete ${coordinate}`,
    "Keep it in the program, or take it out of the state alone with `pulumi state delete`.",
    { coordinate },
  );
}

/** The outputs with the parent by the name that it has now: one that got another name is not a change of what is in it. */
function withParentOf({ target }: Session, kind: Kind, olds: Obj, live: LiveObject): Obj {
  const [was, is] = [textOf(olds["coordinate"]), live.coordinate].map((at) =>
    parentReference(kind, splitCoordinate(at).key),
  );
  if (was === undefined || is === undefined || target.ids.has(was)) return olds;
  return { ...olds, ...relinkObject(kind, objectIn(olds), (at) => (at === was ? is : at)) };
}
