import type { Json } from "../model/json.ts";
import { mapTexts } from "./embedded.ts";
import { secretsIn, type NamedText } from "./look-for-secrets.ts";

type Path = readonly (string | number)[];

/** Shown in a report in place of a value that looks like a secret. */
const MASK = "(looks like a secret)";

/** Values to look through, and the name of each, which says something where the value is a bare text. */
export interface NamedValue {
  readonly name: string;
  readonly value: Json;
}

/** A text inside a value: which value, and where in it. */
interface Leaf extends NamedText {
  readonly value: number;
  readonly path: Path;
}

/** A place in one of the values. */
export interface SecretPlace {
  /** Position of the value in the list. */
  readonly value: number;
  readonly path: Path;
  /** Line of a text that has several, from 1. */
  readonly line?: number;
}

/** Where in the values something looks like a secret. */
export async function secretPlaces(values: readonly NamedValue[]): Promise<SecretPlace[]> {
  const leaves = leavesOf(values);
  return (await secretsIn(leaves)).flatMap(({ text: at, start }): SecretPlace[] => {
    const leaf = leaves[at];
    if (leaf === undefined) return [];
    const { value, path, text } = leaf;
    const line = text.slice(0, start).split("\n").length;
    return [text.includes("\n") ? { value, path, line } : { value, path }];
  });
}

/** The values, each with what looks like a secret masked. */
export async function masked(values: readonly NamedValue[]): Promise<Json[]> {
  const leaves = leavesOf(values);
  const texts = leaves.map(({ text }) => text);
  // From the end, so that the places before stay right.
  for (const { text, start, end } of (await secretsIn(leaves)).reverse()) {
    const now = texts[text] ?? "";
    texts[text] = now.slice(0, start) + MASK + now.slice(end);
  }
  let next = 0;
  return values.map(({ value }) => mapTexts(value, (text) => texts[next++] ?? text));
}

function leavesOf(values: readonly NamedValue[]): Leaf[] {
  const leaves: Leaf[] = [];
  values.forEach(({ name, value }, at) => {
    mapTexts(value, (text, path) => {
      const last = [...path].reverse().find((segment) => typeof segment === "string");
      leaves.push({ name: last ?? name, text, value: at, path });
      return text;
    });
  });
  return leaves;
}
