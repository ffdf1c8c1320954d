import type { Code } from "../model/catalogue/codes.ts";
import type { Coordinate } from "../model/coordinate.ts";
import type { Json } from "../model/json.ts";

/** One thing that is wrong with a snapshot on disk. */
export type Problem = {
  readonly code: Code;
  /** Path inside the snapshot directory. */
  readonly file: string;
  /** An RFC 6901 pointer or `line N, column N` inside the file; empty for the file as a whole. */
  readonly path: string;
  readonly expected: string;
  readonly found: string;
  readonly coordinate?: Coordinate;
};

const LONGEST_SHOWN = 60;

/** A value as problems show it: JSON on one line, shortened. */
export function shown(value: Json | undefined): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  if (text.length <= LONGEST_SHOWN) return text;
  // Twice as many units hold at least as many characters, and a long text is not taken apart as a whole.
  const characters = [...text.slice(0, 2 * LONGEST_SHOWN + 2)];
  return characters.length > LONGEST_SHOWN ? `${characters.slice(0, LONGEST_SHOWN).join("")}…` : text;
}
