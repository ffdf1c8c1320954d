import { defined } from "../../../model/defined.ts";
import { splitCoordinate, type Coordinate } from "../../../model/coordinate.ts";
import { isObj, textOf, type Obj } from "../../../model/json.ts";
import type { Kind } from "../../../model/kind.ts";
import { deferredPointers } from "../../../canonical/phases.ts";
import { contentPointer, linkedValues, withLinked, type LinkedValues } from "./link.ts";
import { earlierReading, outputsOf, type LiveObject } from "../read/live.ts";
import { readNow, readSwept } from "../read/read-live.ts";
import { wantedObject } from "../check/edits.ts";
import { assertPermitted } from "./permit.ts";
import { objectId, kindNamed, type Session } from "../rpc/session.ts";
import { inStep } from "./write.ts";
import { vanished, writeEdits } from "./write-edits.ts";
import { diffLink, valuesIn } from "../check/diff.ts";
import { movedTarget } from "./update.ts";

/** The id of a Link: that of the object that it completes, with its kind. */
function linkId(kind: Kind, id: string): string {
  return `${kind.name}/${id}`;
}

/**
 * Writes the values of a Link. Nothing is sent where the object has them already.
 * @param olds outputs of the last read or write, if there were any
 * @returns id and outputs
 */
export async function writeLink(session: Session, news: Obj, olds: Obj = {}): Promise<{ id: string; outputs: Obj }> {
  const coordinate = textOf(news["target"]);
  const { kind: name } = splitCoordinate(coordinate);
  const kind = kindNamed(session.kinds, name, coordinate);
  const id = objectId(session, coordinate);
  const values = valuesIn(news);
  const known = earlierReading({ ...withLinked({}, valuesIn(olds)), revisions: olds["revisions"] ?? {} });
  const live = await readNow(session, { kind, coordinate, id }, known);
  if (live === undefined) throw vanished(coordinate);
  const outputs = outputsOf(live, "", undefined);
  const { edits, wanted } = wantedObject(kind, outputs, {
    ...withLinked(live.object, values),
    lockstep: news["lockstep"] ?? {},
  });
  if (edits.length === 0) return { id: linkId(kind, id), outputs: linkOutputs(news, live, values) };
  assertLinkUnmoved(kind, olds, news, live);
  await assertPermitted(session, { kind, coordinate, verb: "update", wanted, live });
  const after = await writeEdits(session, { kind, coordinate }, live, { edits, wanted });
  await inStep(session, { kind, coordinate, news }, after, wanted);
  return { id: linkId(kind, id), outputs: linkOutputs(news, after, values) };
}

/** Stops where a value moved since the state was written, unless it moved to what is wanted. @throws GuardError `moved-target` */
function assertLinkUnmoved(kind: Kind, olds: Obj, news: Obj, live: LiveObject): void {
  const [before, wanted] = [valuesIn(olds), valuesIn(news)];
  const differ = (from: LinkedValues, to: LinkedValues): boolean =>
    diffLink(kind, { ...news, values: from }, { ...news, values: to }).changes === "some";
  const moved = Object.keys(wanted).filter((pointer) => {
    const only = (values: LinkedValues): LinkedValues => ({ [pointer]: values[pointer] ?? null });
    const now = linkedValues(live.object, [pointer]);
    return Object.hasOwn(before, pointer) && differ(only(before), now) && differ(now, only(wanted));
  });
  if (moved.length > 0) throw movedTarget(live.coordinate, moved);
}

/**
 * Reads a Link: the values at the places that it wrote, or without a state at all places that may close a cycle.
 * @returns undefined when its object is gone
 */
export async function readLink(session: Session, linkIdText: string, olds: Obj): Promise<Obj | undefined> {
  const { kind: name, key: id } = splitCoordinate(linkIdText);
  const kind = kindNamed(session.kinds, name, linkIdText);
  const before = valuesIn(olds);
  const known = earlierReading({ ...withLinked({}, before), revisions: olds["revisions"] ?? {} });
  const live = await readSwept(session, kind, id, known);
  if (live === undefined) return undefined;
  const at = contentPointer(kind);
  const every = (): string[] => [...deferredPointers(kind, live.object), ...(at === undefined ? [] : [at])];
  const pointers = isObj(olds["values"]) ? Object.keys(before) : every();
  const target: Coordinate = live.coordinate;
  return linkOutputs({ ...olds, target }, live, Object.fromEntries(pointers.map((pointer) => [pointer, null])));
}

function linkOutputs({ target, lockstep }: Obj, live: LiveObject, at: LinkedValues): Obj {
  return defined({
    target: target ?? "",
    values: linkedValues(live.object, Object.keys(at)),
    revisions: Object.keys(live.revisions).length === 0 ? undefined : live.revisions,
    lockstep,
  });
}
