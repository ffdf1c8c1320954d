import { splitCoordinate, type Coordinate } from "../../../model/coordinate.ts";
import { LockstepError } from "../../../model/error.ts";
import type { Finding } from "../../../model/snapshot.ts";
import { parentReference } from "../../../canonical/references.ts";
import type { Session } from "../rpc/session.ts";

type Namesakes = Pick<Session, "kinds" | "namesakes">;

/** Does an object, or one that it is in, share its name with others of the organisation? */
export function isSetAside(session: Namesakes, coordinate: Coordinate): boolean {
  return namesakeOf(session, coordinate) !== undefined;
}

/**
 * Which of several objects of one name is meant, nothing tells.
 * @throws LockstepError `duplicate-key`
 */
export function assertAlone(session: Namesakes, coordinate: Coordinate): void {
  const found = namesakeOf(session, coordinate);
  if (found === undefined) return;
  const hint = "Rename or delete all but one, then run the same command again.";
  throw new LockstepError("duplicate-key", `${found.coordinate}: ${found.message}`, hint, { coordinate });
}

function namesakeOf(session: Namesakes, coordinate: Coordinate): Finding | undefined {
  const { kind: name, key } = splitCoordinate(coordinate);
  const kind = session.kinds.get(name);
  const parent = kind && parentReference(kind, key);
  return session.namesakes.get(coordinate) ?? (parent === undefined ? undefined : namesakeOf(session, parent));
}
