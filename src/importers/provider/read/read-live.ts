import { defined } from "../../../model/defined.ts";
import { coordinateOf, type Coordinate } from "../../../model/coordinate.ts";
import { LockstepError } from "../../../model/error.ts";
import { sortKeys, textOf, type Obj } from "../../../model/json.ts";
import type { Kind } from "../../../model/kind.ts";
import { readBare, revisionsOf } from "../../../canonical/read-object.ts";
import { contentReferences } from "../../../canonical/references.ts";
import { readRest } from "../../read-touched.ts";
import { coordinateIn, parentId } from "../../target.ts";
import type { EarlierReading, LiveObject } from "./live.ts";
import type { Session } from "../rpc/session.ts";

/**
 * Reads an object as the sweep saw it, with what lists leave out; read again where it was written since. Readers of one object
 * share the requests.
 * @returns undefined when it is gone
 */
export function readSwept(
  session: Session,
  kind: Kind,
  id: string,
  known: EarlierReading,
): Promise<LiveObject | undefined> {
  const coordinate = session.target.names.get(coordinateOf(kind.name, id));
  const entity = coordinate === undefined ? undefined : session.swept.get(coordinate);
  if (coordinate === undefined || textOf(entity?.["id"]) !== id)
    return readNow(session, { kind, coordinate, id }, known);
  const under =
    session.reads.get(coordinate) ?? session.inTurn(kind, () => complete(session, kind, entity ?? {}, { known }));
  session.reads.set(coordinate, under);
  // A failure is not remembered: the next reader asks again.
  under.catch(() => session.reads.get(coordinate) === under && session.reads.delete(coordinate));
  return under;
}

/** Which object is read. */
export interface SoughtObject {
  readonly kind: Kind;
  /** What it is called or was called before, where that is known. */
  readonly coordinate: Coordinate | undefined;
  readonly id: string;
}

/**
 * Reads an object as it is at this moment.
 * @param touched top-level properties that matter; what is written apart from the object and not among them is taken as known
 * @returns undefined when it is gone
 * @throws LockstepError `parent-unknown` for a kind whose paths name a parent, when nothing tells which one it is
 */
export async function readNow(
  session: Session,
  sought: SoughtObject,
  known: EarlierReading,
  touched?: ReadonlySet<string>,
): Promise<LiveObject | undefined> {
  const { kind, coordinate, id } = sought;
  if (id === "") return undefined;
  const parent = parentOf(session, sought);
  if (kind.parent?.path !== undefined && parent === undefined) {
    if (isAbsent(session, kind, id)) return undefined;
    throw unknownParent(kind, coordinate ?? coordinateOf(kind.name, id));
  }
  const entity = await readBare(session.api, kind, id, parent);
  if (entity === undefined || entity["state"] === "deleted") return undefined;
  return session.inTurn(kind, () => complete(session, kind, entity, { known, touched }));
}

/**
 * The id of the object that this one is in. What the sweep showed comes first: the coordinate may name a parent that got
 * another name since.
 */
function parentOf({ target, swept }: Session, { kind, coordinate, id }: SoughtObject): string | undefined {
  const called = target.names.get(coordinateOf(kind.name, id));
  const entity = called === undefined ? undefined : swept.get(called);
  const shown = entity === undefined ? "" : (kind.parent?.id(entity) ?? "");
  if (shown !== "") return shown;
  const ids = [called, coordinate].map((at) => (at === undefined ? undefined : parentId(target, kind, at)));
  return ids.find((found) => found !== undefined);
}

/** Not among all objects of its kind that were listed, or deleted since. */
function isAbsent({ target, unread }: Session, kind: Kind, id: string): boolean {
  const called = target.names.get(coordinateOf(kind.name, id));
  return called === undefined ? !unread.has(kind.name) : target.ids.get(called) !== id;
}

function unknownParent(kind: Kind, coordinate: Coordinate): LockstepError {
  const parent = kind.parent?.kind ?? "";
  return new LockstepError(
    "parent-unknown",
    `${coordinate} cannot be looked for, because nothing tells which ${parent} it belongs to`,
    `Refresh (\`pulumi refresh\`) and preview again; the OAuth client of this stack needs to read every ${kind.name} and ${parent}.`,
    { coordinate },
  );
}

async function complete(
  session: Session,
  kind: Kind,
  entity: Obj,
  { known, touched }: { readonly known: EarlierReading; readonly touched?: ReadonlySet<string> | undefined },
): Promise<LiveObject> {
  const { target } = session;
  const coordinate = coordinateIn(target, kind, entity);
  const id = textOf(entity["id"]);
  const { object, revisions } = stillNamed(session, kind, known) ? known : { object: {}, revisions: {} };
  const sought = defined({ id, coordinate, before: object, revisions, like: {}, touched });
  const read = await readRest(target, kind, entity, sought);
  return {
    id,
    coordinate,
    entity: read.entity,
    object: sortKeys(read.object),
    state: read.state,
    revisions: revisionsOf(kind, entity),
    hidden: read.hidden,
  };
}

/** A text that names what is there no more is read again: an export shows current names under an old revision. */
function stillNamed(session: Session, kind: Kind, { object }: EarlierReading): boolean {
  const referred = contentReferences(kind, object);
  if (referred.length === 0) return true;
  const named = session.named();
  return referred.every((reference) => named(reference) !== undefined);
}
