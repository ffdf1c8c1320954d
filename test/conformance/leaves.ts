import { isList, isObj, type Json, type Obj } from "../../src/model/json.ts";

/** A value inside a piece of configuration. */
export interface Leaf {
  readonly path: readonly string[];
  readonly value: Json;
}

/** Values that can be changed one at a time: scalars, references as a whole, and the length of lists. */
export function leavesOf(value: Json, isReference: (value: Obj) => boolean, path: readonly string[] = []): Leaf[] {
  if (value === null || value === "") return [];
  if (isList(value)) {
    const items = value.flatMap((item, at) => leavesOf(item, isReference, [...path, String(at)]));
    return value.length > 1 ? [{ path, value }, ...items] : items;
  }
  if (!isObj(value)) return [{ path, value }];
  if (path.length > 0 && isReference(value)) return [{ path, value }];
  return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, isReference, [...path, name]));
}

/** The path without positions: the same for every item of a list. */
export function patternOf(path: readonly string[]): string {
  return `/${path.map((segment) => (/^\d+$/.test(segment) ? "*" : segment)).join("/")}`;
}
