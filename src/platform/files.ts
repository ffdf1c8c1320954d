import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import * as fs from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { byCodePoint } from "../model/json.ts";
import type { DirectoryForm, Files } from "../model/ports.ts";
import { isDirectory, notUtf8, systemCode, unreadable, unwritable } from "./file-errors.ts";
import { syncDirectory } from "./file-system.ts";
import { recoverDirectory, removeTemporaries, restoreDirectory, temporaryName } from "./leftovers.ts";
import { assertReplaceable, replaceDirectory } from "./replace-directory.ts";

/** The file system of this machine. Relative paths start at the working directory; missing parents are created. */
export function nodeFiles(): Files {
  return {
    // A snapshot is thousands of small files; reading them through the thread pool takes several times as long.
    read: async (path) => orUndefined(path, async () => textOf(path, readFileSync(path))),
    write: async (path, text) => writing(path, () => writeAtomically(path, text)),
    createPrivate: async (path, text) => {
      await writing(path, () => createPrivate(path, text));
      return textOf(path, readFileSync(path));
    },
    isOpenToOthers: async (path) => {
      const state = await orUndefined(path, () => fs.stat(path));
      return state !== undefined && process.platform !== "win32" && (state.mode & OF_OTHERS) !== 0;
    },
    append: async (path, line) => writing(path, () => appendLine(path, line)),
    replaceDirectory: async (path, files) => writing(path, () => replaceDirectory(fs, path, files)),
    assertReplaceable: async (path, form) => writing(path, () => probeReplaceable(path, form)),
    list: async (path) => orUndefined(path, () => listFiles(path), path),
    assertWritable: async (path) => writing(path, () => probe(path)),
    replaceable: async (path) => orUndefined(path, () => textToReplace(path)),
  };
}

/** The bits of a mode that are about the group and everybody else (POSIX `chmod`). */
const OF_OTHERS = 0o077;

/**
 * The text of a file. Anything but UTF-8 is refused, because what stands for the unreadable characters would go on into names.
 * Records of one line each are taken as they are: a kill may have cut their last line off in the middle of a character.
 */
function textOf(path: string, bytes: Buffer): string {
  if (!path.endsWith(".jsonl") && !isUtf8(bytes)) throw notUtf8(path, bytes);
  return bytes.toString("utf8");
}

async function textToReplace(path: string): Promise<string | undefined> {
  const state = await fs.stat(path);
  if (state.isDirectory()) throw isDirectory(path);
  return state.isFile() ? readFileSync(path, "utf8") : undefined;
}

async function probeReplaceable(path: string, form: DirectoryForm): Promise<void> {
  await recoverDirectory(fs, path);
  await assertReplaceable(fs, path, form);
  await probe(dirname(resolve(path)));
}

async function writing(path: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** What is missing may be a directory whose replacement was killed half-way: then it is put back first. */
async function orUndefined<T>(path: string, work: () => Promise<T>, directory = dirname(path)): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (systemCode(error) !== "ENOENT") throw unreadable(path, error);
  }
  try {
    await restoreDirectory(fs, directory);
    return await work();
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw unreadable(path, error);
  }
}

/** A rename replaces whatever is there, so devices and pipes (`/dev/stdout`) are written in place. */
async function writeAtomically(path: string, text: string): Promise<void> {
  const target = await fs.realpath(path).catch(() => resolve(path));
  const current = await fs.stat(target).catch(() => undefined);
  if (current !== undefined && !current.isFile()) return fs.writeFile(target, text);
  await fs.mkdir(dirname(target), { recursive: true });
  await removeTemporaries(fs, target).catch(() => undefined);
  const fresh = join(dirname(target), temporaryName(target));
  try {
    await writeNew(fresh, text, current?.mode);
    await fs.rename(fresh, target);
  } catch (error) {
    await fs.rm(fresh, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncDirectory(fs, dirname(target));
}

/** Writes a file that is not there yet, and waits until it is on the disk. */
async function writeNew(path: string, text: string, mode: number | undefined): Promise<void> {
  const file = await fs.open(path, "wx", mode);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A link to a complete file appears in one step, and only where there is none of its name. */
async function createPrivate(path: string, text: string): Promise<void> {
  await fs.mkdir(dirname(path), { recursive: true });
  await removeTemporaries(fs, path).catch(() => undefined);
  const fresh = join(dirname(path), temporaryName(path));
  try {
    await writeNew(fresh, text, 0o600);
    await fs.link(fresh, path);
  } catch (error) {
    if (systemCode(error) !== "EEXIST") throw error;
  } finally {
    await fs.rm(fresh, { force: true }).catch(() => undefined);
  }
  await syncDirectory(fs, dirname(path));
}

/** A line that a kill cut off is ended first, so that it spoils only itself. */
async function appendLine(path: string, line: string): Promise<void> {
  await fs.mkdir(dirname(path), { recursive: true });
  const file = await fs.open(path, "a+");
  try {
    const { size } = await file.stat();
    const last = size === 0 ? "\n" : (await file.read(Buffer.alloc(1), 0, 1, size - 1)).buffer.toString();
    await file.appendFile(`${last === "\n" ? "" : "\n"}${line.replace(/\n$/, "")}\n`);
    await file.sync();
    if (size === 0) await syncDirectory(fs, dirname(path));
  } finally {
    await file.close();
  }
}

/** Links are not followed: what they lead to is not part of the directory. */
async function listFiles(path: string): Promise<string[]> {
  const entries = await fs.readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(path, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort(byCodePoint);
}

/** Permission bits do not tell (root, read-only file systems), so a file is really created in the nearest directory. */
async function probe(path: string): Promise<void> {
  const target = resolve(path);
  const state = await fs.stat(target).catch((error: unknown) => {
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  });
  if (state?.isDirectory() !== true) {
    if (state !== undefined && !state.isFile()) return;
    return probeParent(target);
  }
  const file = join(target, temporaryName("probe"));
  await fs.writeFile(file, "", { flag: "wx" });
  await fs.rm(file);
}

async function probeParent(target: string): Promise<void> {
  const parent = dirname(target);
  if (parent !== target) await probe(parent);
}
