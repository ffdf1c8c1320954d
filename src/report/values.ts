import type { Json } from "../model/json.ts";
import type { Edit } from "../model/report.ts";
import { printable } from "../model/printable.ts";
import { keyNamed } from "./told-edits.ts";
import { isReference } from "./value-text.ts";
import { isCollection, wordsOf } from "./words.ts";

const LONGEST = 60;

/** A value on one line, shortened. */
export function shortValue(value: Json | undefined): string {
  if (value === undefined) return "nothing";
  const text = [...printable(JSON.stringify(value))];
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1).join("")}…` : text.join("");
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
  const name = wordsOf(printable(property));
  if (property === "description") return [{ rank: 0, text: shortValue(value) }];
  if (typeof value === "string") return [textFact(property, value)];
  if (value !== null && typeof value === "object") {
    return isCollection(property) ? [{ rank: 2, text: `${Object.keys(value).length} ${name}` }] : [];
  }
  return [{ rank: 4, text: `${name} ${JSON.stringify(value)}` }];
}

function textFact(property: string, value: string): Fact {
  const key = keyNamed(property, value);
  const text = `${wordsOf(printable(property))} ${shortText(key ?? value)}`;
  return { rank: isReference(value) ? 1 : 3, text };
}

function shortText(value: string): string {
  const text = [...printable(value)];
  return text.length > 40 ? `${text.slice(0, 39).join("")}…` : text.join("");
}
