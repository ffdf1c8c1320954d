import { defined } from "../../../model/defined.ts";
import { splitCoordinate, type Coordinate } from "../../../model/coordinate.ts";
import type { Obj } from "../../../model/json.ts";
import type { Kind } from "../../../model/kind.ts";
import type { Blocked } from "../../../model/obstacles.ts";
import type { Finding } from "../../../model/snapshot.ts";
import type { Difference } from "../../../drift/compare.ts";
import { deferredPointers } from "../../../canonical/phases.ts";
import { blockedByFindings } from "../../blocked-by-findings.ts";
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
  /**
   * Objects that this one takes a value from before they are written themselves: two that exchange values cannot both come
   * first.
   */
  readonly takes: readonly Coordinate[];
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
 */
export function registrations(
  desired: ReadonlyMap<Coordinate, Obj>,
  kinds: ReadonlyMap<string, Kind>,
  known?: ReadonlySet<Coordinate>,
  { current = new Map(), setAside = new Set(), findings = [], taken = [] }: RegistrationContext = {},
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
  const {
    needs,
    blocked: dangling,
    ambiguous,
  } = needsOf(drafts, new Map([...(known ?? [])].map((name) => [name, ""])), setAside);
  const missing = known === undefined ? [] : dangling.filter(({ coordinate }) => !known.has(coordinate));
  const held = [...blockedByFindings(findings, drafts), ...lost, ...unwritable, ...missing, ...ambiguous, ...taken];
  const there = known ?? new Set();
  const { placed, blocked } = orderAround(drafts, withoutMet(needs, held, there), held, there);
  return { items: itemsOf(placed), blocked: [...new Map(blocked.map((entry) => [entry.coordinate, entry])).values()] };
}

/** What {@link registrations} may take into account besides. */
export interface RegistrationContext {
  /** What is there, by the coordinates of what is desired; needed of kinds with an order of their own alone. */
  readonly current?: ReadonlyMap<Coordinate, Obj>;
  /** Names that several objects share: what refers to one of them is blocked, whether it exists or not. */
  readonly setAside?: ReadonlySet<Coordinate>;
  /** What is known of the objects: some findings say that one cannot be written as it is. */
  readonly findings?: readonly Finding[];
  /** What cannot be written because of a value that another object holds. */
  readonly taken?: readonly Blocked[];
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

/** What only has to exist, and does, holds nothing up when it cannot be written. A value that it gives up does. */
function withoutMet(needs: readonly Need[], blocked: readonly Blocked[], existing: ReadonlySet<Coordinate>): Need[] {
  const there = new Set(blocked.flatMap(({ coordinate }) => (existing.has(coordinate) ? [coordinate] : [])));
  return needs.filter(({ to, strength }) => strength === "claim" || !there.has(to));
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
    const claims = place.deferred.filter(({ strength }) => strength === "claim");
    const isLinked = claims.length < place.deferred.length;
    const linked = isLinked ? linkedBy(kind, object, place) : [];
    const link = isLinked ? links.get(coordinate) : undefined;
    const takes = [...new Set(claims.map(({ to }) => to))].sort();
    const registration = { coordinate, kind, object, linked, takes, dependsOn: namesOf(place.earlier) };
    if (link === undefined) return [registration];
    const values = linkedValues(object, linked);
    return [{ ...registration, link: { name: linkName(coordinate), values, dependsOn: namesOf(link.earlier) } }];
  });
}

function coordinateOf({ draft }: OrderedDraft): Coordinate {
  return draft.difference.coordinate;
}

/** What the first of two passes leaves out: the same as in an apply, but for values that are exchanged. */
function linkedBy(kind: Kind, object: Obj, { unnamed }: OrderedDraft): string[] {
  const text = unnamed.size === 0 ? undefined : contentPointer(kind);
  return [...deferredPointers(kind, object), ...(text === undefined ? [] : [text])];
}

/** Logical names of the resources behind nodes of the order. Nothing waits for a second pass. */
function namesOf(nodes: readonly string[]): string[] {
  return [...nodes].sort();
}
