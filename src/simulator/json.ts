/** Any JSON value, as requests and answers carry it. */
export type Json = null | boolean | number | string | Json[] | JsonObject;

/** A JSON object; a property that is absent reads as undefined. */
export interface JsonObject {
  [key: string]: Json;
}

/** True for a JSON object; arrays and null are not objects here. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value as an object, an empty one when it is anything else. */
export function objectAt(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** The value as a list, an empty one when it is anything else. */
export function listAt(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

/** The value as text, "" when it is anything else. */
export function textAt(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

/** Any value in words, for messages: text as it is, everything else as JSON, nothing as "". */
export function inWords(value: Json | undefined): string {
  return typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value);
}

/** The value as a number, the fallback when it is anything else. */
export function numberAt(value: Json | undefined, fallback = 0): number {
  return typeof value === "number" ? value : fallback;
}

/** The id inside an embedded reference such as `{ "id": "…" }`, "" when there is none. */
export function idAt(value: Json | undefined): string {
  return textAt(objectAt(value).id);
}

/** The value of a table under an untrusted name, such as `constructor`: only what the table itself has. */
export function ownOf<T>(table: Readonly<Partial<Record<string, T>>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** The object without the named properties. */
export function without(value: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
}

/** Only the named properties that the object has. */
export function pick(value: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([name]) => names.includes(name)));
}
