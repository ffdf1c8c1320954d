import { defined } from "../../../model/defined.ts";
import { splitCoordinate, type Coordinate } from "../../../model/coordinate.ts";
import type { Obj } from "../../../model/json.ts";
import type { Kind } from "../../../model/kind.ts";
import type { Blocked } from "../../../model/obstacles.ts";
import type { Difference } from "../../../drift/compare.ts";
import { deferredPointers } from "../../../canonical/phases.ts";
import { draftsOf, needsOf } from "../../drafts.ts";
import type { Draft, Need } from "../../needs.ts";
import { orderDrafts, type OrderedDraft } from "../../order.ts";
import { contentPointer, linkedValues, type LinkedValues } from "../write/link.ts";
import { hasLostName } from "./values.ts";

/** One object as a resource of a Pulumi program. */
export interface Registration {
  /** Logical name of its resource. */
  readonly coordinate: Coordinate;
  readonly kind: Kind;
  readonly object: Obj;
  /** Pointers that a Link writes, because they close a cycle of references. */
  readonly linked: readonly string[];
  /** Logical names of the resources that have to exist before: direct needs, all of them earlier in the list. */
  readonly dependsOn: readonly string[];
  /** Its Link. Register Links after all objects: a Link needs objects that come later in the list. */
  readonly link?: { readonly name: string; readonly values: LinkedValues; readonly dependsOn: readonly string[] };
}

/** Logical name of the Link of an object. */
export function linkName(coordinate: Coordinate): string {
  return `link/${coordinate}`;
}

/**
 * The objects in an order that works in an empty organisation, so that it is the same one whatever exists already, save that
 * what one object gives up is free before another one takes it. Pulumi cannot order a cycle: objects that refer to one
 * another in a cycle are written without what closes it, which their Links write afterwards.
 * @param desired objects by coordinate; kinds that are not written are left out
 * @param known what the organisation has (desired or not): what refers to something else is blocked, unless it exists itself.
 *   Without it everything that is not desired counts as there.
 * @param more `current`: what is there, by the coordinates of what is desired; needed of kinds with an order of their own alone.
 *   `setAside`: names that several objects share: what refers to one of them is blocked, whether it exists or not
 */
export function registrations(
  desired: ReadonlyMap<Coordinate, Obj>,
  kinds: ReadonlyMap<string, Kind>,
  known?: ReadonlySet<Coordinate>,
  { current = new Map(), setAside = new Set() }: RegistrationContext = {},
): { items: Registration[]; blocked: Blocked[] } {
  const lost = [...desired].filter(([, object]) => hasLostName(object)).map(([coordinate]) => lostName(coordinate));
  const unfit = new Set(lost.map(({ coordinate }) => coordinate));
  const { drafts, blocked: unwritable } = draftsOf(
    [...desired]
      .filter(([coordinate]) => !unfit.has(coordinate))
      .map(([at, wanted]) => registered({ kinds, known }, at, wanted, current.get(at))),
    kinds,
    false,
  );
  const found = needsOf(drafts, new Map([...(known ?? [])].map((name) => [name, ""])), setAside);
  // A Link for a value that is exchanged once would be gone with the next run: where neither can be first, that run ends it.
  const needs = found.needs.map((need) => (need.strength === "claim" ? { ...need, strength: "soft" as const } : need));
  const { blocked: dangling, ambiguous } = found;
  const missing = known === undefined ? [] : dangling.filter(({ coordinate }) => !known.has(coordinate));
  const { placed, blocked } = orderAround(
    drafts,
    needs,
    [...lost, ...unwritable, ...missing, ...ambiguous],
    known ?? new Set(),
  );
  return { items: itemsOf(placed), blocked: [...new Map(blocked.map((entry) => [entry.coordinate, entry])).values()] };
}

/** What {@link registrations} may take into account besides. */
export interface RegistrationContext {
  readonly current?: ReadonlyMap<Coordinate, Obj>;
  readonly setAside?: ReadonlySet<Coordinate>;
}

/** Every object counts as new, save what only the organisation can create: where it exists, it is taken over. */
function registered(
  { kinds, known }: { readonly kinds: ReadonlyMap<string, Kind>; readonly known: ReadonlySet<Coordinate> | undefined },
  coordinate: Coordinate,
  wanted: Obj,
  current: Obj | undefined,
): Difference {
  const canCreate = kinds.get(splitCoordinate(coordinate).kind)?.write?.create !== undefined;
  const action = canCreate || known?.has(coordinate) !== true ? "create" : "update";
  return defined({ coordinate, action, edits: [], wanted, current });
}

function lostName(coordinate: Coordinate): Blocked {
  const message = "Holds a property called __proto__, which Pulumi cannot carry; `lockstep apply` can";
  return { coordinate, code: "unsupported-name", message };
}

/** Objects that exist need nobody to create them, so a cycle of them that could not be made is no obstacle. */
function orderAround(
  drafts: readonly Draft[],
  needs: readonly Need[],
  blocked: readonly Blocked[],
  existing: ReadonlySet<Coordinate>,
): { placed: OrderedDraft[]; blocked: Blocked[] } {
  const order = orderDrafts(drafts, needs, blocked);
  const cycle = new Set(
    order.blocked.flatMap(({ coordinate, code }) => (code === "reference-cycle" ? [coordinate] : [])),
  );
  const firm = needs.filter(({ from, to }) => !(cycle.has(from) && cycle.has(to) && existing.has(to)));
  return firm.length === needs.length ? order : orderDrafts(drafts, firm, blocked);
}

function itemsOf(placed: readonly OrderedDraft[]): Registration[] {
  const links = new Map(placed.flatMap((place) => (place.phase === 2 ? [[coordinateOf(place), place] as const] : [])));
  return placed.flatMap((place) => {
    if (place.phase === 2) return [];
    const { kind, difference } = place.draft;
    const { coordinate, wanted: object = {} } = difference;
    const linked = place.phase === undefined ? [] : linkedBy(kind, object, place);
    const link = links.get(coordinate);
    const registration = { coordinate, kind, object, linked, dependsOn: namesOf(place.earlier) };
    if (link === undefined) return [registration];
    const values = linkedValues(object, linked);
    return [{ ...registration, link: { name: linkName(coordinate), values, dependsOn: namesOf(link.earlier) } }];
  });
}

function coordinateOf({ draft }: OrderedDraft): Coordinate {
  return draft.difference.coordinate;
}

/** What the first of two passes leaves out: the same as in an apply. */
function linkedBy(kind: Kind, object: Obj, { unnamed }: OrderedDraft): string[] {
  const text = unnamed.size === 0 ? undefined : contentPointer(kind);
  return [...deferredPointers(kind, object), ...(text === undefined ? [] : [text])];
}

/** Logical names of the resources behind nodes of the order. Nothing waits for a second pass. */
function namesOf(nodes: readonly string[]): string[] {
  return [...nodes].sort();
}
