import { dirname, isAbsolute, join, resolve, sep } from "node:path";
import { LockstepError } from "../model/error.ts";
import type { DirectoryForm } from "../model/ports.ts";
import { systemCode } from "./file-errors.ts";
import { entriesOf, syncDirectory, type FileSystem } from "./file-system.ts";
import { besideName, recoverDirectory, removeIfPossible } from "./leftovers.ts";

/** The file that tells what a directory is: that of a snapshot, and that of a repository. */
const MARKS: { readonly [form in DirectoryForm]: string } = {
  snapshot: "manifest.json",
  repository: "repository.json",
};

/** Files written at the same time; the disk gathers their syncs. */
const CONCURRENCY = 32;

/**
 * Puts a directory with these files in the place of the one at `path`. Everything is on disk under another name before
 * the old directory is moved aside and the new one takes its name, so a kill leaves the old or the new one:
 * {@link recoverDirectory} finishes what was begun. Plain files at the top of the old directory that are not JSON (notes,
 * `.gitattributes`) are taken along.
 * @throws LockstepError `not-a-snapshot` for a directory that holds something else; errors of the system as they are
 */
export async function replaceDirectory(
  system: FileSystem,
  path: string,
  files: ReadonlyMap<string, string>,
): Promise<void> {
  const target = await followLinks(system, path);
  await system.mkdir(dirname(target), { recursive: true });
  await recoverDirectory(system, target);
  await assertReplaceable(system, target, files.has(MARKS.repository) ? "repository" : "snapshot");
  const fresh = besideName(target, "new");
  try {
    await writeTree(system, fresh, files);
    await takeAlong(system, target, fresh, files);
    await swap(system, target, fresh);
  } catch (error) {
    await recoverDirectory(system, target).catch(() => undefined);
    throw error;
  }
}

/**
 * Refuses to replace a directory that holds anything of another form, so that a mistyped path costs nothing.
 * @throws LockstepError `not-a-snapshot`
 */
export async function assertReplaceable(system: FileSystem, path: string, form: DirectoryForm): Promise<void> {
  const names = await entriesOf(system, path);
  if (names.length === 0) return;
  const mark = MARKS[form];
  if (!names.includes(mark)) throw notASnapshot(path, form, `it holds files but no ${mark}`);
  for (const name of names.filter((name) => name.startsWith("."))) {
    if (name === ".git" || (await system.lstat(join(path, name))).isDirectory()) {
      throw notASnapshot(path, form, `it holds ${name}, which is not part of a ${form}`);
    }
  }
  if (isForeign(await system.readFile(join(path, mark), "utf8"))) {
    throw notASnapshot(path, form, `its ${mark} is not one of a ${form}`);
  }
}

/** A manifest that cannot be parsed may well be a damaged one of ours. */
function isForeign(manifest: string): boolean {
  try {
    const value: unknown = JSON.parse(manifest);
    return typeof value !== "object" || value === null || !("normaliser" in value);
  } catch {
    return false;
  }
}

function notASnapshot(path: string, form: DirectoryForm, why: string): LockstepError {
  return new LockstepError(
    "not-a-snapshot",
    `${path} will not be replaced: ${why}`,
    `Name a new or empty directory, or one that holds a ${form} and nothing else.`,
    { file: path },
  );
}

async function followLinks(system: FileSystem, path: string): Promise<string> {
  try {
    return await system.realpath(path);
  } catch {
    return resolve(path);
  }
}

async function writeTree(system: FileSystem, directory: string, files: ReadonlyMap<string, string>): Promise<void> {
  const paths = [...files].map(([relative, text]) => ({ path: inside(directory, relative), text }));
  const folders = new Set([directory, ...paths.map(({ path }) => dirname(path))]);
  for (const folder of folders) await system.mkdir(folder, { recursive: true });
  const queue = paths.values();
  const work = async (): Promise<void> => {
    for (const { path, text } of queue) await writeSynced(system, path, text);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  for (const folder of folders) await syncDirectory(system, folder);
}

function inside(directory: string, relative: string): string {
  const path = join(directory, relative);
  if (isAbsolute(relative) || !path.startsWith(directory + sep)) {
    throw new LockstepError(
      "file-unwritable",
      `${relative} is outside of ${directory}`,
      "This is a defect: report it.",
    );
  }
  return path;
}

async function writeSynced(system: FileSystem, path: string, text: string): Promise<void> {
  const file = await system.open(path, "wx");
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function takeAlong(
  system: FileSystem,
  from: string,
  to: string,
  files: ReadonlyMap<string, string>,
): Promise<void> {
  for (const name of await entriesOf(system, from)) {
    if (files.has(name) || name.endsWith(".json")) continue;
    if ((await system.lstat(join(from, name))).isFile()) await system.copyFile(join(from, name), join(to, name));
  }
}

async function swap(system: FileSystem, target: string, fresh: string): Promise<void> {
  const old = besideName(target, "old");
  const hadOld = await renameUnlessMissing(system, target, old);
  await system.rename(fresh, target);
  await syncDirectory(system, dirname(target));
  if (hadOld) await removeIfPossible(system, old);
}

async function renameUnlessMissing(system: FileSystem, from: string, to: string): Promise<boolean> {
  try {
    await system.rename(from, to);
    return true;
  } catch (error) {
    if (systemCode(error) === "ENOENT") return false;
    throw error;
  }
}
