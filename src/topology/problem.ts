import type { Coordinate } from "../model/coordinate.ts";
import type { Json } from "../model/json.ts";

/** One thing that is wrong with a snapshot on disk. */
export interface Problem {
  /** Stable, lower-case, hyphenated. */
  readonly code: string;
  /** Path inside the snapshot directory. */
  readonly file: string;
  /** An RFC 6901 pointer or `line N, column N` inside the file; empty for the file as a whole. */
  readonly path: string;
  readonly expected: string;
  readonly found: string;
  readonly coordinate?: Coordinate;
}

const LONGEST_SHOWN = 60;

/** A value as problems show it: JSON on one line, shortened. */
export function shown(value: Json | undefined): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}
