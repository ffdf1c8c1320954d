import { coordinateOf, splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { groupBy } from "../model/group-by.ts";
import { byCodePoint, textOf, type Obj } from "../model/json.ts";
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
 * Gives every entity its coordinate. Objects that share one are set aside, and so are their children: a finding
 * `duplicate-key` names them.
 */
export function identify(listings: ReadonlyMap<string, Listing>, kinds: readonly Kind[]): Identified {
  const index: Index = {
    kept: new Map(),
    ids: new Map(),
    byId: new Map(),
    skipped: new Map(),
    setAside: new Set(),
    findings: [],
  };
  for (const kind of parentsFirst(kinds)) {
    const entities = listings.get(kind.name)?.entities ?? [];
    const judged = entities.map((entity) => ({ entity, reason: kind.keep?.(entity) ?? true }));
    keepAll(
      index,
      kind,
      judged.filter(({ reason }) => reason === true).map(({ entity }) => entity),
    );
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
  /** Coordinates of several objects, and of their children. */
  readonly setAside: Set<Coordinate>;
  readonly findings: Finding[];
}

function keepAll(index: Index, kind: Kind, entities: readonly Obj[]): void {
  const byKey = groupBy(entities, (entity) => coordinateOf(kind.name, keyOf(kind, entity, index.byId)));
  for (const [coordinate, namesakes] of byKey) {
    const [entity, another] = namesakes;
    if (entity === undefined) continue;
    const all = { kind, coordinate, entities: namesakes };
    if (liesInNamesake(index, kind, entity)) setAside(index, all, "its parent has a namesake");
    else if (another === undefined) keep(index, kind, coordinate, entity);
    else if (kind.mode === "map") keepFirst(index, kind, coordinate, namesakes);
    else {
      setAside(index, all, "has a namesake");
      index.findings.push(duplicateKey(coordinate, namesakes));
    }
  }
}

function keep({ kept, ids, byId }: Index, kind: Kind, coordinate: Coordinate, entity: Obj): void {
  const id = textOf(entity["id"]);
  byId.set(coordinateOf(kind.name, id), coordinate);
  kept.set(coordinate, { kind, entity });
  ids.set(coordinate, id);
}

/** Objects that are only referred to may share a name: the one with the smallest id stands for all, which is always the same one. */
function keepFirst(index: Index, kind: Kind, coordinate: Coordinate, namesakes: readonly Obj[]): void {
  const sorted = [...namesakes].sort((a, b) => byCodePoint(textOf(b["id"]), textOf(a["id"])));
  for (const entity of sorted) keep(index, kind, coordinate, entity);
  const message = "Several objects have this name; references to any of them count as references to one";
  index.findings.push({ code: "ambiguous-name", coordinate, message });
}

function liesInNamesake({ byId, setAside }: Index, { parent }: Kind, entity: Obj): boolean {
  if (parent === undefined) return false;
  const coordinate = byId.get(coordinateOf(parent.kind, parent.id(entity)));
  return coordinate !== undefined && setAside.has(coordinate);
}

/** Entities of one kind with one coordinate. */
interface Namesakes {
  readonly kind: Kind;
  readonly coordinate: Coordinate;
  readonly entities: readonly Obj[];
}

/** References to such an object still name it, but it is neither kept nor known by an id. */
function setAside(index: Index, { kind, coordinate, entities }: Namesakes, reason: string): void {
  index.setAside.add(coordinate);
  for (const { id } of entities) index.byId.set(coordinateOf(kind.name, textOf(id)), coordinate);
  count(index, kind, reason, entities.length);
}

function count({ skipped }: Index, kind: Kind, reason: string, entities: number): void {
  const counts = skipped.get(kind.name) ?? {};
  skipped.set(kind.name, { ...counts, [reason]: (counts[reason] ?? 0) + entities });
}

/** What is left out still has its name, unless there is none, a kept object has it or it is deleted. */
function skip(index: Index, kind: Kind, entity: Obj, reason: string): void {
  const { ids, byId } = index;
  count(index, kind, reason, 1);
  const key = keyOf(kind, entity, byId);
  const coordinate = coordinateOf(kind.name, key);
  if (key === "" || entity["state"] === "deleted" || ids.has(coordinate) || index.setAside.has(coordinate)) return;
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

function duplicateKey(coordinate: Coordinate, namesakes: readonly Obj[]): Finding {
  const ids = namesakes.map(({ id }) => textOf(id)).sort();
  const message = `${String(ids.length)} objects have this name (ids ${ids.join(", ")}), so that none of them is compared or written; rename or delete all but one`;
  return { code: "duplicate-key", coordinate, message };
}
