import { splitCoordinate, splitKey, type Coordinate } from "../model/coordinate.ts";
import type { Obj } from "../model/json.ts";
import type { ContentReference, Kind } from "../model/kind.ts";
import type { NameFor } from "./content-names.ts";
import { withNumbers, type NumberMap } from "./numbers.ts";
import { relinkObject } from "../canonical/relink.ts";
import type { RenamedObject, RenameMap } from "./renames.ts";

/**
 * The written objects of the source with the numbers of the standby, and the keys that change with them. A key changes
 * where it is made of the fields that changed, as that of a DID pool is.
 */
export function renumberObjects(
  source: ReadonlyMap<Coordinate, Obj>,
  kinds: ReadonlyMap<string, Kind>,
  numbers: NumberMap | undefined,
): { readonly objects: Map<Coordinate, Obj>; readonly rekeyed: ReadonlyMap<Coordinate, string> } {
  const objects = new Map<Coordinate, Obj>();
  const rekeyed = new Map<Coordinate, string>();
  for (const [coordinate, object] of source) {
    const { kind: name, key } = splitCoordinate(coordinate);
    const kind = kinds.get(name);
    if (kind?.mode !== "write") continue;
    const next = numbers === undefined ? object : withNumbers(kind, object, numbers);
    objects.set(coordinate, next);
    if (next === object) continue;
    const parentKey = kind.parent === undefined ? undefined : splitKey(key)[0];
    const nextKey = kind.key(next, parentKey);
    if (kind.key(object, parentKey) === key && nextKey !== key) rekeyed.set(coordinate, nextKey);
  }
  return { objects, rekeyed };
}

/** Objects with new names, and what their texts name, as far as that was seen on the way: by text. */
export interface RenamedObjects {
  readonly objects: Map<Coordinate, Obj>;
  readonly named: ReadonlyMap<string, readonly ContentReference[]>;
}

/** The objects under the coordinates of the standby, with every name that they use as the standby has it. */
export function renameObjects(
  objects: ReadonlyMap<Coordinate, Obj>,
  kinds: ReadonlyMap<string, Kind>,
  renaming: RenameMap,
  nameFor: NameFor | undefined,
): RenamedObjects {
  const desired = (coordinate: Coordinate): Coordinate => renaming.get(coordinate)?.desired ?? coordinate;
  const result = new Map<Coordinate, Obj>();
  const named = new Map<string, readonly ContentReference[]>();
  for (const [coordinate, object] of objects) {
    const kind = kinds.get(splitCoordinate(coordinate).kind);
    const renamed = renaming.get(coordinate);
    if (kind === undefined || renamed === undefined) continue;
    const linked = relinkObject(kind, withOwnName(object, renamed), desired);
    const text = kind.content === undefined ? undefined : linked[kind.content.at];
    if (nameFor === undefined || kind.content === undefined || typeof text !== "string") {
      result.set(renamed.desired, linked);
      continue;
    }
    const content = kind.content.rename(text, namesWithOwn(kind, renamed, nameFor));
    if (content.references !== undefined) named.set(content.text, content.references);
    result.set(renamed.desired, content.text === text ? linked : { ...linked, [kind.content.at]: content.text });
  }
  return { objects: result, named };
}

function withOwnName(object: Obj, { identity, name }: RenamedObject): Obj {
  return identity.at === undefined || name === identity.name ? object : { ...object, [identity.at]: name };
}

/** A text's own name is known even where several objects share it. */
function namesWithOwn(kind: Kind, { identity, name }: RenamedObject, nameFor: NameFor): NameFor {
  const ownName = (asked: string): string | undefined =>
    asked === identity.name && name !== identity.name ? name : undefined;
  return (askedKind, asked) => nameFor(askedKind, asked) ?? (askedKind === kind.name ? ownName(asked) : undefined);
}
