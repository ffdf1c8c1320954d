import { coordinateOf, type Coordinate } from "../model/coordinate.ts";
import { isList, isObj, type Json, type Obj } from "../model/json.ts";
import { formatPointer } from "../model/pointer.ts";
import type { Schema } from "../model/schema.ts";
import { isEssential, isSequence, nodeOf, type SchemaNode } from "./schema-node.ts";

/** Stands for every division in the place of a reference (genesys-api §3, wrap-up code). */
export const EVERY_OBJECT = "*";

/** A value inside an object, and where it stands. */
export interface Place<Value extends Json = Json> {
  readonly value: Value;
  readonly node: SchemaNode;
  /** Name of the property, key of the entry or index of the item; empty for the object itself. */
  readonly name: string | number;
  /** What contains it; undefined for the object itself. */
  readonly up: Place | undefined;
}

/** How an identity list is keyed: by a property of its items, which may refer to a kind. */
export interface Keyed {
  readonly by: string;
  readonly ref?: string;
}

/** What became of the properties of an object or the entries of a map, by name. */
export type Results<Result> = readonly (readonly [name: string, result: Result])[];

/** What to do with each sort of place. Results come from the bottom up; `enter` is called on the way down. */
interface Actions<Result> {
  /** A text, a number, a truth value or null, where it is no reference. */
  leaf(place: Place): Result;
  /** Free JSON. */
  opaque(place: Place): Result;
  /** A field that refers to an object. */
  reference(place: Place): Result;
  /** A list. In a set the order of the items means nothing. */
  list(items: readonly Result[], place: Place<readonly Json[]>, isSet: boolean): Result;
  /** An object, or a map, where names are data. */
  object(entries: Results<Result>, place: Place): Result;
  /** False leaves a place out, with all that is below. Not asked about the object itself. */
  enter?(place: Place): boolean;
}

/** Visits an object in snapshot form. */
export interface Visitor<Result> extends Actions<Result> {
  reference(place: Place<Coordinate>): Result;
  object(entries: Results<Result>, place: Place<Obj>): Result;
  /** `*` in the place of a reference; a leaf where this is missing. */
  every?(place: Place): Result;
  /** The key of a map that refers to an object: the key that it becomes, or undefined to leave the entry out. */
  key?(coordinate: Coordinate, place: Place): string | undefined;
}

/** Visits an entity in API form, where a reference is an id or an object with one, and identity lists are lists. */
export interface EntityVisitor<Result> extends Actions<Result> {
  /** The entries that an identity list becomes: key in the snapshot, and the item without what identifies it. */
  entries(keyed: Keyed, place: Place<readonly Json[]>): Iterable<readonly [key: string, item: Obj]>;
}

/** A visitor of either form: only one of entities says which entries an identity list becomes. */
type AnyVisitor<Result> = Actions<Result> &
  Partial<Omit<Visitor<Result> & EntityVisitor<Result>, keyof Actions<Result>>>;

/**
 * The one traversal of a schema together with a value. It decides what a place is; visitors only say what to do with it.
 * What the schema does not know is plain JSON.
 * @param object in snapshot form
 */
export function fold<Result>(schema: Schema, object: Obj, visitor: Visitor<Result>): Result {
  return foldObject(visitor, whole(schema, object));
}

/** The same for an entity as the API has it. */
export function foldEntity<Result>(schema: Schema, entity: Obj, visitor: EntityVisitor<Result>): Result {
  return foldObject(visitor, whole(schema, entity));
}

/** The way to a place, from the object. */
export function pathOf(place: Place): (string | number)[] {
  const path: (string | number)[] = [];
  for (let at = place; at.up !== undefined; at = at.up) path.push(at.name);
  return path.reverse();
}

/** The pointer to a place, into the object. */
export function pointerOf(place: Place): string {
  return formatPointer(pathOf(place));
}

/**
 * Does the first of two passes leave the place out? True where the schema says that the value has to wait and where its holder
 * can be without it, and for all that is below. What the object itself must not lack cannot wait: such a reference has to be
 * met in the first pass, marked or not.
 */
export function isDeferred({ node, name, up }: Place): boolean {
  if (up === undefined) return false;
  if (isDeferred(up)) return true;
  if (!node.waits() || typeof name === "number" || isInList(up)) return false;
  return up.up === undefined ? up.node.schema.required?.includes(name) !== true : !isEssential(up.node, name);
}

function whole(schema: Schema, value: Obj): Place<Obj> {
  return { value, node: nodeOf(schema), name: "", up: undefined };
}

function foldPlace<Result>(visitor: AnyVisitor<Result>, place: Place): Result {
  const { notes } = place.node;
  if (notes.opaque === true) return visitor.opaque(place);
  if (notes.ref !== undefined && (typeof place.value === "string" || visitor.entries !== undefined))
    return foldReference(visitor, place);
  if (hasList(place)) {
    if (typeof notes.array !== "object" || visitor.entries === undefined) return foldItems(visitor, place);
    return foldEntries(visitor, place, notes.array, visitor.entries);
  }
  return hasObject(place) ? foldObject(visitor, place) : visitor.leaf(place);
}

function foldReference<Result>(visitor: AnyVisitor<Result>, place: Place): Result {
  if (place.value === EVERY_OBJECT && visitor.entries === undefined)
    return visitor.every === undefined ? visitor.leaf(place) : visitor.every(place);
  return visitor.reference(place);
}

function foldItems<Result>(visitor: AnyVisitor<Result>, place: Place<readonly Json[]>): Result {
  const node = place.node.item();
  const items: Result[] = [];
  // By index: this is the loop in which everything is done, and an iterator is slower.
  for (let name = 0; name < place.value.length; name += 1) {
    const value = place.value[name];
    if (value === undefined) continue;
    const item = { value, node, name, up: place };
    if (visitor.enter === undefined || visitor.enter(item)) items.push(foldPlace(visitor, item));
  }
  return visitor.list(items, place, !isSequence(place.node.notes, holderOf(place)));
}

function foldObject<Result>(visitor: AnyVisitor<Result>, place: Place<Obj>): Result {
  const { array } = place.node.notes;
  const kind = typeof array === "object" ? array.ref : undefined;
  const results: [string, Result][] = [];
  for (const name of Object.keys(place.value)) {
    const value = place.value[name];
    if (value === undefined) continue;
    const entry = placeIn(place, name, value);
    if (visitor.enter !== undefined && !visitor.enter(entry)) continue;
    const key = kind === undefined || visitor.key === undefined ? name : visitor.key(coordinateOf(kind, name), entry);
    if (key !== undefined) results.push([key, foldPlace(visitor, entry)]);
  }
  return visitor.object(results, place);
}

function foldEntries<Result>(
  visitor: AnyVisitor<Result>,
  place: Place<readonly Json[]>,
  keyed: Keyed,
  entriesOf: EntityVisitor<Result>["entries"],
): Result {
  const results: [string, Result][] = [];
  for (const [key, item] of entriesOf(keyed, place)) {
    const entry = placeIn(place, key, item);
    if (visitor.enter === undefined || visitor.enter(entry)) results.push([key, foldPlace(visitor, entry)]);
  }
  return visitor.object(results, place);
}

function placeIn(up: Place, name: string, value: Json): Place {
  return { value, node: up.node.property(name), name, up };
}

function isInList(place: Place): boolean {
  for (let at: Place | undefined = place; at !== undefined; at = at.up) if (hasList(at)) return true;
  return false;
}

function hasList(place: Place): place is Place<readonly Json[]> {
  return isList(place.value);
}

function hasObject(place: Place): place is Place<Obj> {
  return isObj(place.value);
}

/** The object that has a list as a property: a sibling may decide what its order means. */
function holderOf(place: Place): Obj {
  for (let at = place.up; at !== undefined; at = at.up) if (isObj(at.value)) return at.value;
  return {};
}
