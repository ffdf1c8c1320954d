import { tooDeepAt } from "./json-depth.ts";
import type { Json } from "./json.ts";

/** A line of a file in JSON Lines format; `value` is undefined where the line is not JSON, or too deep to walk. */
export interface JsonLine {
  /** 1-based. */
  readonly number: number;
  readonly value: Json | undefined;
}

/** Values in JSON Lines format: one line each, every line ended. */
export function jsonLines(values: readonly Json[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join("");
}

/** The lines of a text in JSON Lines format, without empty ones and without a last one that a crash cut off. */
export function parseJsonLines(text: string): JsonLine[] {
  const lines = text.split("\n");
  return lines.flatMap((line, at) => {
    const value = valueOf(line);
    const torn = value === undefined && at === lines.length - 1;
    return line === "" || torn ? [] : [{ number: at + 1, value }];
  });
}

function valueOf(line: string): Json | undefined {
  if (tooDeepAt(line) !== undefined) return undefined;
  try {
    return JSON.parse(line) as Json;
  } catch {
    return undefined;
  }
}
