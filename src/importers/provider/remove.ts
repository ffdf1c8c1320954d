import { splitCoordinate, type Coordinate } from "../../model/coordinate.ts";
import { textOf } from "../../model/json.ts";
import type { Kind } from "../../model/kind.ts";
import { namesOfKey } from "../../topology/pairing/identity.ts";
import { NO_RULES } from "../../topology/pairing/rules.ts";
import { scopeOf } from "../../topology/pairing/scope.ts";
import { writeOne } from "../write-one.ts";
import { objectIn } from "./inputs.ts";
import { knownFrom } from "./live.ts";
import { assertPermitted, recordBaseline } from "./permit.ts";
import { readNow } from "./read-live.ts";
import type { Session } from "./session.ts";
import { assertUnmoved, type Existing } from "./update.ts";

/**
 * Deletes an object; one that is gone counts as deleted. What the configuration does not select any more is left alone: only
 * the engine forgets it.
 * @throws GuardError `prune-off`, `protected`, `primary-no-deletes`, `moved-target`
 */
export async function remove(session: Session, kind: Kind, { id, olds }: Existing): Promise<void> {
  const coordinate = textOf(olds["coordinate"]);
  if (session.settings.org === "standby" && !isSelected(session, coordinate)) return;
  const live = await readNow(session, kind, coordinate, id, knownFrom(olds));
  if (live !== undefined) {
    await assertPermitted(session, { kind, coordinate, verb: "delete", live });
    assertUnmoved(kind, olds, { ...objectIn(olds), lockstep: olds["lockstep"] ?? {} }, live);
    const { object, entity } = live;
    await session.log.started(coordinate, id);
    await writeOne({ coordinate, action: "delete", edits: [], before: object }, session, kind, id, { object, entity });
  }
  session.learn(coordinate, undefined);
  await recordBaseline(session, coordinate, undefined);
}

function isSelected({ config, kinds }: Session, coordinate: Coordinate): boolean {
  const { include, flows } = config;
  const names = (at: Coordinate): readonly string[] => namesOfKey(splitCoordinate(at).key);
  return scopeOf({ ...NO_RULES, include, flows }, kinds, names).compared(coordinate);
}
