import type * as fs from "node:fs/promises";
import { systemCode } from "./file-errors.ts";

/** The operations on a file system that replacing a directory takes; tests let them fail at any point. */
export type FileSystem = Pick<
  typeof fs,
  "open" | "mkdir" | "readdir" | "readFile" | "copyFile" | "rename" | "rm" | "realpath" | "lstat"
>;

/** The names in a directory; none when there is no directory. */
export async function entriesOf(system: FileSystem, path: string): Promise<string[]> {
  try {
    return await system.readdir(path);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return [];
    throw error;
  }
}

/** Is there anything at the path? */
export async function exists(system: FileSystem, path: string): Promise<boolean> {
  try {
    await system.lstat(path);
    return true;
  } catch (error) {
    if (systemCode(error) === "ENOENT") return false;
    throw error;
  }
}

/** Makes new names in a directory last; systems that cannot sync a directory do it by themselves. */
export async function syncDirectory(system: Pick<FileSystem, "open">, path: string): Promise<void> {
  try {
    const directory = await system.open(path, "r");
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  } catch (error) {
    if (!["EISDIR", "EPERM", "EACCES", "EINVAL"].includes(systemCode(error))) throw error;
  }
}
