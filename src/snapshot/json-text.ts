import type { Json } from "../model/json.ts";
import { DEEPEST, tooDeepAt } from "../model/json-depth.ts";
import { formatPointer } from "../model/pointer.ts";

/** A place in a text; both count from 1. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** A key that an object of a JSON text holds more than once: parsers silently keep the last. */
export interface RepeatedKey extends TextPosition {
  readonly path: string;
}

/** The value of a JSON text, or the place where it stops being JSON. */
export type ParsedJson = { readonly value: Json } | { readonly error: TextPosition; readonly found: string };

const SPACE = /[ \t\n\r]*/y;
const STRING = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;
const LITERAL = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** Parses a JSON text that is not too deep to walk. Own keys such as `__proto__` stay data. */
export function parseJson(text: string): ParsedJson {
  const deep = tooDeepAt(text);
  if (deep !== undefined) return { error: positionOf(text, deep), found: `more than ${DEEPEST} levels of nesting` };
  try {
    return { value: JSON.parse(text) as Json };
  } catch {
    const offset = scan(text, () => undefined) ?? text.length;
    const found = offset >= text.length ? "the end of the file" : JSON.stringify(text.slice(offset, offset + 1));
    return { error: positionOf(text, offset), found };
  }
}

/** Keys that occur more than once in one object of a valid JSON text, each at its second place. */
export function repeatedKeys(text: string): RepeatedKey[] {
  const repeated: RepeatedKey[] = [];
  const seen = new WeakMap<object, Set<string>>();
  scan(text, (object, key, path, offset) => {
    const keys = seen.get(object) ?? new Set();
    seen.set(object, keys);
    if (keys.has(key)) repeated.push({ path: formatPointer([...path, key]), ...positionOf(text, offset) });
    keys.add(key);
  });
  return repeated;
}

/** The line (from 1) of a place in a valid JSON text, or of the nearest place around it: items of lists have that of their list. */
export function lineOfPointer(text: string, pointer: string): number {
  let nearest = { length: 0, offset: 0 };
  scan(text, (_object, key, path, offset) => {
    const at = formatPointer([...path, key]);
    const covers = pointer === at || pointer.startsWith(`${at}/`);
    if (covers && at.length > nearest.length) nearest = { length: at.length, offset };
  });
  return positionOf(text, nearest.offset).line;
}

type OnKey = (object: object, key: string, path: readonly (string | number)[], offset: number) => void;

/** Walks a JSON text by the grammar of RFC 8259 and returns the offset at which it breaks, if it does. */
function scan(text: string, onKey: OnKey): number | undefined {
  let at = 0;

  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  const takeSign = (sign: string): boolean => {
    take(SPACE);
    if (text[at] !== sign) return false;
    at += 1;
    return true;
  };
  const value = (path: readonly (string | number)[]): boolean => {
    if (takeSign("{")) return members(path);
    if (takeSign("[")) return items(path);
    return take(STRING) !== undefined || take(LITERAL) !== undefined;
  };
  const members = (path: readonly (string | number)[]): boolean => {
    if (takeSign("}")) return true;
    const object = {};
    do {
      take(SPACE);
      const start = at;
      const name = take(STRING);
      if (name === undefined) return false;
      const key = JSON.parse(name) as string;
      onKey(object, key, path, start);
      if (!takeSign(":") || !value([...path, key])) return false;
    } while (takeSign(","));
    return takeSign("}");
  };
  const items = (path: readonly (string | number)[]): boolean => {
    if (takeSign("]")) return true;
    let index = 0;
    do {
      if (!value([...path, index])) return false;
      index += 1;
    } while (takeSign(","));
    return takeSign("]");
  };

  if (!value([])) return at;
  take(SPACE);
  return at < text.length ? at : undefined;
}

function positionOf(text: string, offset: number): TextPosition {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
