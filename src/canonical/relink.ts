import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { isObj, type Json, type Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { formatPointer } from "../model/pointer.ts";
import { embed, embedded, mapTexts } from "./embedded.ts";
import { fold, pathOf, pointerOf, type Place, type Results } from "./fold.ts";
import { isEssential } from "./schema-node.ts";
import { asSet, present, rewriting, sharedList, isSame } from "./visitors.ts";

/**
 * What a reference becomes; undefined when it has to go. `path` tells its pointer to those who ask, which few do; `stays`, that it
 * stands where it cannot go.
 */
export type Relink = (coordinate: Coordinate, path: () => string, stays: boolean) => Coordinate | undefined;

/**
 * A copy of an object in snapshot form with every reference replaced and every set in canonical order. A reference that
 * has to go takes its entry with it: the key of a map, the item of a list, the property; where the property is what its
 * holder is about (required, or chosen by a type), the holder goes as a whole. What does not change is shared.
 */
export function relinkObject(kind: Pick<Kind, "schema">, object: Obj, relink: Relink): Obj {
  const visitor = rewriting({
    opaque: (place) => (place.node.notes.ids === undefined ? place.value : relinkIds(relink, place)),
    reference: (place) => relink(place.value, () => pointerOf(place), false),
    key: (coordinate, place) => {
      const next = relink(coordinate, () => pointerOf(place), false);
      return next === undefined ? undefined : splitCoordinate(next).key;
    },
    list: (items, { value }, isSet) => {
      const kept = present(items);
      const list = sharedList(isSet ? asSet(kept) : kept, value);
      return list.length === 0 && list !== value ? undefined : list;
    },
    object: relinkedObject,
  });
  const relinked = fold(kind.schema, object, visitor);
  return isObj(relinked) ? relinked : object;
}

/** An id inside free JSON stays when its object has to go: only people know what the setting means without it. */
function relinkIds(relink: Relink, place: Place): Json {
  return mapTexts(place.value, (text, below) => {
    const coordinate = embedded(text);
    const next =
      coordinate === undefined
        ? undefined
        : relink(coordinate, () => formatPointer([...pathOf(place), ...below]), true);
    return next === undefined ? text : embed(next);
  });
}

function relinkedObject(entries: Results<Json | undefined>, place: Place<Obj>): Json | undefined {
  const { value, node, up } = place;
  if (isSame(entries, value)) return value;
  const isMap = typeof node.notes.array === "object";
  const kept: [string, Json][] = [];
  for (const [name, result] of entries) {
    if (result !== undefined) kept.push([name, result]);
    else if (!isMap && isEssential(node, name)) {
      if (up !== undefined) return undefined;
      kept.push([name, value[name] ?? null]);
    }
  }
  return kept.length === 0 && up !== undefined ? undefined : Object.fromEntries(kept);
}
