import { badRequest } from "./errors.ts";
import { digest } from "./ids.ts";
import type { Json, JsonObject } from "./json.ts";
import { isObject, ownOf, textAt } from "./json.ts";
import type { Fields, ReferenceRule, Shape } from "./shape.ts";
import { entryAnywhere, isDeleted } from "./store.ts";
import type { Entry, Org } from "./world.ts";

/** One reference found in an object. */
export interface Found {
  readonly path: string;
  readonly kind: string;
  readonly id: string;
  readonly rule: ReferenceRule;
}

function targetKind(rule: ReferenceRule, around: JsonObject): string | undefined {
  return typeof rule.to === "string" ? rule.to : rule.to(around);
}

/** A value in an object, with its shape and the object around it. */
interface Spot {
  readonly value: Json | undefined;
  readonly shape: Shape;
  readonly path: string;
  readonly around: JsonObject;
}

function foundAt({ value, shape, path, around }: Spot): Found[] {
  const rule = shape.ref;
  if (!rule) return [];
  const id = rule.bare ? textAt(value) : isObject(value) ? textAt(value.id) : "";
  const kind = targetKind(rule, isObject(value) ? value : around);
  return id === "" || id === rule.also || kind === undefined ? [] : [{ path, kind, id, rule }];
}

function below({ value, shape, path, around }: Spot): Spot[] {
  const { of } = shape;
  if (shape.is === "list" && of && Array.isArray(value)) {
    return value.map((item, at) => ({ value: item, shape: of, path: `${path}[${at}]`, around }));
  }
  if (!isObject(value)) return [];
  const one = (name: string, field: Shape): Spot => ({
    value: ownOf(value, name),
    shape: field,
    path: `${path}.${name}`,
    around: value,
  });
  if (shape.is === "map" && of) return Object.keys(value).map((name) => one(name, of));
  return shape.is === "object" ? Object.entries(shape.fields ?? {}).map(([name, field]) => one(name, field)) : [];
}

function collect(spot: Spot): Found[] {
  return spot.shape.is === "ref" ? foundAt(spot) : below(spot).flatMap(collect);
}

/** Every reference that the shapes of a kind mark in one of its objects. */
export function referencesIn(data: JsonObject, fields: Fields): Found[] {
  return Object.entries(fields).flatMap(([name, shape]) =>
    collect({ value: data[name], shape, path: name, around: data }),
  );
}

/** Refuses an object that refers to something which does not exist in the organisation (genesys-api §4). */
export function checkReferences(org: Org, data: JsonObject, fields: Fields): void {
  for (const { path, kind, id, rule } of referencesIn(data, fields)) {
    const entry = entryAnywhere(org, kind, id);
    if (entry && !isDeleted(entry) && (rule.accepts?.(entry) ?? true)) continue;
    throw badRequest(
      `${path}: ${kind} ${id} does not exist or cannot be used here`,
      rule.code ?? "resource.not.found",
      {
        entityId: id,
        params: { field: path, id },
        details: [{ errorCode: rule.code ?? "resource.not.found", fieldName: path, entityId: id }],
      },
    );
  }
}

/** What an answer needs to know about the organisation to show references. */
export interface Showing {
  readonly org: Org;
  /** The address of an object of a kind, or undefined when the kind has none of its own. */
  readonly address: (kind: string, id: string) => string | undefined;
  readonly shuffleSeed: number;
}

function showReference(value: Json, shape: Shape, showing: Showing): Json {
  const rule = shape.ref;
  if (!rule || rule.bare || !isObject(value)) return value;
  const id = textAt(value.id);
  const kind = targetKind(rule, value);
  const entry = kind === undefined ? undefined : entryAnywhere(showing.org, kind, id);
  const shown: JsonObject = { ...value };
  if (rule.shows.includes("name")) addName(shown, entry);
  if (rule.shows.includes("selfUri") && kind !== undefined) {
    const address = showing.address(kind, id);
    if (address !== undefined) shown.selfUri = address;
  }
  return shown;
}

function addName(shown: JsonObject, entry: Entry | undefined): void {
  const name = entry?.data.name;
  if (typeof name === "string") shown.name = name;
}

function showValue(value: Json, shape: Shape, showing: Showing): Json {
  if (shape.is === "ref") return showReference(value, shape, showing);
  if (shape.is === "list" && shape.of && Array.isArray(value)) {
    const of = shape.of;
    const items = value.map((item) => showValue(item, of, showing));
    return shape.unordered ? shuffled(items, showing.shuffleSeed, (item) => JSON.stringify(item)) : items;
  }
  if (shape.is === "map" && shape.of && isObject(value)) {
    const of = shape.of;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, showValue(item, of, showing)]));
  }
  if (shape.is === "object" && shape.fields && isObject(value)) return showObject(value, shape.fields, showing);
  return value;
}

/** The object as an answer shows it: references carry names and addresses, unordered lists come in any order. */
export function showObject(data: JsonObject, fields: Fields, showing: Showing): JsonObject {
  const shown = Object.entries(data).map(([name, value]): [string, Json] => {
    const shape = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return [name, shape ? showValue(value, shape, showing) : value];
  });
  return Object.fromEntries(shown);
}

/** The items in an order that depends on the seed only; seed 0 keeps the order given. */
export function shuffled<T>(items: readonly T[], seed: number, keyOf: (item: T) => string): T[] {
  if (seed === 0 || items.length < 2) return [...items];
  return items
    .map((item) => ({ item, rank: digest(`${seed}/${keyOf(item)}`) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0))
    .map(({ item }) => item);
}
