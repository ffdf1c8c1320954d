import type { Api, Steps } from "../model/api.ts";
import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import type { Json, Obj } from "../model/json.ts";
import { isObj, textOf } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import type { Operation, Plan } from "../model/plan.ts";
import { valueAt, withValueAt } from "../model/pointer.ts";
import { readList } from "../model/read-list.ts";
import { normalise } from "../topology/normalise.ts";
import { readObject, readOf, readParts } from "../topology/read-object.ts";
import { parentReference } from "../topology/references.ts";
import { runSteps } from "../topology/run-steps.ts";

/** The standby while a plan is applied: its API, and which id is which object. */
export interface Target {
  readonly api: Api;
  readonly kinds: ReadonlyMap<string, Kind>;
  /** Coordinate → id: from the plan, and of what was created since. */
  readonly ids: Map<Coordinate, string>;
  /** `kind/id` → coordinate. */
  readonly names: Map<string, Coordinate>;
  readonly members: Plan["members"];
}

/** One object of the standby: as answered, and in canonical form. */
export interface TargetObject {
  readonly entity: Obj;
  readonly object: Obj;
}

/** The standby as the plan knew it. */
export function targetOf(api: Api, kinds: ReadonlyMap<string, Kind>, plan: Pick<Plan, "ids" | "members">): Target {
  const target: Target = { api, kinds, ids: new Map(), names: new Map(), members: plan.members };
  for (const [coordinate, id] of Object.entries(plan.ids)) remember(target, coordinate, id);
  return target;
}

/** Notes the id of an object, such as one that was just created. */
export function remember(target: Target, coordinate: Coordinate, id: string): void {
  target.ids.set(coordinate, id);
  target.names.set(`${splitCoordinate(coordinate).kind}/${id}`, coordinate);
}

/**
 * Reads one object; undefined when it is gone.
 * @param like an object to compare it with: operational state is included where that one has it
 */
export async function readTarget(
  target: Target,
  kind: Kind,
  coordinate: Coordinate,
  id: string,
  like: Obj = {},
): Promise<TargetObject | undefined> {
  const steps = readObject(kind, id, withheldParts(target, kind), parentId(target, kind, coordinate));
  const entity = await runSteps(target.api, kind.name, steps);
  return entity === undefined ? undefined : canonical(target, kind, coordinate, entity, like);
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
      : await Promise.all(
          [...wanted].map(([id, { from, coordinate }]) => {
            const parent = parentId(target, kind, from ?? coordinate);
            return runSteps(target.api, kind.name, readBare(kind, id, parent));
          }),
        );
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
  const known = new Set([...Object.keys(same), ...withheldParts(target, kind)]);
  const full = await runSteps(target.api, kind.name, readParts(kind, entity, known));
  const like = operation?.after ?? operation?.before ?? {};
  const { object } = canonical(target, kind, operation?.from ?? operation?.coordinate ?? id, full, like);
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

function* readBare(kind: Kind, id: string, parent: string | undefined): Steps<Obj | undefined> {
  return yield* readObject({ ...kind, read: { ...readOf(kind), parts: [] } }, id, new Set(), parent);
}

function parentId(target: Target, kind: Kind, coordinate: Coordinate): string | undefined {
  const parent = parentReference(kind, splitCoordinate(coordinate).key);
  return parent === undefined ? undefined : target.ids.get(parent);
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

function withheldParts(target: Target, kind: Kind): Set<string> {
  const parts = target.members === "counts" ? (kind.read?.parts ?? []) : [];
  return new Set(parts.filter((part) => part.personal !== undefined).map((part) => part.at));
}

function canonical(target: Target, kind: Kind, coordinate: Coordinate, entity: Obj, like: Obj): TargetObject {
  const withheld = new Set(target.members === "counts" ? ["user"] : []);
  const named = (name: string, id: string): Coordinate | undefined => target.names.get(`${name}/${id}`);
  const { object, state } = normalise(kind, coordinate, entity, named, withheld);
  const compared = Object.entries(state).reduce<Json>(
    (result, [pointer, value]) => (valueAt(like, pointer) === undefined ? result : withValueAt(result, pointer, value)),
    object,
  );
  return { entity, object: isObj(compared) ? compared : object };
}

/** The natural key of an entity, given what is known of its parent. */
export function coordinateIn(target: Target, kind: Kind, entity: Obj): Coordinate {
  const parent =
    kind.parent === undefined ? undefined : target.names.get(`${kind.parent.kind}/${kind.parent.id(entity)}`);
  return `${kind.name}/${kind.key(entity, parent === undefined ? undefined : splitCoordinate(parent).key)}`;
}
