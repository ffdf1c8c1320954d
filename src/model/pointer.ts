import { isList, isObj, type Json, type Obj } from "./json.ts";

/** One segment of an RFC 6901 pointer, escaped. */
export function escapeSegment(segment: string): string {
  return segment.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** An RFC 6901 pointer from its segments; the empty pointer is the whole document. */
export function formatPointer(segments: readonly (string | number)[]): string {
  return segments.map((segment) => "/" + escapeSegment(String(segment))).join("");
}

/** The segments of an RFC 6901 pointer. */
export function parsePointer(pointer: string): string[] {
  if (pointer === "") return [];
  return pointer
    .replace(/^\//, "")
    .split("/")
    .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The value at a pointer, or undefined when there is none. Only own properties count. */
export function valueAt(document: Json, pointer: string): Json | undefined {
  let value: Json | undefined = document;
  for (const segment of parsePointer(pointer)) {
    if (isList(value)) value = value[Number(segment)];
    else if (isObj(value) && Object.hasOwn(value, segment)) value = value[segment];
    else return undefined;
  }
  return value;
}

/** A copy of the document with the value at the pointer replaced, added, or (undefined) removed. Parents are created as objects. */
export function withValueAt(document: Json, pointer: string, value: Json | undefined): Json {
  return replaceAt(document, parsePointer(pointer), value) ?? {};
}

/** The object with the value at a pointer into it replaced, added, or (undefined) removed; the whole of it cannot be replaced. */
export function objectWith(object: Obj, pointer: string, value: Json | undefined): Obj {
  const next = withValueAt(object, pointer, value);
  return isObj(next) ? next : object;
}

function replaceAt(document: Json | undefined, segments: readonly string[], value: Json | undefined): Json | undefined {
  const [segment, ...rest] = segments;
  if (segment === undefined) return value;
  if (isList(document)) {
    const copy = [...document];
    const next = replaceAt(copy[Number(segment)], rest, value);
    if (next === undefined) copy.splice(Number(segment), 1);
    else copy[Number(segment)] = next;
    return copy;
  }
  const entries = Object.entries(isObj(document) ? document : {});
  const at = entries.findIndex(([key]) => key === segment);
  const next = replaceAt(at < 0 ? undefined : entries[at]?.[1], rest, value);
  if (at >= 0) entries.splice(at, 1);
  if (next !== undefined) entries.push([segment, next]);
  return Object.fromEntries(entries);
}

/** Is a pointer the pattern or below it? A `*` segment of the pattern matches any one segment. */
export function pointerCovers(pattern: string, pointer: string): boolean {
  const want = parsePointer(pattern);
  const have = parsePointer(pointer);
  return want.length <= have.length && want.every((segment, at) => segment === "*" || segment === have[at]);
}
