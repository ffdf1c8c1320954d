import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { LockstepError, type ErrorPlace } from "../model/error.ts";
import { isObj, objectsOf, textOf, type Json, type Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import type { Finding, Manifest, Snapshot } from "../model/snapshot.ts";
import { NORMALISER_VERSION } from "../canonical/normalise.ts";
import type { Problem } from "./problem.ts";
import { contentPath, FILE } from "./snapshot-layout.ts";
import { seenFiles, storedFile, type SeenFiles, type StoredFiles } from "./stored-files.ts";
import { integrityProblems } from "./validate-integrity.ts";
import { METADATA_CHECKS } from "./validate-shape.ts";

/** A snapshot as it was on disk. */
export interface StoredSnapshot {
  readonly snapshot: Snapshot;
  readonly manifest: Manifest;
  /** When this state was last found in its organisation, ISO 8601; empty where nothing says so. */
  readonly takenAt: string;
  /** When the last reading began that was not narrowed, by the organisation's clock; undefined where nothing says so. */
  readonly completeAt: string | undefined;
  /** When the last reading began that relied on no audit log. */
  readonly fullAt: string | undefined;
}

/** The files of a directory, and its name for errors. */
interface Directory {
  readonly name: string;
  readonly files: StoredFiles;
  readonly seen: SeenFiles;
}

/** The snapshot in the files of a directory (relative path → text), as {@link readStored}. */
export function readSnapshot(
  texts: ReadonlyMap<string, string>,
  kinds: ReadonlyMap<string, Kind>,
  name = "",
): StoredSnapshot {
  const seen = seenFiles();
  const files = new Map([...texts].map(([path, text]) => [path, storedFile(path, text, seen)]));
  return readStored({ name, files, seen }, kinds);
}

/**
 * The snapshot in the files of a directory.
 * @throws LockstepError `not-a-snapshot`, `snapshot-malformed` with the line, `snapshot-normaliser`, `unknown-kind`,
 *   `snapshot-damaged` when the manifest does not match the files
 */
export function readStored(directory: Directory, kinds: ReadonlyMap<string, Kind>): StoredSnapshot {
  const { files } = directory;
  const manifest = readManifest(directory);
  assertKnown(directory, manifest, kinds);
  const objects = new Map<Coordinate, Obj>();
  for (const [coordinate, path] of Object.entries(manifest.files)) {
    const kind = kinds.get(splitCoordinate(coordinate).kind);
    const object = parseFile(directory, path);
    if (object !== undefined)
      objects.set(coordinate, withContent(directory, kind, path, objectIn(directory, path, object)));
  }
  const ids = metadata(directory, FILE.ids);
  const revisions = metadata(directory, FILE.revisions);
  const state = metadata(directory, FILE.state);
  const findings = metadata(directory, FILE.findings);
  assertIntact(directory, integrityProblems(manifest, digestsOf(files), kinds));
  const { kinds: counted, org, region, complete, secretsKey } = manifest;
  const counts = Object.fromEntries(Object.entries(counted).map(([kind, { digest: _, ...rest }]) => [kind, rest]));
  const snapshot: Snapshot = {
    org,
    region,
    complete,
    ...(secretsKey === undefined ? {} : { secretsKey }),
    counts,
    objects,
    ids: new Map(entriesOf(ids).map(([coordinate, id]) => [coordinate, textOf(id)])),
    revisions: new Map(entriesOf(revisions) as [Coordinate, { [part: string]: string }][]),
    state: new Map(entriesOf(state) as [Coordinate, Obj][]),
    findings: objectsOf(findings) as Finding[],
  };
  return { snapshot, manifest, ...timesOf(files) };
}

function digestsOf(files: StoredFiles): Map<string, string> {
  return new Map([...files].map(([path, { digest }]) => [path, digest]));
}

/** A record of a run counts where it is about this state, and nowhere else: then the state is that old. */
function timesOf(files: StoredFiles): Pick<StoredSnapshot, "takenAt" | "completeAt" | "fullAt"> {
  const parsed = files.get(FILE.run)?.content;
  const run = typeof parsed === "object" && "value" in parsed && isObj(parsed.value) ? parsed.value : {};
  const { manifest, finishedAt, completeAt, fullAt } = run;
  const isOfThis = manifest === undefined || manifest === files.get(FILE.manifest)?.digest;
  if (!isOfThis) return { takenAt: "", completeAt: undefined, fullAt: undefined };
  const isTime = (value: Json | undefined): value is string => typeof value === "string" && value !== "";
  return {
    takenAt: textOf(finishedAt),
    completeAt: isTime(completeAt) ? completeAt : undefined,
    fullAt: isTime(fullAt) ? fullAt : undefined,
  };
}

function readManifest(directory: Directory): Manifest {
  if (!directory.files.has(FILE.manifest)) {
    throw new LockstepError(
      "not-a-snapshot",
      `${directory.name === "" ? "the directory" : directory.name} holds no ${FILE.manifest}`,
      "Take a snapshot with `lockstep snapshot ORG -o DIR`, or name the directory that holds one.",
      { file: inDirectory(directory, FILE.manifest) },
    );
  }
  const value = metadata(directory, FILE.manifest);
  const manifest = value as Manifest;
  if (manifest.normaliser !== NORMALISER_VERSION) {
    throw new LockstepError(
      "snapshot-normaliser",
      `The snapshot is in version ${manifest.normaliser} of the canonical form, this program uses ${NORMALISER_VERSION}`,
      "Take a new snapshot with this version of lockstep.",
      { file: inDirectory(directory, FILE.manifest), path: "/normaliser" },
    );
  }
  return manifest;
}

function assertKnown(directory: Directory, manifest: Manifest, kinds: ReadonlyMap<string, Kind>): void {
  const named = [...Object.keys(manifest.kinds), ...Object.keys(manifest.files).map((at) => splitCoordinate(at).kind)];
  const unknown = named.find((kind) => !kinds.has(kind));
  if (unknown === undefined) return;
  throw new LockstepError(
    "unknown-kind",
    `The snapshot holds objects of kind ${JSON.stringify(unknown)}, which this program does not know`,
    "Use the version of lockstep that took it, or take a new snapshot; `lockstep kinds` lists what is known.",
    { file: inDirectory(directory, FILE.manifest), path: "/kinds" },
  );
}

function metadata(directory: Directory, file: string): Json {
  const value = parseFile(directory, file) ?? (file === FILE.findings ? [] : {});
  const [problem] = METADATA_CHECKS.get(file)?.(file, value) ?? [];
  if (problem !== undefined) throw malformed(directory, problem);
  return value;
}

/** The value of a JSON file; undefined when it is missing, which the comparison with the manifest reports. */
function parseFile(directory: Directory, file: string): Json | undefined {
  const parsed = directory.files.get(file)?.content;
  if (parsed === undefined || typeof parsed === "string") return undefined;
  if ("value" in parsed) return parsed.value;
  const path = `line ${parsed.error.line}, column ${parsed.error.column}`;
  throw malformed(directory, { file, path, expected: "JSON", found: parsed.found });
}

function objectIn(directory: Directory, file: string, value: Json): Obj {
  if (isObj(value)) return value;
  throw malformed(directory, { file, path: "", expected: "an object", found: "another value" });
}

function withContent(directory: Directory, kind: Kind | undefined, path: string, object: Obj): Obj {
  const beside = kind && contentPath(kind, path);
  const text = beside === undefined ? undefined : directory.files.get(beside);
  if (kind?.content === undefined || typeof text?.content !== "string") return object;
  const { objects } = directory.seen;
  const key = `${kind.name} ${directory.files.get(path)?.digest ?? ""} ${text.digest}`;
  const known = objects.get(key);
  if (known !== undefined) return known;
  const whole = { ...object, [kind.content.at]: text.content };
  objects.set(key, whole);
  return whole;
}

function entriesOf(value: Json): [string, Json][] {
  return isObj(value) ? Object.entries(value) : [];
}

function assertIntact(directory: Directory, problems: readonly Problem[]): void {
  const [first] = problems;
  if (first === undefined) return;
  const more = problems.length === 1 ? "" : ` (and ${problems.length - 1} more)`;
  throw new LockstepError(
    "snapshot-damaged",
    `${inDirectory(directory, first.file)}: expected ${first.expected}, found ${first.found}${more}`,
    "Restore the directory from version control or take a new snapshot; `lockstep validate DIR` lists everything.",
    place(directory, first),
  );
}

function malformed(directory: Directory, problem: Omit<Problem, "code">): LockstepError {
  const at = problem.path === "" ? "" : ` at ${problem.path}`;
  return new LockstepError(
    "snapshot-malformed",
    `${inDirectory(directory, problem.file)}${at}: expected ${problem.expected}, found ${problem.found}`,
    "Restore the directory from version control or take a new snapshot; `lockstep validate DIR` lists everything.",
    place(directory, problem),
  );
}

function place(directory: Directory, problem: Omit<Problem, "code">): ErrorPlace {
  const { coordinate, path } = problem;
  return { file: inDirectory(directory, problem.file), path: path === "" ? undefined : path, coordinate };
}

function inDirectory(directory: Directory, file: string): string {
  return directory.name === "" ? file : `${directory.name}/${file}`;
}
