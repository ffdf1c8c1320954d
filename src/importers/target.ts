import type { Api } from "../model/api.ts";
import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import type { Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import type { Plan } from "../model/plan.ts";
import type { HiddenSecrets, Placeholders } from "../model/placeholders.ts";
import { objectWith, valueAt } from "../model/pointer.ts";
import { hideSecrets } from "../canonical/hide-secrets.ts";
import { listAll } from "../canonical/list-entities.ts";
import { aboutPeople, normalise, type Normalised } from "../canonical/normalise.ts";
import { readObject } from "../canonical/read-object.ts";
import { parentReference } from "../canonical/references.ts";
import { runSteps } from "../canonical/run-steps.ts";

/** The standby while a plan is applied: its API, and which id is which object. */
export interface Target {
  readonly api: Api;
  readonly kinds: ReadonlyMap<string, Kind>;
  /** Coordinate → id: from the plan, and of what was created since. */
  readonly ids: Map<Coordinate, string>;
  /** `kind/id` → coordinate. */
  readonly names: Map<string, Coordinate>;
  readonly members: Plan["members"];
  /** Given where nothing that looks like a secret is kept. */
  readonly placeholders?: Placeholders | undefined;
}

/** One object of the standby: as answered, and in canonical form. */
export interface TargetObject {
  readonly entity: Obj;
  readonly object: Obj;
  /** What stands behind the placeholders of the object, as far as it was read just now. Never written anywhere. */
  readonly hidden?: HiddenSecrets;
}

/** Which object is meant. */
export interface ObjectId {
  readonly kind: Kind;
  readonly coordinate: Coordinate;
  readonly id: string;
}

/** Operational state and what the organisation owns, apart from the object: pointer → value. */
export type OwnState = Normalised["state"];

/** The standby as the plan knew it. */
export function openTarget(
  api: Api,
  kinds: ReadonlyMap<string, Kind>,
  plan: Pick<Plan, "ids" | "members">,
  placeholders?: Placeholders,
): Target {
  const target: Target = { api, kinds, ids: new Map(), names: new Map(), members: plan.members, placeholders };
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
  { kind, coordinate, id }: ObjectId,
  like: Obj = {},
): Promise<TargetObject | undefined> {
  const steps = readObject(kind, id, withheldParts(target, kind), parentId(target, kind, coordinate));
  const entity = await runSteps(target.api, kind.name, steps);
  return entity === undefined ? undefined : canonical(target, { kind, coordinate }, entity, like);
}

/** Lists all entities of a kind, without parts. */
export async function listEntities(target: Target, kind: Kind): Promise<Obj[]> {
  return runSteps(
    target.api,
    kind.name,
    listAll(kind, (parent) => idsOf(target, parent)),
  );
}

/** Ids of the objects of a kind that the standby is known to have. */
export function idsOf({ ids }: Target, kind: string): string[] {
  return [...ids].flatMap(([coordinate, id]) => (splitCoordinate(coordinate).kind === kind ? [id] : []));
}

/** The id of the object that this one is in, where it is known. */
export function parentId(target: Target, kind: Kind, coordinate: Coordinate): string | undefined {
  const parent = parentReference(kind, splitCoordinate(coordinate).key);
  return parent === undefined ? undefined : target.ids.get(parent);
}

/** Parts that name people, where the plan was made without. */
export function withheldParts(target: Target, kind: Kind): Set<string> {
  const parts = target.members === "counts" ? (kind.read?.parts ?? []) : [];
  return new Set(parts.filter((part) => part.personal !== undefined).map((part) => part.at));
}

/** An entity of the standby in canonical form, with the operational state that `like` has too; all of that state beside it. */
export async function canonical(
  target: Target,
  { kind, coordinate }: Omit<ObjectId, "id">,
  entity: Obj,
  like: Obj,
): Promise<TargetObject & { readonly state: OwnState }> {
  const named = (name: string, id: string): Coordinate | undefined => target.names.get(`${name}/${id}`);
  const read = normalise(kind, coordinate, entity, aboutPeople(named, target.kinds, target.members));
  const [shown] = await hideSecrets([read], target.placeholders);
  const { object, state, hidden } = shown ?? { ...read, hidden: new Map() };
  return { entity, object: withStateOf({ object, state }, like), state, hidden };
}

/** The object with the operational state that another one speaks of. */
export function withStateOf({ object, state }: { readonly object: Obj; readonly state: OwnState }, like: Obj): Obj {
  return Object.entries(state).reduce(
    (carry, [pointer, value]) => (valueAt(like, pointer) === undefined ? carry : objectWith(carry, pointer, value)),
    object,
  );
}

/** The natural key of an entity, given what is known of its parent. */
export function coordinateIn(target: Target, kind: Kind, entity: Obj): Coordinate {
  const parent =
    kind.parent === undefined ? undefined : target.names.get(`${kind.parent.kind}/${kind.parent.id(entity)}`);
  return `${kind.name}/${kind.key(entity, parent === undefined ? undefined : splitCoordinate(parent).key)}`;
}
