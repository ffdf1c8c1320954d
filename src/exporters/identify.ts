import { coordinateOf, splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { LockstepError } from "../model/error.ts";
import { textOf, type Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import type { Finding } from "../model/snapshot.ts";
import { parentsFirst, type Listing } from "./list-kinds.ts";

/** Every listed entity with its natural key. */
export interface Identified {
  readonly kept: ReadonlyMap<Coordinate, { readonly kind: Kind; readonly entity: Obj }>;
  /** Kind → reason → how many were left out. */
  readonly skipped: ReadonlyMap<string, { readonly [reason: string]: number }>;
  readonly findings: readonly Finding[];
  /** Also of entities that are not kept, such as managed ones: others refer to them. */
  readonly ids: ReadonlyMap<Coordinate, string>;
  readonly coordinateOfId: (kind: string, id: string) => Coordinate | undefined;
  readonly homeDivision: string;
}

/**
 * Gives every entity its coordinate.
 * @throws LockstepError `duplicate-key` when two kept entities of a kind have one natural key
 */
export function identify(listings: ReadonlyMap<string, Listing>, kinds: readonly Kind[]): Identified {
  const index: Index = { kept: new Map(), ids: new Map(), byId: new Map(), skipped: new Map(), findings: [] };
  for (const kind of parentsFirst(kinds)) {
    const entities = listings.get(kind.name)?.entities ?? [];
    const judged = entities.map((entity) => ({ entity, reason: kind.keep?.(entity) ?? true }));
    for (const { entity, reason } of judged) if (reason === true) keep(index, kind, entity);
    for (const { entity, reason } of judged) if (reason !== true) skip(index, kind, entity, reason);
  }
  const { kept, skipped, findings, ids } = index;
  const coordinateOfId: Identified["coordinateOfId"] = (kind, id) => index.byId.get(coordinateOf(kind, id));
  return { kept, skipped, findings, ids, coordinateOfId, homeDivision: homeDivisionName(listings) };
}

/** What is known so far. */
interface Index {
  readonly kept: Map<Coordinate, { readonly kind: Kind; readonly entity: Obj }>;
  readonly ids: Map<Coordinate, string>;
  /** `kind/id` → coordinate. */
  readonly byId: Map<string, Coordinate>;
  readonly skipped: Map<string, { readonly [reason: string]: number }>;
  readonly findings: Finding[];
}

function keep(index: Index, kind: Kind, entity: Obj): void {
  const { kept, ids, byId, findings } = index;
  const id = textOf(entity["id"]);
  const coordinate = coordinateOf(kind.name, keyOf(kind, entity, byId));
  const other = ids.get(coordinate);
  if (other !== undefined && kind.mode !== "map") throw duplicateKey(coordinate, other, id);
  byId.set(coordinateOf(kind.name, id), coordinate);
  if (other !== undefined) findings.push(ambiguousName(coordinate));
  if (other !== undefined && other < id) return;
  kept.set(coordinate, { kind, entity });
  ids.set(coordinate, id);
}

/** What is left out still has its name, unless a kept object has it or it is deleted. */
function skip({ ids, byId, skipped }: Index, kind: Kind, entity: Obj, reason: string): void {
  const counts = skipped.get(kind.name) ?? {};
  skipped.set(kind.name, { ...counts, [reason]: (counts[reason] ?? 0) + 1 });
  const coordinate = coordinateOf(kind.name, keyOf(kind, entity, byId));
  if (entity["state"] === "deleted" || ids.has(coordinate)) return;
  const id = textOf(entity["id"]);
  ids.set(coordinate, id);
  byId.set(coordinateOf(kind.name, id), coordinate);
}

function keyOf(kind: Kind, entity: Obj, byId: Index["byId"]): string {
  if (kind.parent === undefined) return kind.key(entity);
  const parent = byId.get(coordinateOf(kind.parent.kind, kind.parent.id(entity)));
  return kind.key(entity, parent === undefined ? undefined : splitCoordinate(parent).key);
}

function homeDivisionName(listings: ReadonlyMap<string, Listing>): string {
  const home = listings.get("division")?.entities.find((entity) => entity["homeDivision"] === true);
  return textOf(home?.["name"]);
}

/** Objects that are only referred to may share a name: the one with the smallest id stands for all, which is always the same one. */
function ambiguousName(coordinate: Coordinate): Finding {
  const message = "several objects have this name; references to any of them count as references to one";
  return { code: "ambiguous-name", coordinate, message };
}

function duplicateKey(coordinate: Coordinate, first: string, second: string): LockstepError {
  return new LockstepError(
    "duplicate-key",
    `Two objects are both ${coordinate} (ids ${first} and ${second})`,
    "lockstep matches objects by this name in both organisations. Rename or delete one of the two.",
    { coordinate },
  );
}
