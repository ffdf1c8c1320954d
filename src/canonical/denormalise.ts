import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { isObj, type Json, type Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { objectWith, parsePointer, pointerCovers, valueAt } from "../model/pointer.ts";
import type { FieldNotes } from "../model/schema.ts";
import { embedded, mapTexts } from "./embedded.ts";
import { EVERY_OBJECT, fold } from "./fold.ts";
import { presentEntries, rewriting } from "./visitors.ts";

/** The id of a coordinate in the organisation that is written. @throws LockstepError `unresolved-reference` */
export type Resolve = (coordinate: Coordinate) => string;

/**
 * Canonical form → request body: coordinates become ids of the organisation that is written, maps become lists;
 * parts and references to itself are left out.
 * @throws LockstepError `unresolved-reference` when a referenced object has no id there
 */
export function requestBody(kind: Kind, self: Coordinate, object: Obj, resolve: Resolve): Obj {
  const visitor = rewriting({
    enter: ({ node }) => node.notes.part !== true,
    opaque: ({ value, node }) => (node.notes.ids === undefined ? value : withIds(resolve, value)),
    reference: ({ value, node: { notes } }) =>
      notes.omitSelf === true && value === self ? undefined : referenceForm(notes, value, resolve(value)),
    every: ({ node }) => referenceForm(node.notes, EVERY_OBJECT, EVERY_OBJECT),
    key: resolve,
    object: (entries, { node: { notes } }) => {
      const kept = presentEntries(entries);
      return typeof notes.array === "object" ? listForm(notes.array.by, kept) : Object.fromEntries(kept);
    },
  });
  const body = fold(kind.schema, object, visitor);
  return isObj(body) ? body : {};
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
  return firstState(kind).reduce(
    (carry, { path, value }) => (valueAt(carry, path) === undefined ? objectWith(carry, path, value) : carry),
    body,
  );
}

/** What a new object starts with where the organisation owns a field: pointers and values of the schema. */
export function firstState({ schema }: Pick<Kind, "schema">): { readonly path: string; readonly value: Json }[] {
  return Object.entries(schema["x-excluded"] ?? {}).flatMap(([path, { create }]) =>
    create === undefined ? [] : [{ path, value: create }],
  );
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

function withIds(resolve: Resolve, value: Json): Json {
  return mapTexts(value, (text) => {
    const coordinate = embedded(text);
    return coordinate === undefined ? text : resolve(coordinate);
  });
}

function referenceForm(notes: FieldNotes, coordinate: Coordinate, id: string): Json {
  if (notes.form === "id") return id;
  if (notes.form === "name") return splitCoordinate(coordinate).key;
  if (typeof notes.ref === "string") return { id };
  const { kind } = splitCoordinate(coordinate);
  const type = Object.entries(notes.ref ?? {}).find(([, name]) => name === kind)?.[0];
  return type === undefined ? { id } : { id, type };
}

function listForm(by: string, entries: readonly (readonly [string, Json])[]): Json {
  return entries.map(([key, item]) => ({ [by]: key, ...(isObj(item) ? item : {}) }));
}
