import type { Json } from "../model/json.ts";
import { placeholdersIn, type HiddenSecrets, type Placeholders } from "../model/placeholders.ts";
import { mapTexts } from "./embedded.ts";
import { inOrder, secretsIn, type NamedText, type SecretRange } from "./look-for-secrets.ts";

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
  return replaced(values, leaves, await secretsIn(leaves), () => MASK);
}

/** Values with placeholders in the place of secrets, and what those stand for. */
export interface HiddenValues {
  readonly values: readonly Json[];
  readonly hidden: HiddenSecrets;
}

/**
 * Puts placeholders in the place of what looks like a secret.
 * @param readLive the values come from an organisation: a text there that has the form of a placeholder stands for nothing, and is
 *   hidden too, so that nobody gets at a secret by writing its placeholder somewhere else
 */
export async function withPlaceholders(
  values: readonly NamedValue[],
  placeholders: Placeholders,
  readLive: boolean,
): Promise<HiddenValues> {
  const leaves = leavesOf(values);
  const found = await secretsIn(leaves);
  const ranges = inOrder([
    ...found,
    ...textsIn(leaves, [...placeholders.given.values()]),
    ...(readLive ? lookalikes(leaves) : []),
  ]);
  const hidden = new Map<string, string>();
  const hide = (secret: string): string => {
    const placeholder = placeholders.of(secret);
    hidden.set(placeholder, secret);
    return placeholder;
  };
  return { values: replaced(values, leaves, ranges, hide), hidden };
}

/** Where texts have the form of a placeholder. */
function lookalikes(leaves: readonly Leaf[]): SecretRange[] {
  return leaves.flatMap(({ text }, at) =>
    placeholdersIn(text).map(({ placeholder, at: start }) => ({ text: at, start, end: start + placeholder.length })),
  );
}

/** Shorter secrets occur inside other texts by chance, so that they count only where they are the whole text. */
const SHORTEST_INSIDE = 8;

/** Where these secrets occur. */
function textsIn(leaves: readonly Leaf[], secrets: readonly string[]): SecretRange[] {
  const [known, long] = [new Set(secrets), secrets.filter((secret) => secret.length >= SHORTEST_INSIDE)];
  return leaves.flatMap(({ text }, at) =>
    text !== "" && known.has(text)
      ? [{ text: at, start: 0, end: text.length }]
      : long.flatMap((secret) =>
          startsOf(text, secret).map((start) => ({ text: at, start, end: start + secret.length })),
        ),
  );
}

function startsOf(text: string, part: string): number[] {
  const starts: number[] = [];
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) starts.push(at);
  return starts;
}

function replaced(
  values: readonly NamedValue[],
  leaves: readonly Leaf[],
  ranges: readonly SecretRange[],
  stand: (secret: string) => string,
): Json[] {
  const texts = leaves.map(({ text }) => text);
  // From the end, so that the places before stay right.
  for (const { text, start, end } of [...ranges].reverse()) {
    const now = texts[text] ?? "";
    texts[text] = now.slice(0, start) + stand(now.slice(start, end)) + now.slice(end);
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
