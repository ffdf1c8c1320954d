import type { Kind } from "../model/kind.ts";
import type { Files } from "../model/ports.ts";
import { LockstepError } from "../model/error.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { readSnapshot, readStored, type StoredSnapshot } from "./read-snapshot.ts";
import { asSnapshotFiles, REPOSITORY_FILE } from "./repository-directory.ts";
import { FILE, isCompared } from "./snapshot-layout.ts";
import { seenFiles, storedFile, type SeenFiles, type StoredFile } from "./stored-files.ts";
import { validateSnapshot } from "./validate.ts";

/**
 * The files of a snapshot directory: relative path → text. A repository is given as the snapshot that it stands for. Looks
 * no further when there is neither a manifest nor the mark of a repository, so that a mistyped path costs nothing.
 * @throws LockstepError `file-unreadable`, `repository-malformed`
 */
export async function directoryFiles(
  files: Files,
  directory: string,
  kinds: ReadonlyMap<string, Kind>,
): Promise<ReadonlyMap<string, string>> {
  const isRepository = (await files.read(`${directory}/${FILE.manifest}`)) === undefined;
  const mark = isRepository ? REPOSITORY_FILE : FILE.manifest;
  const text = await files.read(`${directory}/${mark}`);
  if (text === undefined) return new Map();
  const texts = new Map([[mark, text], ...(await comparedFiles(files, directory))]);
  return isRepository ? asSnapshotFiles(texts, kinds, directory) : texts;
}

async function comparedFiles(files: Files, directory: string): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for await (const [path, text] of eachFile(files, directory)) texts.set(path, text);
  return texts;
}

/** The files that belong to a snapshot or a repository, one after another, so that nobody has to hold all of their texts. */
async function* eachFile(files: Files, directory: string): AsyncGenerator<readonly [path: string, text: string]> {
  for (const path of (await files.list(directory)) ?? []) {
    if (!isCompared(path) && path !== FILE.run) continue;
    const text = await files.read(`${directory}/${path}`);
    if (text !== undefined) yield [path, text];
  }
}

/**
 * The snapshot in a directory.
 * @param seen what directories hold that were read before for the same purpose
 * @throws LockstepError as {@link readStored}, and `file-unreadable`
 */
export async function loadSnapshot(
  files: Files,
  directory: string,
  kinds: ReadonlyMap<string, Kind>,
  seen: SeenFiles = seenFiles(),
): Promise<StoredSnapshot> {
  const manifest = await files.read(`${directory}/${FILE.manifest}`);
  if (manifest === undefined) return readSnapshot(await directoryFiles(files, directory, kinds), kinds, directory);
  const stored = new Map<string, StoredFile>([[FILE.manifest, storedFile(FILE.manifest, manifest, seenFiles())]]);
  for await (const [path, text] of eachFile(files, directory)) stored.set(path, storedFile(path, text, seen));
  return readStored({ name: directory, files: stored, seen }, kinds);
}

/**
 * The repository in a directory, checked as a whole: nobody but its author has looked at the files.
 * @throws LockstepError `not-a-repository`, `repository-malformed`, `repository-invalid`, and those of {@link readSnapshot}
 */
export async function loadRepository(
  files: Files,
  directory: string,
  kinds: ReadonlyMap<string, Kind>,
): Promise<Snapshot> {
  if ((await files.read(`${directory}/${REPOSITORY_FILE}`)) === undefined) {
    const hint = "Write one with `lockstep snapshot primary --repository -o DIR`, or correct repository.directory.";
    throw new LockstepError("not-a-repository", `${directory} holds no ${REPOSITORY_FILE}`, hint, { file: directory });
  }
  const texts = await directoryFiles(files, directory, kinds);
  const { snapshot } = readSnapshot(texts, kinds, directory);
  const [first, ...more] = validateSnapshot(texts, kinds);
  if (first === undefined) return snapshot;
  const { file, path, expected, found, coordinate } = first;
  throw new LockstepError(
    "repository-invalid",
    `Expected ${expected}, found ${found}${more.length === 0 ? "" : ` (and ${String(more.length)} more)`}`,
    "Correct the file; `lockstep validate DIR` lists everything.",
    { file: `${directory}/${file}`, path: path === "" ? undefined : path, coordinate },
  );
}
