import { splitCoordinate } from "../model/coordinate.ts";
import { groupBy } from "../model/group-by.ts";
import { isList, isObj, type Json, type Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import type { Operation } from "../model/plan.ts";
import type { GuardHit } from "../model/obstacles.ts";
import { valueAt } from "../model/pointer.ts";
import { fold, pointerOf, type Place } from "../canonical/fold.ts";
import { watching } from "../canonical/visitors.ts";

/** A list of an object that would lose everything in it. */
export interface EmptiedList {
  /** Pointer into the object. */
  readonly path: string;
  readonly count: number;
}

/**
 * The lists of an object that hold something before a write and nothing after it, whatever the share of the kind: members,
 * wrap-up codes, rows, numbers, trunks. Lists inside items of lists are part of those.
 */
export function emptiedLists(kind: Pick<Kind, "schema">, before: Obj, after: Obj): EmptiedList[] {
  const emptied: EmptiedList[] = [];
  const look = (place: Place): void => {
    const count = sizeOf(place.value);
    const path = pointerOf(place);
    if (count > 0 && sizeOf(valueAt(after, path)) === 0) emptied.push({ path, count });
  };
  const visitor = watching({
    list: (_items, place) => look(place),
    object: (_entries, place) => (typeof place.node.notes.array === "object" ? look(place) : undefined),
    // An entry that goes takes its own lists with it.
    enter: (place) => typeof place.name === "string" && !isGoneEntry(place, after),
  });
  fold(kind.schema, before, visitor);
  return emptied;
}

function sizeOf(value: Json | undefined): number {
  if (isList(value)) return value.length;
  return isObj(value) ? Object.keys(value).length : 0;
}

function isGoneEntry(place: Place, after: Obj): boolean {
  const isEntry = typeof place.up?.node.notes.array === "object";
  return isEntry && valueAt(after, pointerOf(place)) === undefined;
}

/** Objects that would keep existing and lose a whole list. */
export function emptiedHits(operations: readonly Operation[], kinds: ReadonlyMap<string, Kind>): GuardHit[] {
  return [...groupBy(operations, ({ coordinate }) => coordinate)].flatMap(([coordinate, own]) => {
    const kind = kinds.get(splitCoordinate(coordinate).kind);
    const [before, after] = [own[0]?.before, own.at(-1)?.after];
    if (kind === undefined || before === undefined || after === undefined) return [];
    return emptiedLists(kind, before, after).map((list) => emptiedHit(coordinate, list));
  });
}

/** The guard for one list. */
export function emptiedHit(coordinate: string, { path, count }: EmptiedList): GuardHit {
  return {
    guard: "loses-all-members",
    message: `${coordinate} would lose everything in ${path}: ${count} before, 0 after`,
  };
}
