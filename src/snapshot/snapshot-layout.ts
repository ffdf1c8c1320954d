import { coordinateOf, splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { byCodePoint } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import type { Manifest } from "../model/snapshot.ts";
import { digestJson } from "../canonical/digest.ts";
import { keyOfFile } from "./file-name.ts";

/** Where things are in a snapshot directory (INTERFACES, "Snapshot directory"). */
export const FILE = {
  manifest: "manifest.json",
  ids: "ids.json",
  revisions: "revisions.json",
  state: "state.json",
  findings: "findings.json",
  run: "run.json",
  /** Keeps Git from changing line ends, which would break digests. */
  attributes: ".gitattributes",
} as const;

const EXTENSION = ".json";

/** The path of an object's file, from its kind and file name. */
export function objectPath(kind: string, name: string): string {
  return `${kind}/${name}${EXTENSION}`;
}

/** The path of an object's text content, beside its file. */
export function contentPath(kind: Pick<Kind, "content">, path: string): string | undefined {
  return kind.content && `${path.slice(0, -EXTENSION.length)}.${kind.content.extension}`;
}

/** The coordinate that a path tells; undefined when it is not the path of an object. */
export function coordinateOfPath(path: string): Coordinate | undefined {
  const { kind, key: file } = splitCoordinate(path);
  if (kind === "" || !file.endsWith(EXTENSION)) return undefined;
  const key = keyOfFile(file.slice(0, -EXTENSION.length));
  return key === undefined ? undefined : coordinateOf(kind, key);
}

/** Is the file one that a manifest must list? Hidden files and notes beside the manifest are not ours. */
export function isCompared(path: string): boolean {
  if (path === FILE.manifest || path === FILE.run) return false;
  const segments = path.split("/");
  if (segments.some((segment) => segment.startsWith("."))) return false;
  return segments.length > 1 || (Object.values(FILE) as string[]).includes(path);
}

/** The digest of each kind's files, from the digests of all files. */
export function kindDigests(digests: Manifest["digests"]): Map<string, string> {
  const byKind = new Map<string, [string, string][]>();
  for (const entry of Object.entries(digests)) {
    const { kind } = splitCoordinate(entry[0]);
    const entries = byKind.get(kind) ?? [];
    byKind.set(kind, entries);
    entries.push(entry);
  }
  return new Map([...byKind].map(([kind, entries]) => [kind, digestOfEntries(entries)]));
}

/** The digest of a kind without files. */
export const NO_FILES = digestOfEntries([]);

function digestOfEntries(entries: [string, string][]): string {
  return digestJson([...entries].sort(([a], [b]) => byCodePoint(a, b)));
}
