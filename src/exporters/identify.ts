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
  const kept = new Map<Coordinate, { kind: Kind; entity: Obj }>();
  const ids = new Map<Coordinate, string>();
  const byId = new Map<string, Coordinate>();
  const skipped = new Map<string, { [reason: string]: number }>();
  const findings: Finding[] = [];
  const coordinateOfId = (kind: string, id: string): Coordinate | undefined => byId.get(coordinateOf(kind, id));
  for (const kind of parentsFirst(kinds)) {
    const reasons: [string, Obj][] = [];
    for (const entity of listings.get(kind.name)?.entities ?? []) {
      const reason = kind.keep?.(entity) ?? true;
      if (reason !== true) {
        reasons.push([reason, entity]);
        continue;
      }
      const coordinate = coordinateOf(kind.name, keyOf(kind, entity, coordinateOfId));
      const other = ids.get(coordinate);
      if (other !== undefined && kind.mode === "map") {
        findings.push(ambiguousName(coordinate));
        byId.set(coordinateOf(kind.name, textOf(entity["id"])), coordinate);
        if (other < textOf(entity["id"])) continue;
      } else if (other !== undefined) throw duplicateKey(coordinate, other, textOf(entity["id"]));
      kept.set(coordinate, { kind, entity });
      ids.set(coordinate, textOf(entity["id"]));
      byId.set(coordinateOf(kind.name, textOf(entity["id"])), coordinate);
    }
    for (const [reason, entity] of reasons) {
      const counts = skipped.get(kind.name) ?? {};
      skipped.set(kind.name, { ...counts, [reason]: (counts[reason] ?? 0) + 1 });
      const coordinate = coordinateOf(kind.name, keyOf(kind, entity, coordinateOfId));
      if (entity["state"] === "deleted" || ids.has(coordinate)) continue;
      ids.set(coordinate, textOf(entity["id"]));
      byId.set(coordinateOf(kind.name, textOf(entity["id"])), coordinate);
    }
  }
  return { kept, skipped, findings, ids, coordinateOfId, homeDivision: homeDivisionName(listings) };
}

function keyOf(kind: Kind, entity: Obj, coordinateOfId: Identified["coordinateOfId"]): string {
  if (kind.parent === undefined) return kind.key(entity);
  const parent = coordinateOfId(kind.parent.kind, kind.parent.id(entity));
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
