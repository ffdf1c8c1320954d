import { coordinateOf, splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { byCodePoint, compactJson, isList, isObj, type Json, type Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { formatPointer } from "../model/pointer.ts";
import type { FieldNotes, Schema } from "../model/schema.ts";
import { embed, embedded, mapTexts } from "./embedded.ts";
import { followRef, isSequence, notesOf, propertySchema } from "./schema-walk.ts";

/** What a reference becomes; undefined when it has to go. `stays` tells that it stands where it cannot go. */
export type Relink = (coordinate: Coordinate, path: string, stays: boolean) => Coordinate | undefined;

/** Stands for every division in the place of a reference (genesys-api §3, wrap-up code). */
const EVERY_OBJECT = "*";

interface Walk {
  readonly root: Schema;
  readonly relink: Relink;
}

type Path = readonly (string | number)[];

/**
 * A copy of an object in snapshot form with every reference replaced and every set in canonical order. A reference that
 * has to go takes its entry with it: the key of a map, the item of a list, the property; where the property is what its
 * holder is about (required, or chosen by a type), the holder goes as a whole. What does not change is shared.
 */
export function relinkObject(kind: Pick<Kind, "schema">, object: Obj, relink: Relink): Obj {
  return relinkProperties({ root: kind.schema, relink }, kind.schema, object, []) ?? object;
}

function relinkValue(walk: Walk, schema: Schema, value: Json, path: Path, holder: Obj): Json | undefined {
  const node = followRef(schema, walk.root);
  const notes = notesOf(node);
  if (notes.opaque === true) return notes.ids === undefined ? value : relinkIds(walk, value, path);
  if (typeof value === "string") {
    return notes.ref === undefined || value === EVERY_OBJECT ? value : walk.relink(value, formatPointer(path), false);
  }
  if (isList(value)) return relinkItems(walk, node, notes, value, path, holder);
  if (!isObj(value)) return value;
  if (typeof notes.array === "object") return relinkEntries(walk, node, notes.array.ref, value, path);
  return relinkProperties(walk, node, value, path);
}

/** An id inside free JSON stays when its object has to go: only people know what the setting means without it. */
function relinkIds(walk: Walk, value: Json, path: Path): Json {
  return mapTexts(value, (text, below) => {
    const coordinate = embedded(text);
    const next =
      coordinate === undefined ? undefined : walk.relink(coordinate, formatPointer([...path, ...below]), true);
    return next === undefined ? text : embed(next);
  });
}

function relinkItems(
  walk: Walk,
  node: Schema,
  notes: FieldNotes,
  items: readonly Json[],
  path: Path,
  holder: Obj,
): Json | undefined {
  const kept = items
    .map((item, at) => relinkValue(walk, node.items ?? {}, item, [...path, at], holder))
    .filter((item) => item !== undefined);
  const next = isSequence(notes, holder) ? kept : asSet(kept);
  if (next.length === items.length && next.every((item, at) => item === items[at])) return items;
  return next.length === 0 ? undefined : next;
}

/** The values of a set in canonical order, each once. */
export function asSet(values: readonly Json[]): Json[] {
  const byText = new Map(values.map((value) => [compactJson(value), value]));
  return [...byText].sort(([a], [b]) => byCodePoint(a, b)).map(([, value]) => value);
}

function relinkEntries(walk: Walk, node: Schema, ref: string | undefined, entries: Obj, path: Path): Json | undefined {
  const item = typeof node.additionalProperties === "object" ? node.additionalProperties : {};
  const before = Object.entries(entries);
  const kept = before.flatMap(([key, value]): [string, Json][] => {
    const at = [...path, key];
    const linked = ref === undefined ? key : keyOf(walk.relink(coordinateOf(ref, key), formatPointer(at), false));
    const next = linked === undefined ? undefined : relinkValue(walk, item, value, at, entries);
    return linked === undefined || next === undefined ? [] : [[linked, next]];
  });
  const isSame = kept.length === before.length && kept.every(([key, value], at) => sameEntry([key, value], before[at]));
  if (isSame) return entries;
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

function sameEntry([key, value]: readonly [string, Json], other: readonly [string, Json] | undefined): boolean {
  return key === other?.[0] && value === other[1];
}

function keyOf(coordinate: Coordinate | undefined): string | undefined {
  return coordinate === undefined ? undefined : splitCoordinate(coordinate).key;
}

function relinkProperties(walk: Walk, node: Schema, object: Obj, path: Path): Obj | undefined {
  const isRoot = path.length === 0;
  let same = true;
  const kept: [string, Json][] = [];
  for (const [name, value] of Object.entries(object)) {
    const schema = propertySchema(node, name, walk.root) ?? {};
    const next = relinkValue(walk, schema, value, [...path, name], object);
    if (next === undefined && isEssential(node, schema, name)) {
      if (!isRoot) return undefined;
      kept.push([name, value]);
      continue;
    }
    same &&= next === value;
    if (next !== undefined) kept.push([name, next]);
  }
  if (same) return object;
  return kept.length === 0 && !isRoot ? undefined : Object.fromEntries(kept);
}

function isEssential(node: Schema, schema: Schema, name: string): boolean {
  return node.required?.includes(name) === true || typeof notesOf(schema).ref === "object";
}
