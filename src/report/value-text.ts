import { KINDS } from "../kinds/index.ts";
import { splitCoordinate } from "../model/coordinate.ts";
import { isObj, type Json } from "../model/json.ts";
import { parsePointer } from "../model/pointer.ts";
import { printable } from "../model/printable.ts";
import { cut, fits } from "./width.ts";
import { keyNamed, type ToldEdit } from "./told-edits.ts";
import { objectWords } from "./words.ts";

/** A value on one line, whole. References are told as objects, everything else as JSON. */
export function valueText(value: Json | undefined, path: string): string {
  if (value === undefined) return "not set";
  const plain = unwrapped(value);
  const property = parsePointer(path).at(-1) ?? "";
  if (typeof plain === "string") {
    const key = keyNamed(property, plain);
    if (key !== undefined) return printable(key);
    if (isReference(plain)) return objectWords(plain);
  }
  return printable(JSON.stringify(plain));
}

/** A value of a flow without the wrapper that says how it is written. */
function unwrapped(value: Json): Json {
  const [only, second] = isObj(value) ? Object.entries(value) : [];
  return only?.[0] === "lit" && second === undefined && typeof only[1] === "string" ? only[1] : value;
}

/** Is a text a coordinate: the name of a kind, a slash and a name? */
export function isReference(text: string): boolean {
  const { kind, key } = splitCoordinate(text);
  return key !== "" && KINDS.has(kind);
}

/** What is added, removed or moved, on one line, whole. */
export function itemText({ name, before, after, path, moved }: ToldEdit): string {
  const value = after ?? before;
  if (name === undefined) {
    const said = valueText(value, path);
    return moved === undefined ? said : `${said} (${moved.from} → ${moved.to})`;
  }
  return value === undefined ? printable(name) : `${printable(name)} ${valueText(value, path)}`;
}

/** Characters around the part that differs. */
const SURROUNDINGS = 16;

/**
 * Both values of a change, each on one line of so many columns at most: whole where they fit, otherwise the part that differs
 * with what is around it. Two values that differ are never shown alike.
 */
export function pairTexts(
  { before, after, path }: Pick<ToldEdit, "before" | "after" | "path">,
  width: number,
): readonly [before: string, after: string] {
  const shown = [valueText(before, path), valueText(after, path)] as const;
  const [left, right] = shown[0] === shown[1] ? ([spelled(before), spelled(after)] as const) : shown;
  if (fits(left, width) && fits(right, width)) return [left, right];
  const [a, b] = [[...left], [...right]];
  const start = commonStart(a, b);
  const end = commonStart(a.slice(start).reverse(), b.slice(start).reverse());
  return [part(a, start, end, width), part(b, start, end, width)];
}

/** A value in which no two characters look the same. */
function spelled(value: Json | undefined): string {
  const text = value === undefined ? "not set" : JSON.stringify(value);
  return text.replace(/[^ -~]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

function commonStart(a: readonly string[], b: readonly string[]): number {
  const differs = a.findIndex((character, index) => character !== b[index]);
  return differs < 0 ? a.length : differs;
}

/** The part of a text that is neither its common start nor its common end, with "…" for what is left out. */
function part(text: readonly string[], start: number, end: number, width: number): string {
  const around = Math.min(SURROUNDINGS, Math.floor(width / 3));
  const from = start <= around + 1 ? 0 : start - around;
  const to = end <= around + 1 ? text.length : text.length - end + around;
  const middle = `${from > 0 ? "…" : ""}${text.slice(from, to).join("")}`;
  return to < text.length ? `${cut(middle, width - 1).replace(/…$/, "")}…` : cut(middle, width);
}
