import { randomBytes } from "node:crypto";
import { basename, dirname, join, resolve } from "node:path";
import { systemCode } from "./file-errors.ts";
import { entriesOf, exists, type FileSystem } from "./file-system.ts";

/** `new`: being filled; `old`: moved aside to make room. */
type Role = "new" | "old";

/** A name beside the directory that tells its role and which process made it. */
export function besideName(target: string, role: Role): string {
  return join(dirname(target), `.${basename(target)}.${role}-${process.pid}-${randomBytes(6).toString("hex")}`);
}

/**
 * Puts back the directory that a killed replacement moved aside, when nothing has taken its place. Does nothing when it
 * must not write here.
 */
export async function restoreDirectory(system: FileSystem, path: string): Promise<void> {
  const target = resolve(path);
  for (const { leftover, role } of await leftoversOf(system, target)) {
    if (role === "old") await renameUnlessTaken(system, leftover, target);
  }
}

/** Finishes a replacement that was killed: restores the directory, and removes what dead processes left. */
export async function recoverDirectory(system: FileSystem, path: string): Promise<void> {
  await restoreDirectory(system, path);
  for (const { leftover, pid } of await leftoversOf(system, resolve(path))) {
    if (isGone(pid)) await removeIfPossible(system, leftover);
  }
}

/** A name for a file that is written before it takes the place of another one. It tells which process made it. */
export function temporaryName(path: string): string {
  return `.${basename(path)}.${process.pid}-${randomBytes(6).toString("hex")}.tmp`;
}

/** Removes what processes that were killed left beside a file when they wrote it. */
export async function removeTemporaries(system: FileSystem, path: string): Promise<void> {
  const start = `.${basename(path)}.`;
  for (const name of await entriesOf(system, dirname(path))) {
    const pid = name.startsWith(start) ? /^(\d+)-[0-9a-f]{12}\.tmp$/.exec(name.slice(start.length))?.[1] : undefined;
    if (pid !== undefined && Number(pid) !== process.pid && isGone(Number(pid)))
      await removeIfPossible(system, join(dirname(path), name));
  }
}

/** Removes a directory; what cannot be removed now is a leftover that a later run tries again. */
export async function removeIfPossible(system: FileSystem, path: string): Promise<void> {
  await system.rm(path, { recursive: true, force: true }).catch(() => undefined);
}

interface Leftover {
  readonly leftover: string;
  readonly role: Role;
  readonly pid: number;
}

async function leftoversOf(system: FileSystem, target: string): Promise<Leftover[]> {
  const start = `.${basename(target)}.`;
  const names = (await entriesOf(system, dirname(target))).filter((name) => name.startsWith(start));
  return names.flatMap((name) => {
    const match = /^(new|old)-(\d+)-[0-9a-f]{12}$/.exec(name.slice(start.length));
    if (match === null) return [];
    const role = match[1] === "old" ? "old" : "new";
    return [{ leftover: join(dirname(target), name), role, pid: Number(match[2]) }];
  });
}

/** Has the process that made a leftover ended? One with our own id made it before we were started. */
function isGone(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return systemCode(error) === "ESRCH";
  }
}

/** A rename onto a directory that holds files fails, which is how we learn that the place is taken. */
async function renameUnlessTaken(system: FileSystem, from: string, to: string): Promise<void> {
  if (await exists(system, to)) return;
  await system.rename(from, to).catch(() => undefined);
}
