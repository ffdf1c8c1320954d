import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { LockstepError } from "../model/error.ts";
import { byCodePoint, canonicalJson, isObj, listOf, textOf, type Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import type { KindCounts, Manifest, Snapshot } from "../model/snapshot.ts";
import { digestText } from "../canonical/digest.ts";
import { schema } from "./generated/repository.ts";
import { parseJson } from "./json-text.ts";
import { NORMALISER_VERSION } from "../canonical/normalise.ts";
import { contentReferences, nameIndex, parentReference, references } from "../canonical/references.ts";
import { snapshotFiles } from "./snapshot-files.ts";
import { coordinateOfPath, FILE, isCompared, kindDigests, NO_FILES } from "./snapshot-layout.ts";
import { shapeCheck } from "./validate-shape.ts";

/** The file that marks a directory as a repository. It takes the place of the manifest, so that objects can be edited by hand. */
export const REPOSITORY_FILE = "repository.json";

/** What a repository is called where a snapshot has the id and the name of its organisation. */
export const REPOSITORY_ORG = "repository";

type Texts = ReadonlyMap<string, string>;
type Kinds = ReadonlyMap<string, Kind>;

/**
 * The files of a repository as those of a snapshot: a manifest that counts what is there, and every object under its own
 * coordinate as its id, because no organisation has given it one. Kinds that are only referred to count as incomplete:
 * their objects belong to the organisations.
 * @param texts relative path → text, with {@link REPOSITORY_FILE}
 * @param name of the directory, for errors
 * @throws LockstepError `repository-malformed`
 */
export function asSnapshotFiles(texts: Texts, kinds: Kinds, name: string): Map<string, string> {
  const mark = markOf(texts, name);
  const files = new Map([...texts].filter(([path]) => path !== REPOSITORY_FILE && path.includes("/")));
  const paths = [...files.keys()].filter(isCompared).sort(byCodePoint);
  const objects = new Map<Coordinate, string>();
  for (const path of paths) {
    const coordinate = coordinateOfPath(path);
    if (coordinate !== undefined && !objects.has(coordinate)) objects.set(coordinate, path);
  }
  const external = listOf(mark["external"]).map((coordinate) => textOf(coordinate));
  files.set(FILE.ids, canonicalJson(Object.fromEntries([...objects.keys(), ...external].map((one) => [one, one]))));
  for (const file of [FILE.revisions, FILE.state]) files.set(file, "{}\n");
  files.set(FILE.findings, "[]\n");
  const digests = Object.fromEntries([...files].map(([path, text]) => [path, digestText(text)]));
  const manifest: Manifest = {
    org: { id: REPOSITORY_ORG, name: REPOSITORY_ORG, homeDivision: textOf(mark["homeDivision"]) },
    region: "",
    tool: "",
    normaliser: mark["normaliser"] as number,
    complete: true,
    kinds: countsOf(objects.keys(), kinds, kindDigests(digests)),
    files: Object.fromEntries(objects),
    digests,
  };
  return files.set(FILE.manifest, canonicalJson(manifest));
}

function countsOf(
  coordinates: Iterable<Coordinate>,
  kinds: Kinds,
  digests: ReadonlyMap<string, string>,
): Manifest["kinds"] {
  const held = new Map<string, number>([...kinds.keys()].map((kind) => [kind, 0]));
  for (const coordinate of coordinates) {
    const { kind } = splitCoordinate(coordinate);
    held.set(kind, (held.get(kind) ?? 0) + 1);
  }
  return Object.fromEntries(
    [...held]
      .sort(([a], [b]) => byCodePoint(a, b))
      .map(([kind, count]): [string, KindCounts] => {
        const counts = { listed: count, read: count, kept: count, digest: digests.get(kind) ?? NO_FILES };
        return [kind, kinds.get(kind)?.mode === "map" ? { ...counts, incomplete: "no part of a repository" } : counts];
      }),
  );
}

function markOf(texts: Texts, name: string): Obj {
  const parsed = parseJson(texts.get(REPOSITORY_FILE) ?? "");
  if (!("value" in parsed)) {
    throw malformed(
      name,
      `line ${parsed.error.line}, column ${parsed.error.column}`,
      `expected JSON, found ${parsed.found}`,
    );
  }
  const [problem] = shapeCheck(schema)(REPOSITORY_FILE, parsed.value);
  if (problem !== undefined)
    throw malformed(name, problem.path, `expected ${problem.expected}, found ${problem.found}`);
  return isObj(parsed.value) ? parsed.value : {};
}

function malformed(directory: string, path: string, what: string): LockstepError {
  const file = `${directory}/${REPOSITORY_FILE}`;
  const hint = "Correct the file; `lockstep snapshot primary --repository -o DIR` writes one.";
  return new LockstepError("repository-malformed", `${file}: ${what}`, hint, { file, path });
}

/**
 * The files of a repository made from a snapshot: its objects, without ids, counts and operational state. What the objects
 * refer to and no file holds is named in {@link REPOSITORY_FILE}.
 */
export function repositoryFiles(snapshot: Snapshot, kinds: Kinds, tool: string): Map<string, string> {
  const written = new Map([...snapshot.objects].filter(([coordinate]) => modeOf(kinds, coordinate) === "write"));
  const files = snapshotFiles({ ...snapshot, objects: written }, kinds, tool, {});
  const kept = [...files].filter(([path]) => path.includes("/") || path === FILE.attributes);
  const { homeDivision } = snapshot.org;
  const mark = { normaliser: NORMALISER_VERSION, homeDivision, external: externalOf(snapshot, written, kinds) };
  return new Map([...kept, [REPOSITORY_FILE, canonicalJson(mark)]]);
}

function externalOf(snapshot: Snapshot, written: ReadonlyMap<Coordinate, Obj>, kinds: Kinds): Coordinate[] {
  const named = nameIndex(snapshot.ids.keys());
  const found = new Set<Coordinate>();
  for (const [coordinate, object] of written) {
    const { kind: name, key } = splitCoordinate(coordinate);
    const kind = kinds.get(name);
    if (kind === undefined) continue;
    const parent = parentReference(kind, key);
    const targets = [
      ...(parent === undefined ? [] : [parent]),
      ...references(kind, object).map((reference) => reference.coordinate),
      ...contentReferences(kind, object).flatMap((reference) => named(reference) ?? []),
    ];
    for (const target of targets) {
      if (modeOf(kinds, target) === "write" && snapshot.ids.has(target) && !written.has(target)) found.add(target);
    }
  }
  return [...found].sort(byCodePoint);
}

function modeOf(kinds: Kinds, coordinate: Coordinate): Kind["mode"] | undefined {
  return kinds.get(splitCoordinate(coordinate).kind)?.mode;
}
