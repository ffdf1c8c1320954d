import type { Coordinate } from "../model/coordinate.ts";
import { isList, isObj, type Json } from "../model/json.ts";

/**
 * Free JSON, such as the settings of an integration, may hold bare ids of other objects (genesys-api §4.4). They differ between
 * organisations, so a snapshot has the coordinate in their place, behind a mark that keeps it apart from ordinary text.
 */
const MARK = "lockstep:";

/** A text that stands for the id of an object. */
export function embed(coordinate: Coordinate): string {
  return MARK + coordinate;
}

/** The object that a text stands for; undefined for ordinary text. */
export function embedded(text: string): Coordinate | undefined {
  return text.startsWith(MARK) ? text.slice(MARK.length) : undefined;
}

/** Does a text look like an id of the platform? */
export function isGuid(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

type Path = readonly (string | number)[];

/** A copy of a JSON value with every text in it replaced; the same value where no text changes. Keys stay. */
export function mapTexts(value: Json, change: (text: string, path: Path) => string, path: Path = []): Json {
  if (typeof value === "string") return change(value, path);
  if (isList(value)) {
    const items = value.map((item, at) => mapTexts(item, change, [...path, at]));
    return items.every((item, at) => item === value[at]) ? value : items;
  }
  if (!isObj(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, mapTexts(item, change, [...path, key])] as const);
  return entries.every(([key, item]) => item === value[key]) ? value : Object.fromEntries(entries);
}
