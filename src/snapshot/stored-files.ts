import { digestText } from "../canonical/digest.ts";
import type { Obj } from "../model/json.ts";
import { parseJson, type ParsedJson } from "./json-text.ts";

/** A file as it was read, without its bytes where those are no longer needed. */
export interface StoredFile {
  /** SHA-256 of its text. */
  readonly digest: string;
  /** What a JSON file holds, or the text of any other. */
  readonly content: ParsedJson | string;
}

/** Files of a directory by relative path. */
export type StoredFiles = ReadonlyMap<string, StoredFile>;

/**
 * What directories hold that are read for one comparison, by digest: most of it is the same in both, and then it is parsed and
 * held once. What is equal is one and the same, which is all that comparing it takes.
 */
export interface SeenFiles {
  readonly contents: Map<string, StoredFile["content"]>;
  /** Objects together with the text beside them, by both digests. */
  readonly objects: Map<string, Obj>;
}

/** Nothing seen yet. */
export function seenFiles(): SeenFiles {
  return { contents: new Map(), objects: new Map() };
}

/** A file with its text taken apart; JSON by its name. */
export function storedFile(path: string, text: string, { contents }: SeenFiles): StoredFile {
  const digest = digestText(text);
  const isJson = path.endsWith(".json");
  const key = isJson ? digest : `text ${digest}`;
  const known = contents.get(key);
  if (known !== undefined) return { digest, content: known };
  const content = isJson ? parseJson(text) : text;
  contents.set(key, content);
  return { digest, content };
}
