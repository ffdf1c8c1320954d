import { splitCoordinate, splitKey, type Coordinate } from "../model/coordinate.ts";
import { textOf, type Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { isKept } from "../canonical/kept.ts";
import { aboutPeople } from "../canonical/normalise.ts";
import { idLookUp } from "./id-look-up.ts";
import { mergeRead } from "./merge-read.ts";
import type { SweepOptions } from "./options.ts";

/** Objects that were read one by one, with all their parts. */
export interface ReadObjects {
  readonly objects: ReadonlyMap<
    Coordinate,
    { readonly entity: Obj; readonly revisions: { readonly [part: string]: string }; readonly cached: Obj }
  >;
  /** The ids of these and of what was written besides. */
  readonly ids: Snapshot["ids"];
  /** Names that were given up for others. */
  readonly renamed: ReadonlySet<Coordinate>;
}

/**
 * The earlier snapshot with these objects in the place of what it had.
 * @returns undefined where they refer to what neither it nor they know: then only a whole reading tells
 */
export async function mergeObjects(
  previous: Snapshot,
  { objects, ids: written, renamed }: ReadObjects,
  { kinds, members, placeholders }: Pick<SweepOptions, "kinds" | "members" | "placeholders">,
): Promise<Snapshot | undefined> {
  const kept = new Map(
    [...objects].flatMap(([at, { entity }]) => {
      const kind = keptKind(kinds, at, entity);
      return kind === undefined ? [] : [[at, { kind, entity }] as const];
    }),
  );
  const ids = new Map([...[...previous.ids].filter(([at]) => !renamed.has(at)), ...written]);
  const { coordinateOfId, unresolved } = idLookUp(ids, undefined);
  const details = new Map(
    [...objects].map(([at, { entity, revisions, cached }]) => [
      at,
      { entity, cached, revisions, state: {}, counts: {} },
    ]),
  );
  const isReplaced = (at: Coordinate): boolean => kept.has(at) || renamed.has(at);
  const named = aboutPeople(coordinateOfId, kinds, members);
  const merged = await mergeRead(previous, {
    kinds,
    kept,
    details,
    ids,
    coordinateOfId: named,
    placeholders,
    findings: [],
    isReplaced,
  });
  return unresolved.size === 0 ? merged.snapshot : undefined;
}

/** The kind of an object that a snapshot keeps under this name. */
function keptKind(kinds: ReadonlyMap<string, Kind>, at: Coordinate, entity: Obj): Kind | undefined {
  const { kind: name, key } = splitCoordinate(at);
  const kind = kinds.get(name);
  if (kind?.read === undefined || textOf(entity["id"]) === "") return undefined;
  const parentKey = kind.parent === undefined ? undefined : splitKey(key)[0];
  const isNamedSo = kind.key(entity, parentKey) === key;
  return isNamedSo && isKept(kind, entity) ? kind : undefined;
}
