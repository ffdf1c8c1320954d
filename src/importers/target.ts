import type { Api, Steps } from "../model/api.ts";
import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import type { Json, Obj } from "../model/json.ts";
import { textOf } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import type { Operation } from "../model/plan.ts";
import { readList } from "../model/read-list.ts";
import { normalise } from "../topology/normalise.ts";
import { readObject, readOf, readParts } from "../topology/read-object.ts";
import { runSteps } from "../topology/run-steps.ts";

/** The standby while a plan is applied: its API, and which id is which object. */
export interface Target {
  readonly api: Api;
  readonly kinds: ReadonlyMap<string, Kind>;
  /** Coordinate → id: from the plan, and of what was created since. */
  readonly ids: Map<Coordinate, string>;
  /** `kind/id` → coordinate. */
  readonly names: Map<string, Coordinate>;
}

/** One object of the standby: as answered, and in canonical form. */
export interface TargetObject {
  readonly entity: Obj;
  readonly object: Obj;
}

/** The standby as the plan knew it. */
export function targetOf(api: Api, kinds: ReadonlyMap<string, Kind>, ids: { readonly [name: string]: string }): Target {
  const target: Target = { api, kinds, ids: new Map(), names: new Map() };
  for (const [coordinate, id] of Object.entries(ids)) remember(target, coordinate, id);
  return target;
}

/** Notes the id of an object, such as one that was just created. */
export function remember(target: Target, coordinate: Coordinate, id: string): void {
  target.ids.set(coordinate, id);
  target.names.set(`${splitCoordinate(coordinate).kind}/${id}`, coordinate);
}

/** Reads one object; undefined when it is gone. */
export async function readTarget(
  target: Target,
  kind: Kind,
  coordinate: Coordinate,
  id: string,
): Promise<TargetObject | undefined> {
  const entity = await runSteps(target.api, kind.name, readObject(kind, id));
  return entity === undefined ? undefined : canonical(target, kind, coordinate, entity);
}

/**
 * Reads the objects that operations of one kind touch, with the fewest requests: one by one, or by listing the kind where
 * that is cheaper. Parts whose revision is the one that the plan saw are not read again.
 */
export async function readTouched(
  target: Target,
  kind: Kind,
  operations: readonly Operation[],
): Promise<Map<string, TargetObject>> {
  const wanted = new Map(operations.map((operation) => [operation.targetId ?? "", operation]));
  const known = [...target.ids.keys()].filter((coordinate) => splitCoordinate(coordinate).kind === kind.name).length;
  const pages = readOf(kind).lists.reduce((sum, list) => sum + Math.max(1, Math.ceil(known / (list.size ?? 25))), 0);
  const entities =
    wanted.size > pages
      ? (await listEntities(target, kind)).filter((entity) => wanted.has(textOf(entity["id"])))
      : await Promise.all([...wanted.keys()].map((id) => runSteps(target.api, kind.name, readBare(kind, id))));
  const found = await Promise.all(
    entities.flatMap((entity) => (entity === undefined ? [] : [readRest(target, kind, entity, wanted)])),
  );
  return new Map(found);
}

async function readRest(
  target: Target,
  kind: Kind,
  entity: Obj,
  wanted: ReadonlyMap<string, Operation>,
): Promise<[string, TargetObject]> {
  const id = textOf(entity["id"]);
  const operation = wanted.get(id);
  const same = unchangedParts(kind, entity, operation);
  const full = await runSteps(target.api, kind.name, readParts(kind, entity, new Set(Object.keys(same))));
  const { object } = canonical(target, kind, operation?.from ?? operation?.coordinate ?? id, full);
  return [id, { entity: full, object: { ...object, ...same } }];
}

/** Lists all entities of a kind, without parts. */
export async function listEntities(target: Target, kind: Kind): Promise<Obj[]> {
  return runSteps(target.api, kind.name, listAll(kind));
}

function* listAll(kind: Kind): Steps<Obj[]> {
  const found: Obj[] = [];
  for (const list of readOf(kind).lists) found.push(...(yield* readList(list)));
  return found;
}

function* readBare(kind: Kind, id: string): Steps<Obj | undefined> {
  return yield* readObject({ ...kind, read: { ...readOf(kind), parts: [] } }, id);
}

function unchangedParts(kind: Kind, entity: Obj, operation: Operation | undefined): Obj {
  const entries = (kind.read?.parts ?? []).flatMap((part): [string, Json][] => {
    const revision = part.revision?.(entity);
    const value = operation?.before?.[part.at];
    return revision !== undefined && revision === operation?.revisions?.[part.at] && value !== undefined
      ? [[part.at, value]]
      : [];
  });
  return Object.fromEntries(entries);
}

function canonical(target: Target, kind: Kind, coordinate: Coordinate, entity: Obj): TargetObject {
  const { object } = normalise(kind, coordinate, entity, (name, id) => target.names.get(`${name}/${id}`));
  return { entity, object };
}

/** The natural key of an entity, given what is known of its parent. */
export function coordinateIn(target: Target, kind: Kind, entity: Obj): Coordinate {
  const parent =
    kind.parent === undefined ? undefined : target.names.get(`${kind.parent.kind}/${kind.parent.id(entity)}`);
  return `${kind.name}/${kind.key(entity, parent === undefined ? undefined : splitCoordinate(parent).key)}`;
}
