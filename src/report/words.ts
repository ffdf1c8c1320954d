import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { parsePointer } from "../model/pointer.ts";
import { printable } from "../model/printable.ts";

/** Words that are written in capitals and that names of properties write in small letters. */
const CAPITALS: ReadonlySet<string> = new Set(
  "acd acw ani api did dnis http id ivr json sbc sip sms tts ui uri url uui".split(" "),
);

/** A name in camel case, snake case or with hyphens as words: `wrapUpCodes` → `wrap-up codes`. */
export function wordsOf(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .split(/[ _-]+/)
    .map((word) =>
      CAPITALS.has(word.toLowerCase()) ? word.toUpperCase() : /^[A-Z]+$/.test(word) ? word : word.toLowerCase(),
    );
  return words
    .join(" ")
    .replace(/\bwrapup\b/g, "wrap-up")
    .replace(/\b(wrap|follow) up\b/g, "$1-up");
}

/** An object as a person says it: `queue Billing`. */
export function objectWords(coordinate: Coordinate): string {
  const { kind, key } = splitCoordinate(coordinate);
  return printable(kind === "" ? key : `${wordsOf(kind)} ${key}`);
}

/** Names of properties; anything else is somebody's name and stays as it is. */
const PROPERTY = /^[a-z][A-Za-z0-9_]*$/;

/** A property and no name of a thing: nobody calls a task or a row like this. */
const MANY_WORDS = /^[a-z]+([A-Z][a-z0-9]*)+$/;

/** Wrappers of values in flows, which say how a value is written and not where it is. */
const WRAPPERS: ReadonlySet<string> = new Set(["lit", "exp", "noValue"]);

/**
 * The way to a place inside an object, in words: `/numberPlans/6/end` → `number plan 7`, `end`. What holds named things is told
 * with the name: `/rows/code-1/active` → `row code-1`, `active`. What a place in a flow starts with is left out.
 */
export function placeWords(path: string): string[] {
  const all = parsePointer(path);
  const segments = all[0] === "yaml" && all.length > 2 ? all.slice(2) : all;
  const words: string[] = [];
  let held: string | undefined;
  for (const segment of segments) {
    const holder = MANY_WORDS.test(segment) ? undefined : held;
    if (holder !== undefined) words.pop();
    words.push(holder === undefined ? wordOf(segment) : `${singular(holder)} ${itemName(segment)}`);
    held = holder === undefined && isCollection(segment) ? wordOf(segment) : undefined;
  }
  const shown = segments.at(-1) === "name" && WRAPPERS.has(segments.at(-2) ?? "") ? words.slice(0, -2) : words;
  return shown.filter((word, at) => !WRAPPERS.has(word) || at === 0);
}

function wordOf(segment: string): string {
  if (WRAPPERS.has(segment)) return segment;
  return PROPERTY.test(segment) ? wordsOf(segment) : printable(segment);
}

function itemName(segment: string): string {
  return /^\d{1,6}$/.test(segment) ? String(Number(segment) + 1) : printable(segment.replace(/^\[(.*)\]$/s, "$1"));
}

/** Does a property hold things with names or positions? The API names those in the plural; settings and maps of properties are none. */
export function isCollection(property: string): boolean {
  return (
    PROPERTY.test(property) &&
    /[^s]s$/.test(property) &&
    !/(settings|properties|address|status|dnis|ms)$/i.test(property)
  );
}

function singular(words: string): string {
  if (words.endsWith("ies")) return `${words.slice(0, -3)}y`;
  return /(sse|xe|che|she|use)s$/.test(words) ? words.slice(0, -2) : words.slice(0, -1);
}
