import { compactJson, isList, isObj, type Json } from "../model/json.ts";
import { formatPointer, parsePointer } from "../model/pointer.ts";

/** One element of a property path: the name of a property or the place in a list. */
export type PathElement = string | number;

/** A value as it is, and with its sets as maps from member to member. */
export interface SetAwareValue {
  readonly plain: Json | undefined;
  readonly sets: Json | undefined;
}

/**
 * A path as Pulumi writes it, such as `members["a@b"].ringNumber`. A name that its grammar cannot hold (one that needs quotes
 * and ends with a backslash) is left out together with what follows: the path then names the place that holds it.
 */
export function formatPath(elements: readonly PathElement[]): string {
  let path = "";
  for (const element of elements) {
    const next = typeof element === "number" ? `[${element}]` : nameInPath(element, path === "");
    if (next === undefined) return path;
    path += next;
  }
  return path;
}

function nameInPath(name: string, isFirst: boolean): string | undefined {
  const bare = (isFirst ? "" : ".") + name;
  if (/^[A-Za-z0-9_]+$/.test(name)) return bare;
  if (!name.endsWith("\\")) return `["${name.replaceAll('"', '\\"')}"]`;
  return /[.[]/.test(name) ? undefined : bare;
}

/** One step of a property path: `.name`, `["any text"]` or `[0]`. In quotes only a quote is escaped; a backslash is one. */
const STEP = /\.?([^.[]+)|\["((?:\\"|[^"])*)"\]|\[(\d+)\]/gy;

/** The RFC 6901 pointer for a property path of the engine, such as `members["a@b"].ringNumber`; what cannot be read is one name. */
export function pointerOfPath(path: string): string {
  const steps = [...path.matchAll(STEP)];
  const length = steps.reduce((sum, [text]) => sum + text.length, 0);
  if (length < path.length) return formatPointer([path]);
  const segments = steps.map(([, name, quoted, index]) => name ?? index ?? (quoted ?? "").replaceAll('\\"', '"'));
  return formatPointer(segments);
}

/**
 * The elements of a property path for an edit: its pointer names members of sets by their value, a property path by their
 * place, which is the one in the new list, or in the old list for a member that is gone.
 */
export function pathElements(pointer: string, before: SetAwareValue, after: SetAwareValue): PathElement[] {
  const elements: PathElement[] = [];
  let [old, next] = [before, after];
  for (const segment of parsePointer(pointer)) {
    const place = placeIn(next, segment) ?? placeIn(old, segment);
    elements.push(place ?? segment);
    [old, next] = [inside(old, segment), inside(next, segment)];
  }
  return elements;
}

/** Place of a list's item; undefined when there is no list or the item is not in it. */
function placeIn({ plain, sets }: SetAwareValue, segment: string): number | undefined {
  if (!isList(plain)) return undefined;
  if (isList(sets)) return Number(segment) < plain.length ? Number(segment) : undefined;
  const at = plain.findIndex((item) => memberName(item) === segment);
  return at < 0 ? undefined : at;
}

function memberName(item: Json): string {
  return typeof item === "string" ? item : compactJson(item);
}

function inside(value: SetAwareValue, segment: string): SetAwareValue {
  const place = placeIn(value, segment);
  const plain = place === undefined ? childOf(value.plain, segment) : childOf(value.plain, String(place));
  return { plain, sets: childOf(value.sets, segment) };
}

function childOf(value: Json | undefined, segment: string): Json | undefined {
  if (isList(value)) return value[Number(segment)];
  return isObj(value) && Object.hasOwn(value, segment) ? value[segment] : undefined;
}
