import type { Api } from "../model/api.ts";
import type { Coordinate } from "../model/coordinate.ts";
import { textOf, type Json, type Obj } from "../model/json.ts";
import type { Kind, Part } from "../model/kind.ts";
import type { Operation } from "../model/plan.ts";
import { readObject, readOf, readParts } from "../canonical/read-object.ts";
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
  /** Top-level properties that the operations write; undefined when they write all of it. */
  readonly touched?: ReadonlySet<string>;
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

/** What the operations of one object do not touch is not read: undefined when they write all of it. */
export function touchedBy(operations: readonly Operation[]): ReadonlySet<string> | undefined {
  if (operations.some(({ action }) => action === "create" || action === "delete" || action === "restore"))
    return undefined;
  return new Set(operations.flatMap(({ edits }) => edits.map(({ path }) => path.split("/")[1] ?? "")));
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
function pagesOf(target: Target, kind: Kind): number {
  const known = idsOf(target, kind.name).length;
  return readOf(kind).lists.reduce((sum, { size = 25, per }) => {
    const lists = per === undefined ? 1 : idsOf(target, per.kind).length;
    return sum + Math.max(lists, Math.ceil(known / size));
  }, 0);
}

/** Reads an entity without its parts; undefined when it is gone. */
export function readBare(api: Api, kind: Kind, id: string, parent: string | undefined): Promise<Obj | undefined> {
  return runSteps(api, kind.name, readObject({ ...kind, read: { ...readOf(kind), parts: [] } }, id, new Set(), parent));
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
  const full = await runSteps(target.api, kind.name, readParts(kind, entity, known));
  const read = await canonical(target, { kind, coordinate: sought.coordinate }, full, sought.like);
  if (known.size === 0) return { ...read, revisions: revisionsOf(kind, entity) };
  return { ...read, object: { ...read.object, ...valuesOf(kept) } };
}

function revisionsOf(kind: Kind, entity: Obj): { readonly [part: string]: string } {
  return Object.fromEntries(
    (kind.read?.parts ?? []).flatMap(({ at, revision }) => {
      const now = revision?.(entity);
      return now === undefined ? [] : [[at, now]];
    }),
  );
}

type KeptPart = readonly [at: string, value: Json | undefined];

function keptParts(kind: Kind, entity: Obj, { before, revisions, touched }: TouchedObject): KeptPart[] {
  if (before === undefined) return [];
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
