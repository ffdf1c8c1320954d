import { defined } from "../model/defined.ts";
import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { LockstepError } from "../model/error.ts";
import type { Obj } from "../model/json.ts";
import { groupBy } from "../model/group-by.ts";
import type { Kind } from "../model/kind.ts";
import type { Operation } from "../model/plan.ts";
import type { Edit } from "../model/report.ts";
import { objectEdits } from "../drift/edits.ts";
import { editedBy, listOnce, readTouched, type ListReader, type TouchedObject } from "./read-touched.ts";
import type { Target } from "./target.ts";
import { untilSeen } from "./until-seen.ts";

/** Objects as they are after an apply, and those that are not what they should be. */
export interface Verification {
  readonly objects: ReadonlyMap<Coordinate, Obj>;
  readonly unequal: readonly { readonly coordinate: Coordinate; readonly edits: readonly Edit[] }[];
  /** Objects that were written and that nothing can be said about: their id is not known, or they could not be read. */
  readonly unchecked: readonly Coordinate[];
  /** Of the objects those that were read with all their parts, as the organisation answers them. */
  readonly read: ReadonlyMap<Coordinate, WholeObject>;
}

/** An object that was read with all its parts, but for what nothing could have changed. */
export interface WholeObject {
  readonly entity: Obj;
  readonly revisions: { readonly [part: string]: string };
  /** Parts of which only some was read, in canonical form. */
  readonly cached: Obj;
}

/**
 * Reads what was written and compares it with what was wanted; lists a kind where that takes fewer requests. What cannot be
 * read is told, because the writes are done and have to be told too.
 * @throws LockstepError `interrupted`
 */
export async function verify(target: Target, operations: readonly Operation[]): Promise<Verification> {
  const written = [...groupBy(operations, ({ coordinate }) => coordinate).values()];
  const listed = listOnce(target);
  const byKind = groupBy(written, ([first]) => splitCoordinate(first?.coordinate ?? "").kind);
  const seen = await Promise.all(
    [...byKind].map(async ([name, objects]) => {
      const kind = target.kinds.get(name);
      if (kind === undefined) return [];
      return verifyKind(target, kind, objects, listed).catch(unread);
    }),
  );
  const results = seen.flat().sort((a, b) => (a.coordinate < b.coordinate ? -1 : 1));
  const checked = new Set(results.map(({ coordinate }) => coordinate));
  return {
    unchecked: written
      .flatMap((of) => of.at(-1)?.coordinate ?? [])
      .filter((coordinate) => !checked.has(coordinate))
      .sort(),
    objects: new Map(results.flatMap(({ coordinate, now }) => (now === undefined ? [] : [[coordinate, now]]))),
    unequal: results.flatMap(({ coordinate, edits }) => (edits.length > 0 ? [{ coordinate, edits }] : [])),
    read: new Map(results.flatMap(({ coordinate, whole }) => (whole === undefined ? [] : [[coordinate, whole]]))),
  };
}

interface Seen {
  readonly coordinate: Coordinate;
  readonly now: Obj | undefined;
  readonly whole: WholeObject | undefined;
  readonly edits: readonly Edit[];
}

/** Nothing is known of objects that could not be read. */
function unread(error: unknown): Seen[] {
  if (!(error instanceof LockstepError) || error.code === "interrupted") throw error;
  return [];
}

async function verifyKind(
  target: Target,
  kind: Kind,
  objects: readonly (readonly Operation[])[],
  listed: ListReader,
): Promise<Seen[]> {
  const sought = objects.flatMap((operations) => soughtFor(target, operations));
  const found = await readTouched(target, { kind, objects: sought }, listed);
  const late = sought.filter(({ id, created }) => created && !found.has(id));
  await untilSeen(target.api, kind.name, async () => {
    const objects = late.filter(({ id }) => !found.has(id));
    for (const [id, object] of await readTouched(target, { kind, objects }, listOnce(target))) found.set(id, object);
    return late.every(({ id }) => found.has(id)) ? found : undefined;
  });
  return sought.map(({ id, coordinate, after }) => {
    const seen = found.get(id);
    const now = seen?.object;
    const whole = seen?.revisions && { entity: seen.entity, revisions: seen.revisions, cached: seen.cached ?? {} };
    return { coordinate, now, whole, edits: unequalEdits(kind, now, after) };
  });
}

/** One object to read, with what it should be. */
interface Written extends TouchedObject {
  readonly after: Obj | undefined;
  readonly created: boolean;
}

function soughtFor(target: Target, operations: readonly Operation[]): Written[] {
  const [first, last] = [operations[0], operations.at(-1)];
  const id = last === undefined ? undefined : target.ids.get(last.coordinate);
  if (first === undefined || last === undefined || id === undefined) return [];
  const { coordinate, after } = last;
  const edited = editedBy(operations);
  const { before, revisions } = first;
  const kept = defined({
    before,
    revisions,
  });
  const created = first.action === "create" && after !== undefined;
  return [
    {
      id,
      coordinate,
      after,
      created,
      isWritten: true,
      like: after ?? {},
      ...(edited === undefined ? {} : { edited, ...kept }),
    },
  ];
}

function unequalEdits(kind: Kind, now: Obj | undefined, wanted: Obj | undefined): readonly Edit[] {
  if (now === undefined && wanted === undefined) return [];
  if (now === undefined || wanted === undefined) return [defined({ path: "", before: now })];
  return objectEdits(kind, now, wanted);
}
