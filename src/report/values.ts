import type { Json } from "../model/json.ts";
import type { Edit } from "../model/report.ts";
import { printable } from "../model/printable.ts";

const LONGEST = 60;
const CONTEXT = 16;

/** A value on one line, shortened. */
export function shortValue(value: Json | undefined): string {
  if (value === undefined) return "nothing";
  const text = [...printable(JSON.stringify(value))];
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1).join("")}…` : text.join("");
}

/** Both values of an edit, each on one line. Of two long texts it is the part that differs, with a little around it. */
export function editValues({ before, after }: Edit): { readonly before: string; readonly after: string } {
  if (typeof before !== "string" || typeof after !== "string" || Math.max(before.length, after.length) <= LONGEST) {
    return { before: shortValue(before), after: shortValue(after) };
  }
  const [left, right] = [[...before], [...after]];
  const start = commonStart(left, right);
  const end = commonStart(left.slice(start).reverse(), right.slice(start).reverse());
  return { before: window(left, start, end), after: window(right, start, end) };
}

function commonStart(a: readonly string[], b: readonly string[]): number {
  const differs = a.findIndex((character, index) => character !== b[index]);
  return differs < 0 ? a.length : differs;
}

/** The part of a text that is neither its common start nor its common end, quoted, with "…" for what is left out. */
function window(text: readonly string[], start: number, end: number): string {
  const from = start <= CONTEXT + 1 ? 0 : start - CONTEXT;
  const wanted = end <= CONTEXT + 1 ? text.length : text.length - end + CONTEXT;
  const to = Math.min(wanted, from + LONGEST);
  const quoted = printable(JSON.stringify(text.slice(from, to).join(""))).slice(1, -1);
  return `"${from > 0 ? "…" : ""}${quoted}${to < text.length ? "…" : ""}"`;
}

const FACTS = 4;

/**
 * What an object is, in a few words, from the edits that make it or take it away: what describes it first, then what it
 * refers to, then how much it holds. Empty when there is nothing to say.
 */
export function objectFacts(edits: readonly Edit[]): string {
  const facts = edits.flatMap(({ path, before, after }) => fact(path.slice(1), after ?? before));
  return facts
    .sort((a, b) => a.rank - b.rank)
    .slice(0, FACTS)
    .map(({ text }) => text)
    .join(", ");
}

interface Fact {
  readonly rank: number;
  readonly text: string;
}

/** Properties that repeat the key of the object. */
const NAMING: ReadonlySet<string> = new Set(["name", "type"]);

function fact(property: string, value: Json | undefined): Fact[] {
  if (value === undefined || NAMING.has(property)) return [];
  const name = printable(property);
  if (property === "description") return [{ rank: 0, text: shortValue(value) }];
  if (typeof value === "string") return [textFact(property, value)];
  if (value !== null && typeof value === "object") {
    return isCollection(property) ? [{ rank: 2, text: `${Object.keys(value).length} ${name}` }] : [];
  }
  return [{ rank: 4, text: `${name} ${JSON.stringify(value)}` }];
}

function textFact(property: string, value: string): Fact {
  if (value.startsWith(`${property}/`)) return { rank: 1, text: shortText(value) };
  return { rank: isReference(value) ? 1 : 3, text: `${printable(property)} ${shortText(value)}` };
}

/** Does a property hold things that are worth counting? The API names those in the plural; settings are no things. */
function isCollection(property: string): boolean {
  return property.endsWith("s") && !/settings$/i.test(property);
}

/** Does a text look like a coordinate? */
function isReference(text: string): boolean {
  return /^[a-z]+(-[a-z]+)*\/\S/.test(text);
}

function shortText(value: string): string {
  const text = [...printable(value)];
  return text.length > 40 ? `${text.slice(0, 39).join("")}…` : text.join("");
}
