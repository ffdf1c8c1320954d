import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { byCodePoint, canonicalJson, type Json, type Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import type { Finding, KindCounts, Manifest, Snapshot } from "../model/snapshot.ts";
import { digestText } from "../canonical/digest.ts";
import { fileNames } from "./file-name.ts";
import { NORMALISER_VERSION } from "../canonical/normalise.ts";
import { contentPath, FILE, isCompared, kindDigests, NO_FILES, objectPath } from "./snapshot-layout.ts";

export { readSnapshot } from "./read-snapshot.ts";

/**
 * The files of a snapshot directory: relative path → text. Equal snapshots give equal bytes, whatever the order of
 * their maps; only `run.json` tells one run from another.
 * @param tool program and version, for the manifest
 * @param run what this run cost and when it was, for `run.json`
 */
export function snapshotFiles(
  snapshot: Snapshot,
  kinds: ReadonlyMap<string, Kind>,
  tool: string,
  run: Obj,
): Map<string, string> {
  const paths = objectPaths(snapshot.objects.keys());
  const files = new Map<string, string>();
  for (const [coordinate, path] of paths) {
    const object = snapshot.objects.get(coordinate);
    if (object !== undefined) addObject(files, kinds.get(splitCoordinate(coordinate).kind), path, object);
  }
  files.set(FILE.ids, canonicalJson(Object.fromEntries(snapshot.ids)));
  files.set(FILE.revisions, canonicalJson(Object.fromEntries(snapshot.revisions)));
  files.set(FILE.state, canonicalJson(Object.fromEntries(snapshot.state)));
  files.set(FILE.findings, canonicalJson(sortedFindings(snapshot.findings)));
  const manifest = canonicalJson(manifestOf(snapshot, tool, paths, files));
  files.set(FILE.manifest, manifest);
  // Says which state was found, so that the record of a later run that found the same one can take its place.
  files.set(FILE.run, canonicalJson({ ...run, manifest: digestText(manifest) }));
  files.set(FILE.attributes, "* -text\n");
  return files;
}

/** The path of each object in a snapshot that holds these. */
export function objectPaths(coordinates: Iterable<Coordinate>): Map<Coordinate, string> {
  const byKind = new Map<string, Map<string, Coordinate>>();
  for (const coordinate of coordinates) {
    const { kind, key } = splitCoordinate(coordinate);
    const keys = byKind.get(kind) ?? new Map<string, Coordinate>();
    byKind.set(kind, keys);
    keys.set(key, coordinate);
  }
  return new Map(
    [...byKind].flatMap(([kind, keys]) =>
      [...fileNames([...keys.keys()])].map(([key, name]) => [keys.get(key) ?? "", objectPath(kind, name)] as const),
    ),
  );
}

function addObject(files: Map<string, string>, kind: Kind | undefined, path: string, object: Obj): void {
  const beside = kind && contentPath(kind, path);
  const text = kind?.content && object[kind.content.at];
  if (kind?.content === undefined || beside === undefined || typeof text !== "string") {
    files.set(path, canonicalJson(object));
    return;
  }
  const { [kind.content.at]: _, ...rest } = object;
  files.set(path, canonicalJson(rest));
  files.set(beside, text);
}

function manifestOf(
  snapshot: Snapshot,
  tool: string,
  paths: ReadonlyMap<Coordinate, string>,
  files: ReadonlyMap<string, string>,
): Manifest {
  const digests = Object.fromEntries(
    [...files].filter(([path]) => isCompared(path)).map(([path, text]) => [path, digestText(text)]),
  );
  const byKind = kindDigests(digests);
  const kinds = Object.entries(snapshot.counts).map(([kind, counts]): [string, KindCounts] => [
    kind,
    { ...counts, digest: byKind.get(kind) ?? NO_FILES },
  ]);
  return {
    org: snapshot.org,
    region: snapshot.region,
    tool,
    normaliser: NORMALISER_VERSION,
    complete: snapshot.complete,
    ...(snapshot.secretsKey === undefined ? {} : { secretsKey: snapshot.secretsKey }),
    kinds: Object.fromEntries(kinds),
    files: Object.fromEntries(paths),
    digests,
  };
}

function sortedFindings(findings: readonly Finding[]): Json[] {
  const order = ({ coordinate, path, code, message }: Finding): string =>
    JSON.stringify([coordinate, path ?? "", code, message]);
  return [...findings].sort((a, b) => byCodePoint(order(a), order(b))).map((finding): Obj => ({ ...finding }));
}
