import type { Coordinate } from "../../../model/coordinate.ts";
import { defined } from "../../../model/defined.ts";
import { LockstepError } from "../../../model/error.ts";
import type { Obj } from "../../../model/json.ts";
import type { Kind } from "../../../model/kind.ts";
import type { Edit } from "../../../model/report.ts";
import { writeOne } from "../../write-one.ts";
import { withStateOf } from "../../target.ts";
import type { LiveObject } from "../read/live.ts";
import { readNow } from "../read/read-live.ts";
import { digestOf } from "./ownership.ts";
import type { Session } from "../rpc/session.ts";

/** A kind and what a program wants of one object of it. */
export interface DesiredObject {
  readonly kind: Kind;
  readonly coordinate: Coordinate;
  /** Inputs of the resource. */
  readonly news: Obj;
}

/** Writes these edits to an object and reads what became of it. */
export async function writeEdits(
  session: Session,
  { kind, coordinate }: Omit<DesiredObject, "news">,
  live: LiveObject,
  { edits, wanted }: { readonly edits: readonly Edit[]; readonly wanted: Obj },
): Promise<LiveObject> {
  const { id, entity, hidden } = live;
  const present = defined({ id, entity, hidden, object: withStateOf(live, wanted) });
  const action = live.coordinate === coordinate ? "update" : "rename";
  await session.journal.started(coordinate, live.id);
  const begun = session.unfinished.open.has(coordinate);
  const change = { coordinate, action, edits, before: present.object, after: wanted, begun } as const;
  await noted(session, { kind, coordinate, verb: "update" }, () => writeOne(change, session, kind, present));
  if (action === "rename") session.learn(live.coordinate, undefined);
  session.learn(coordinate, live.id);
  const known = { object: live.object, revisions: live.revisions };
  const after = await readNow(session, { kind, coordinate, id: live.id }, known, propertiesOf(edits));
  if (after === undefined) throw vanished(coordinate);
  await session.journal.done(coordinate, live.id, digestOf(kind, after.object));
  if (action === "rename") await session.baseline.record(live.coordinate, undefined);
  return after;
}

/** A write of an object. */
interface NotedWrite {
  readonly kind: Kind;
  readonly coordinate: Coordinate;
  readonly verb: "create" | "update";
}

/**
 * Writes an object. Where it does not tell afterwards that the write was not ended, that is noted before the first request,
 * and the next run ends it, an apply too.
 */
export async function noted<Result>(
  { unfinished, journal }: Session,
  { kind, coordinate, verb }: NotedWrite,
  write: () => Promise<Result>,
): Promise<Result> {
  if (kind.write?.noted === verb) await unfinished.begun(coordinate, verb);
  try {
    const result = await write();
    if (verb === "create" || unfinished.open.get(coordinate) === "update") await unfinished.over(coordinate);
    return result;
  } catch (error) {
    // Refused before anything was begun: a draft that is there next time is still somebody else's.
    if (error instanceof LockstepError && error.code === "data-action-draft") {
      await journal.over(coordinate);
      await unfinished.over(coordinate);
    }
    throw error;
  }
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
