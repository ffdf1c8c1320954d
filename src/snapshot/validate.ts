import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { isObj, objectsOf, textOf, type Json, type Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import type { KindCounts, Manifest } from "../model/snapshot.ts";
import { parseJson, repeatedKeys } from "./json-text.ts";
import { digestText } from "../canonical/digest.ts";
import { NORMALISER_VERSION } from "../canonical/normalise.ts";
import type { Problem } from "./problem.ts";
import { nameIndex } from "../canonical/references.ts";
import { contentPath, FILE } from "./snapshot-layout.ts";
import { integrityProblems } from "./validate-integrity.ts";
import { referenceProblems, type ReferenceIndex, type StoredObject } from "./validate-references.ts";
import { METADATA_CHECKS, RUN_CHECK, shapeCheck } from "./validate-shape.ts";

export type { Problem } from "./problem.ts";

type Texts = ReadonlyMap<string, string>;
type Kinds = ReadonlyMap<string, Kind>;

/**
 * Everything that is wrong with the files of a snapshot directory (relative path → text): whether they are JSON of the
 * right shape without repeated keys, match their manifest, and refer only to what is there. Never throws for bad files.
 */
export function validateSnapshot(files: Texts, kinds: Kinds): Problem[] {
  const problems: Problem[] = [];
  const values = new Map<string, Json>();
  for (const [file, text] of files) if (file.endsWith(".json")) parse(file, text, values, problems);
  for (const [file, check] of METADATA_CHECKS) {
    const value = values.get(file);
    if (value !== undefined) problems.push(...check(file, value));
    else if (!files.has(file)) problems.push(missingFile(file));
  }
  const run = values.get(FILE.run);
  if (run !== undefined) problems.push(...RUN_CHECK(FILE.run, run));
  if (problems.some(({ file }) => file === FILE.manifest)) return problems;
  const manifest = values.get(FILE.manifest) as Manifest;
  problems.push(...versionProblems(manifest), ...unknownKinds(manifest, kinds));
  const digests = new Map([...files].map(([file, text]) => [file, digestText(text)]));
  problems.push(...withoutTwins(integrityProblems(manifest, digests, kinds), problems));
  const stored = storedObjects(manifest, values, files, kinds);
  problems.push(...objectProblems(stored, recordedUnknown(values.get(FILE.findings))));
  const known = knownObjects(manifest, values.get(FILE.ids), objectsOf(values.get(FILE.findings)));
  for (const one of stored) if (isObj(one.object)) problems.push(...referenceProblems(one, known));
  return problems;
}

function parse(file: string, text: string, values: Map<string, Json>, problems: Problem[]): void {
  const parsed = parseJson(text);
  if ("value" in parsed) {
    values.set(file, parsed.value);
    for (const { path, line, column } of repeatedKeys(text)) {
      const found = `another one in line ${line}, column ${column}`;
      problems.push({ code: "duplicate-key", file, path, expected: "each key once in an object", found });
    }
    return;
  }
  const path = `line ${parsed.error.line}, column ${parsed.error.column}`;
  problems.push({ code: "snapshot-malformed", file, path, expected: "JSON", found: parsed.found });
}

function missingFile(file: string): Problem {
  const isManifest = file === FILE.manifest;
  return {
    code: isManifest ? "not-a-snapshot" : "missing-file",
    file,
    path: "",
    expected: isManifest ? "the manifest of a snapshot" : "a file that every snapshot has",
    found: "no file",
  };
}

function versionProblems({ normaliser }: Manifest): Problem[] {
  if (normaliser === NORMALISER_VERSION) return [];
  return [
    {
      code: "snapshot-normaliser",
      file: FILE.manifest,
      path: "/normaliser",
      expected: `version ${NORMALISER_VERSION} of the canonical form`,
      found: `version ${normaliser}`,
    },
  ];
}

function unknownKinds(manifest: Manifest, kinds: Kinds): Problem[] {
  const named = new Set([...Object.keys(manifest.kinds), ...Object.keys(manifest.files).map(kindOf)]);
  const expected = "a kind that this program knows";
  return [...named]
    .filter((kind) => !kinds.has(kind))
    .map((kind) => ({ code: "unknown-kind", file: FILE.manifest, path: "/kinds", expected, found: kind }));
}

function kindOf(coordinate: Coordinate): string {
  return splitCoordinate(coordinate).kind;
}

/** A missing file is told once. */
function withoutTwins(more: readonly Problem[], told: readonly Problem[]): Problem[] {
  return more.filter(({ code, file }) => !told.some((problem) => problem.code === code && problem.file === file));
}

function storedObjects(
  manifest: Manifest,
  values: ReadonlyMap<string, Json>,
  files: Texts,
  kinds: Kinds,
): StoredObject[] {
  return Object.entries(manifest.files).flatMap(([coordinate, file]): StoredObject[] => {
    const { kind: name, key } = splitCoordinate(coordinate);
    const kind = kinds.get(name);
    const value = values.get(file);
    if (kind === undefined || value === undefined) return [];
    return [
      { coordinate, key, kind, file, object: withContent(kind, value, files.get(contentPath(kind, file) ?? "")) },
    ];
  });
}

/** What is not an object keeps its shape here, so that the schema names it. */
function withContent(kind: Kind, value: Json, text: string | undefined): Obj {
  if (!isObj(value) || kind.content === undefined || text === undefined) return value as Obj;
  return { ...value, [kind.content.at]: text };
}

/** Fields that the snapshot itself tells as unknown: the platform grew, the snapshot is sound. */
function recordedUnknown(findings: Json | undefined): ReadonlySet<string> {
  const unknown = objectsOf(findings).filter(({ code }) => code === "unknown-field");
  return new Set(unknown.map(({ coordinate, path }) => JSON.stringify([coordinate, path])));
}

function objectProblems(stored: readonly StoredObject[], recorded: ReadonlySet<string>): Problem[] {
  return stored.flatMap(({ coordinate, kind, file, object }): Problem[] => {
    const shape = shapeCheck(kind.schema)(file, object).filter(
      ({ code, path }) => code !== "unknown-field" || !recorded.has(JSON.stringify([coordinate, path])),
    );
    return shape.map((problem) => ({ ...problem, coordinate }));
  });
}

function knownObjects(manifest: Manifest, ids: Json | undefined, findings: readonly Obj[]): ReferenceIndex {
  const listed = [...Object.keys(manifest.files), ...(isObj(ids) ? Object.keys(ids) : [])];
  // What shares its name with others is there, though the snapshot does not hold it.
  const namesakes = findings.flatMap(({ code, coordinate }) => (code === "duplicate-key" ? [textOf(coordinate)] : []));
  const coordinates = new Set([...listed, ...namesakes]);
  const counts = (kind: string): KindCounts | undefined =>
    Object.hasOwn(manifest.kinds, kind) ? manifest.kinds[kind] : undefined;
  return {
    has: (coordinate) => coordinates.has(coordinate),
    named: nameIndex(coordinates),
    complete: (kind) => counts(kind) !== undefined && counts(kind)?.incomplete === undefined,
    partial: (kind) => counts(kind)?.incomplete !== undefined,
  };
}
