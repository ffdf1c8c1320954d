/**
 * Any JSON value. Documents are read-only: what changes one builds another. A type of ours that stands for a document is a
 * type alias and not an interface, because only the former is assignable to {@link Json}.
 */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A JSON object: an API entity, or an object of a snapshot. */
export type Obj = { readonly [key: string]: Json };

/** Is the value a JSON object (not an array, not null)? */
export function isObj(value: unknown): value is Obj {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Is the value a JSON array? `Array.isArray` does not tell a read-only array from another value. */
export function isList(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

/** The text of a value when it is a string, otherwise the fallback. */
export function textOf(value: Json | undefined, fallback = ""): string {
  return typeof value === "string" ? value : fallback;
}

/** The value as an array; anything else counts as empty. */
export function listOf(value: Json | undefined): readonly Json[] {
  return isList(value) ? value : [];
}

/** The objects inside an array value; anything else is left out. */
export function objectsOf(value: Json | undefined): Obj[] {
  return listOf(value).filter(isObj);
}

/**
 * A copy with object keys in code point order, at every depth. `Object.fromEntries` creates own properties,
 * so a key such as `__proto__` from an organisation stays data.
 */
export function sortKeys(value: Obj): Obj;
export function sortKeys(value: Json): Json;
export function sortKeys(value: Json): Json {
  if (isList(value)) return value.map((item) => sortKeys(item));
  if (!isObj(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort(byCodePoint)
      .map((key) => [key, sortKeys(value[key] as Json)]),
  );
}

/** Canonical text of a JSON value: sorted keys, two-space indent, final newline. The same value gives the same bytes. */
export function canonicalJson(value: Json): string {
  return JSON.stringify(sortKeys(value), null, 2) + "\n";
}

/** Canonical text on one line, for digests and as a sort key. */
export function compactJson(value: Json): string {
  return JSON.stringify(sortKeys(value));
}

/** What JSON keeps of a value: nothing that is undefined. */
export function asJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value ?? null)) as Json;
}

/** Are two JSON values equal, whatever the order of their keys? */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a === b || compactJson(a) === compactJson(b);
}

/** Sort order that does not depend on the locale of the machine. */
export function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
