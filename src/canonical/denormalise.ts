import { coordinateOf, splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { isList, isObj, type Json, type Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { objectWith, parsePointer, pointerCovers, valueAt } from "../model/pointer.ts";
import type { FieldNotes, Schema } from "../model/schema.ts";
import { embedded, mapTexts } from "./embedded.ts";
import { followRef, notesOf, propertySchema } from "./schema-walk.ts";

/** The id of a coordinate in the organisation that is written. @throws LockstepError `unresolved-reference` */
export type Resolve = (coordinate: Coordinate) => string;

interface Walk {
  readonly root: Schema;
  readonly self: Coordinate;
  readonly resolve: Resolve;
}

/**
 * Canonical form → request body: coordinates become ids of the organisation that is written, maps become lists;
 * parts and references to itself are left out.
 * @throws LockstepError `unresolved-reference` when a referenced object has no id there
 */
export function requestBody(kind: Kind, self: Coordinate, object: Obj, resolve: Resolve): Obj {
  return plainForm({ root: kind.schema, self, resolve }, kind.schema, object);
}

/**
 * The body of an update that replaces the whole object: the wanted values plus what the organisation owns (operational
 * state, its own names and addresses), taken from the entity as it is now, because a PUT erases what it does not carry.
 */
export function fullBody(kind: Kind, body: Obj, entity: Obj): Obj {
  const current = kind.read?.normalise?.(entity) ?? entity;
  return ownedPointers(kind).reduce((carry, pointer) => {
    const value = valueAt(current, pointer);
    return value === undefined || valueAt(carry, pointer) !== undefined ? carry : objectWith(carry, pointer, value);
  }, body);
}

/** The body of a create: the wanted values plus what the schema sets for fields that the organisation owns. */
export function createBody(kind: Kind, body: Obj): Obj {
  return Object.entries(kind.schema["x-excluded"] ?? {}).reduce((carry, [pointer, rule]) => {
    return rule.create === undefined || valueAt(carry, pointer) !== undefined
      ? carry
      : objectWith(carry, pointer, rule.create);
  }, body);
}

/** The body with the secrets that the configuration gives for the object: only fields that the schema calls secret. */
export function withSecrets(kind: Kind, body: Obj, secrets: ReadonlyMap<string, string>): Obj {
  const patterns = Object.entries(kind.schema["x-excluded"] ?? {}).flatMap(([pattern, rule]) =>
    rule.owner === "secret" ? [pattern] : [],
  );
  const given = [...secrets].filter(([pointer]) => patterns.some((pattern) => pointerCovers(pattern, pointer)));
  return given.reduce((carry, [pointer, value]) => objectWith(carry, pointer, value), body);
}

/** Pointers of the fields that an update must send back unchanged. Patterns are server-owned and never sent. */
function ownedPointers(kind: Kind): string[] {
  return Object.entries(kind.schema["x-excluded"] ?? {})
    .filter(([pointer, rule]) => rule.owner !== "server" && !parsePointer(pointer).includes("*"))
    .map(([pointer]) => pointer);
}

function plainForm(walk: Walk, node: Schema, object: Obj): Obj {
  const entries: [string, Json][] = [];
  for (const [name, value] of Object.entries(object)) {
    const child = propertySchema(node, name, walk.root) ?? {};
    if (notesOf(child).part === true) continue;
    const plain = plainValue(walk, child, value, object);
    if (plain !== undefined) entries.push([name, plain]);
  }
  return Object.fromEntries(entries);
}

function plainValue(walk: Walk, schema: Schema, value: Json, holder: Obj): Json | undefined {
  const node = followRef(schema, walk.root);
  const notes = notesOf(node);
  if (notes.opaque === true) return notes.ids === undefined ? value : withIds(walk, value);
  if (notes.ref !== undefined && typeof value === "string") {
    if (notes.omitSelf === true && value === walk.self) return undefined;
    return referenceForm(notes, value, value === "*" ? value : walk.resolve(value));
  }
  if (typeof notes.array === "object" && isObj(value)) return listForm(walk, node, notes.array, value);
  if (isList(value))
    return value.map((item) => plainValue(walk, node.items ?? {}, item, holder)).filter((item) => item !== undefined);
  return isObj(value) ? plainForm(walk, node, value) : value;
}

function withIds(walk: Walk, value: Json): Json {
  return mapTexts(value, (text) => {
    const coordinate = embedded(text);
    return coordinate === undefined ? text : walk.resolve(coordinate);
  });
}

function referenceForm(notes: FieldNotes, coordinate: Coordinate, id: string): Json {
  if (notes.form === "id") return id;
  if (typeof notes.ref === "string") return { id };
  const { kind } = splitCoordinate(coordinate);
  const type = Object.entries(notes.ref ?? {}).find(([, name]) => name === kind)?.[0];
  return type === undefined ? { id } : { id, type };
}

function listForm(walk: Walk, node: Schema, { by, ref }: { by: string; ref?: string }, map: Obj): Json {
  const itemSchema = typeof node.additionalProperties === "object" ? node.additionalProperties : {};
  return Object.entries(map).map(([key, item]) => ({
    [by]: ref === undefined ? key : walk.resolve(coordinateOf(ref, key)),
    ...(isObj(item) ? plainForm(walk, followRef(itemSchema, walk.root), item) : {}),
  }));
}
