import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import type { Kind } from "../model/kind.ts";
import type { Manifest } from "../model/snapshot.ts";
import type { Problem } from "./problem.ts";
import { contentPath, coordinateOfPath, FILE, isCompared, kindDigests, NO_FILES } from "./snapshot-layout.ts";

/** SHA-256 of the files that are there, by path. */
type Digests = ReadonlyMap<string, string>;

/** Where a manifest and the files beside it do not agree. */
export function integrityProblems(manifest: Manifest, files: Digests, kinds: ReadonlyMap<string, Kind>): Problem[] {
  const unlisted = unlistedProblems(manifest, files, kinds);
  const misnamed = nameProblems(manifest);
  // Where every file is listed, and under the coordinate that its name stands for, no two stand for one.
  const areOwn = unlisted.length === 0 && misnamed.length === 0;
  return [
    ...digestProblems(manifest, files),
    ...unlisted,
    ...misnamed,
    ...(areOwn ? [] : duplicateProblems(files, kinds)),
    ...countProblems(manifest, kinds),
  ];
}

function digestProblems(manifest: Manifest, files: Digests): Problem[] {
  return Object.entries(manifest.digests).flatMap(([file, expected]): Problem[] => {
    const found = files.get(file);
    if (found === undefined) {
      return [{ code: "missing-file", file, path: "", expected: "the file that the manifest lists", found: "no file" }];
    }
    if (found === expected) return [];
    return [{ code: "digest-mismatch", file, path: "", expected: `sha256 ${expected}`, found: `sha256 ${found}` }];
  });
}

/** Every compared file has a digest; every file of an object, and no other, has a coordinate. */
function unlistedProblems(manifest: Manifest, files: Digests, kinds: ReadonlyMap<string, Kind>): Problem[] {
  const listed = new Set<string>(Object.values(FILE));
  for (const [coordinate, path] of Object.entries(manifest.files)) {
    const kind = kinds.get(splitCoordinate(coordinate).kind);
    listed.add(path).add((kind && contentPath(kind, path)) ?? path);
  }
  return [...files.keys()]
    .filter((file) => isCompared(file) && !(Object.hasOwn(manifest.digests, file) && listed.has(file)))
    .map((file) => ({
      code: "unexpected-file",
      file,
      path: "",
      expected: "only files that the manifest lists",
      found: "a file that it does not list",
    }));
}

function nameProblems(manifest: Manifest): Problem[] {
  return Object.entries(manifest.files).flatMap(([coordinate, file]): Problem[] => {
    if (!Object.hasOwn(manifest.digests, file)) {
      const expected = "a digest for the file of every object";
      return [{ code: "missing-digest", file, path: "", expected, found: "none in the manifest", coordinate }];
    }
    const decoded = coordinateOfPath(file);
    if (decoded === coordinate) return [];
    const found = decoded === undefined ? "a name that stands for no key" : `a name that stands for ${decoded}`;
    return [{ code: "file-name-mismatch", file, path: "", expected: `the file of ${coordinate}`, found, coordinate }];
  });
}

function duplicateProblems(files: Digests, kinds: ReadonlyMap<string, Kind>): Problem[] {
  const first = new Map<Coordinate, string>();
  return [...files.keys()].flatMap((file): Problem[] => {
    const coordinate = isCompared(file) ? coordinateOfPath(file) : undefined;
    if (coordinate === undefined || !kinds.has(splitCoordinate(coordinate).kind)) return [];
    const other = first.get(coordinate);
    if (other === undefined) {
      first.set(coordinate, file);
      return [];
    }
    const expected = `one file for ${coordinate}`;
    return [{ code: "duplicate-key", file, path: "", expected, found: `${other} stands for it too`, coordinate }];
  });
}

/** Objects of kinds that are only referred to have no files, so nothing here can be counted against them. */
function countProblems(manifest: Manifest, kinds: ReadonlyMap<string, Kind>): Problem[] {
  const held = new Map<string, number>();
  for (const coordinate of Object.keys(manifest.files)) {
    const { kind } = splitCoordinate(coordinate);
    held.set(kind, (held.get(kind) ?? 0) + 1);
  }
  const digests = kindDigests(manifest.digests);
  const problem = (path: string, expected: string, found: string): Problem => ({
    code: "count-mismatch",
    file: FILE.manifest,
    path,
    expected,
    found,
  });
  const unlisted = [...held.keys()]
    .filter((kind) => !Object.hasOwn(manifest.kinds, kind))
    .map((kind) => problem("/kinds", `counts for ${kind}`, "none"));
  const wrong = Object.entries(manifest.kinds).flatMap(([kind, counts]): Problem[] => {
    const objects = held.get(kind) ?? 0;
    const digest = digests.get(kind) ?? NO_FILES;
    const at = `/kinds/${kind}`;
    return [
      ...(kinds.get(kind)?.mode === "map" || counts.kept === objects
        ? []
        : [problem(`${at}/kept`, `${counts.kept} objects`, `${objects} objects`)]),
      ...(counts.digest === digest ? [] : [problem(`${at}/digest`, `sha256 ${counts.digest}`, `sha256 ${digest}`)]),
    ];
  });
  return [...unlisted, ...wrong];
}
