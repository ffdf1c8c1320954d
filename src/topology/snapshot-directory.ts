import type { Kind } from "../model/kind.ts";
import type { Files } from "../model/ports.ts";
import { readSnapshot, type StoredSnapshot } from "./read-snapshot.ts";
import { FILE, isCompared } from "./snapshot-layout.ts";

/**
 * The files of a snapshot directory: relative path → text. Looks no further when there is no manifest, so that a
 * mistyped path costs nothing.
 * @throws LockstepError `file-unreadable`
 */
export async function directoryFiles(files: Files, directory: string): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  const manifest = await files.read(`${directory}/${FILE.manifest}`);
  if (manifest === undefined) return texts;
  texts.set(FILE.manifest, manifest);
  const paths = (await files.list(directory)) ?? [];
  for (const path of paths.filter((path) => isCompared(path) || path === FILE.run)) {
    const text = await files.read(`${directory}/${path}`);
    if (text !== undefined) texts.set(path, text);
  }
  return texts;
}

/**
 * The snapshot in a directory.
 * @throws LockstepError as {@link readSnapshot}, and `file-unreadable`
 */
export async function loadSnapshot(
  files: Files,
  directory: string,
  kinds: ReadonlyMap<string, Kind>,
): Promise<StoredSnapshot> {
  return readSnapshot(await directoryFiles(files, directory), kinds, directory);
}
