import type { Json } from "../model/json.ts";

const LONGEST = 60;

/** A text from an organisation, made safe for a terminal: control and formatting characters cannot act. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, "\uFFFD");
}

/** A value on one line, shortened. */
export function shortValue(value: Json | undefined): string {
  if (value === undefined) return "nothing";
  const text = printable(JSON.stringify(value));
  return text.length > LONGEST ? `${[...text].slice(0, LONGEST - 1).join("")}…` : text;
}

/** `1 object`, `2 objects`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
