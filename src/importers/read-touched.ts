import type { Coordinate } from "../model/coordinate.ts";
import { textOf, type Json, type Obj } from "../model/json.ts";
import type { Kind, Part } from "../model/kind.ts";
import type { Operation } from "../model/plan.ts";
import { objectWith, pointerCovers, valueAt } from "../model/pointer.ts";
import { readBare, readOf, readParts, revisionsOf } from "../canonical/read-object.ts";
import { runSteps } from "../canonical/run-steps.ts";
import { canonical, idsOf, listEntities, parentId, withheldParts, type Target, type TargetObject } from "./target.ts";

/** An object of the standby that operations are about. */
export interface TouchedObject {
  readonly id: string;
  /** What it is called at this moment. */
  readonly coordinate: Coordinate;
  /** Its state when the plan was made: what is not touched is taken from here. */
  readonly before?: Obj;
  readonly revisions?: Operation["revisions"];
  /** An object to compare it with: operational state is included where that one has it. */
  readonly like: Obj;
  /** Pointers that the operations edit; undefined when they write all of it. */
  readonly edited?: readonly string[];
  /** The operations have been carried out: what differs from before is their work, unless a revision tells of another one's. */
  readonly isWritten?: true;
}

/** Objects of one kind that operations are about. */
export interface TouchedKind {
  readonly kind: Kind;
  readonly objects: readonly TouchedObject[];
  /** The list of the kind is there already, or will be asked for in any case. */
  readonly isListed?: boolean;
}

/** An object as it was read just now. */
export interface ReadObject extends TargetObject {
  /** Revision of each part that has one; absent where a part was not read but taken from what is known. */
  readonly revisions?: { readonly [part: string]: string };
  /** Pieces that were read only where they were edited, in canonical form. */
  readonly cached?: Obj;
}

/** Lists each kind at most once, however many ask. */
export type ListReader = (kind: Kind) => Promise<readonly Obj[]>;

/** @returns a reader of lists that remembers them, for as long as nothing is written */
export function listOnce(target: Target): ListReader {
  const lists = new Map<string, Promise<readonly Obj[]>>();
  return (kind) => {
    const list = lists.get(kind.name) ?? listEntities(target, kind);
    lists.set(kind.name, list);
    return list;
  };
}

/** What the operations of one object do not edit is not read: undefined when they write all of it. */
export function editedBy(operations: readonly Operation[]): readonly string[] | undefined {
  if (operations.some(({ action }) => action === "create" || action === "delete" || action === "restore"))
    return undefined;
  return [...new Set(operations.flatMap(({ edits }) => edits.map(({ path }) => path)))];
}

/**
 * Reads objects of one kind with the fewest requests: one by one, or by listing the kind where that is cheaper or was done
 * anyway. A part that is written apart from its object is read only when it is touched, and one that tells its revision
 * only when that changed.
 * @returns what is there, by id
 */
export async function readTouched(
  target: Target,
  { kind, objects, isListed = false }: TouchedKind,
  listed: ListReader,
): Promise<Map<string, ReadObject>> {
  const byId = new Map(isListed || objects.length > pagesOf(target, kind) ? await entitiesById(listed, kind) : []);
  const found = await Promise.all(
    objects.map(async (one): Promise<[string, ReadObject][]> => {
      const entity =
        byId.get(one.id) ?? (await readBare(target.api, kind, one.id, parentId(target, kind, one.coordinate)));
      return entity === undefined ? [] : [[one.id, await readRest(target, kind, entity, one)]];
    }),
  );
  return new Map(found.flat());
}

async function entitiesById(listed: ListReader, kind: Kind): Promise<[string, Obj][]> {
  const there = (await listed(kind)).filter((entity) => entity["state"] !== "deleted");
  return there.map((entity) => [textOf(entity["id"]), entity]);
}

/** How many requests listing the kind takes, judged by the objects that the plan knew. */
export function pagesOf(target: Target, kind: Kind): number {
  const known = idsOf(target, kind.name).length;
  return readOf(kind).lists.reduce((sum, { size = 25, per }) => {
    const lists = per === undefined ? 1 : idsOf(target, per.kind).length;
    return sum + Math.max(lists, Math.ceil(known / size));
  }, 0);
}

/** Reads the parts of an entity, but for those that are known. */
export async function readRest(
  target: Target,
  kind: Kind,
  entity: Obj,
  sought: TouchedObject,
): Promise<Awaited<ReturnType<typeof canonical>> & ReadObject> {
  const kept = keptParts(kind, entity, sought);
  const known = new Set([...kept.map(([at]) => at), ...withheldParts(target, kind)]);
  const apart = (kind.read?.parts ?? []).flatMap((part) =>
    known.has(part.at) ? [] : unedited(part, entity, sought).map((pointer) => ({ at: part.at, pointer })),
  );
  const whole = apart.filter(({ at, pointer }) => pointer === `/${at}`).map(({ at }) => at);
  const unread = new Set([...known, ...whole, ...apart.map(({ pointer }) => pointer)]);
  const full = await runSteps(target.api, kind.name, readParts(kind, entity, unread));
  const read = await canonical(target, { kind, coordinate: sought.coordinate }, full, sought.like);
  const { before = {} } = sought;
  const object = apart.reduce((all, { pointer }) => objectWith(all, pointer, valueAt(before, pointer)), read.object);
  if (known.size > 0) return { ...read, object: { ...object, ...valuesOf(kept) } };
  const cached = valuesOf(apart.map(({ at }) => [at, object[at]]));
  return { ...read, object, revisions: revisionsOf(kind, entity), cached };
}

/** Pieces of a part that no edit of ours touches, and nobody else can have: they are what they were (`Part.apart`). */
function unedited(part: Part, entity: Obj, { before, edited, revisions, isWritten }: TouchedObject): readonly string[] {
  if (before === undefined || edited === undefined || isWritten !== true) return [];
  // Revisions of such parts count the writes: more than one is not ours alone.
  if (Number(part.revision?.(entity)) !== Number(revisions?.[part.at]) + 1) return [];
  const { apart = [] } = part;
  return apart.filter(
    (pointer) => !edited.some((path) => pointerCovers(path, pointer) || pointerCovers(pointer, path)),
  );
}

type KeptPart = readonly [at: string, value: Json | undefined];

function keptParts(kind: Kind, entity: Obj, { before, revisions, edited }: TouchedObject): KeptPart[] {
  if (before === undefined) return [];
  const touched = edited && new Set(edited.map((path) => path.split("/")[1] ?? ""));
  const isKept = (part: Part): boolean => {
    if (part.write !== undefined && touched?.has(part.at) === false) return true;
    const revision = part.revision?.(entity);
    return revision !== undefined && revision === revisions?.[part.at] && before[part.at] !== undefined;
  };
  return (kind.read?.parts ?? []).filter(isKept).map((part) => [part.at, before[part.at]]);
}

function valuesOf(kept: readonly KeptPart[]): Obj {
  return Object.fromEntries(kept.filter((part): part is readonly [string, Json] => part[1] !== undefined));
}
