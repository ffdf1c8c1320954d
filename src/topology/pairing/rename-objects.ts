import { splitCoordinate, splitKey, type Coordinate } from "../../model/coordinate.ts";
import type { Obj } from "../../model/json.ts";
import type { Kind } from "../../model/kind.ts";
import type { Rewrite } from "../../model/name-pattern.ts";
import type { NameFor } from "./content-names.ts";
import { withNumbers } from "./numbers.ts";
import { relinkObject } from "./relink.ts";
import type { Renamed, Renaming } from "./renames.ts";

/**
 * The written objects of the source with the numbers of the standby, and the keys that change with them. A key changes
 * where it is made of the fields that changed, as that of a DID pool is.
 */
export function renumberObjects(
  source: ReadonlyMap<Coordinate, Obj>,
  kinds: ReadonlyMap<string, Kind>,
  newNumber: Rewrite | undefined,
): { readonly objects: Map<Coordinate, Obj>; readonly rekeyed: ReadonlyMap<Coordinate, string> } {
  const objects = new Map<Coordinate, Obj>();
  const rekeyed = new Map<Coordinate, string>();
  for (const [coordinate, object] of source) {
    const { kind: name, key } = splitCoordinate(coordinate);
    const kind = kinds.get(name);
    if (kind?.mode !== "write") continue;
    const next = newNumber === undefined ? object : withNumbers(kind, object, newNumber);
    objects.set(coordinate, next);
    if (next === object) continue;
    const parentKey = kind.parent === undefined ? undefined : splitKey(key)[0];
    const nextKey = kind.key(next, parentKey);
    if (kind.key(object, parentKey) === key && nextKey !== key) rekeyed.set(coordinate, nextKey);
  }
  return { objects, rekeyed };
}

/** The objects under the coordinates of the standby, with every name that they use as the standby has it. */
export function renameObjects(
  objects: ReadonlyMap<Coordinate, Obj>,
  kinds: ReadonlyMap<string, Kind>,
  renaming: Renaming,
  nameFor: NameFor | undefined,
): Map<Coordinate, Obj> {
  const desired = (coordinate: Coordinate): Coordinate => renaming.get(coordinate)?.desired ?? coordinate;
  return new Map(
    [...objects].flatMap(([coordinate, object]) => {
      const kind = kinds.get(splitCoordinate(coordinate).kind);
      const renamed = renaming.get(coordinate);
      if (kind === undefined || renamed === undefined) return [];
      const linked = relinkObject(kind, withOwnName(object, renamed), desired);
      return [[renamed.desired, nameFor === undefined ? linked : withContentNames(kind, linked, renamed, nameFor)]];
    }),
  );
}

function withOwnName(object: Obj, { identity, name }: Renamed): Obj {
  return identity.at === undefined || name === identity.name ? object : { ...object, [identity.at]: name };
}

/** A text's own name is known even where several objects share it. */
function withContentNames(kind: Kind, object: Obj, { identity, name }: Renamed, nameFor: NameFor): Obj {
  const { content } = kind;
  const text = content === undefined ? undefined : object[content.at];
  if (content === undefined || typeof text !== "string") return object;
  const ownName = (asked: string): string | undefined =>
    asked === identity.name && name !== identity.name ? name : undefined;
  const next = content.rename(
    text,
    (askedKind, asked) => nameFor(askedKind, asked) ?? (askedKind === kind.name ? ownName(asked) : undefined),
  );
  return next === text ? object : { ...object, [content.at]: next };
}
