import { createHash, randomBytes } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { LockstepError } from "../model/error.ts";
import { isObj, textOf } from "../model/json.ts";
import type { HeldLock, LockHolder } from "../model/ports.ts";
import { systemClock } from "./clock.ts";
import { systemCode, unwritable } from "./file-errors.ts";

/** Takes a lock at a path: see {@link takeLock}. */
export type TakeLock = (path: string, holder: LockHolder) => Promise<HeldLock>;

const ATTEMPTS = 50;
const PAUSE_MS = 20;

/**
 * Takes the lock of an organisation. One that a dead process left, or that this provider holds in another process, is taken
 * over. Every lock has a text of its own, so that its file can be told from a later one.
 * @throws LockstepError `org-in-use`, `file-unwritable`
 */
export async function takeLock(path: string, holder: LockHolder): Promise<HeldLock> {
  const text = textOfLock(holder.name);
  try {
    await mkdir(dirname(path), { recursive: true });
    for (let attempt = 1; ; attempt += 1) {
      if (await created(path, text)) return { release: () => release(path, text) };
      const seen = await textIn(path);
      const owner = seen === undefined ? undefined : ownerIn(seen);
      if (attempt === ATTEMPTS || (owner !== undefined && isOther(owner, holder))) throw inUse(owner, path);
      if (seen !== undefined) await discard(path, seen);
      if (attempt > 1) await systemClock.sleep(PAUSE_MS);
    }
  } catch (error) {
    throw unwritable(path, error);
  }
}

function textOfLock(name: string): string {
  return JSON.stringify({ holder: name, pid: process.pid, nonce: randomBytes(12).toString("hex") }) + "\n";
}

/** A lock that cannot be removed is taken over once this process has ended; what was done under it stays done. */
async function release(path: string, text: string): Promise<void> {
  await discard(path, text).catch(() => undefined);
}

interface Owner {
  readonly name: string;
  readonly pid: number;
}

function isOther({ name, pid }: Owner, holder: LockHolder): boolean {
  return pid !== process.pid && !(holder.shared && name === holder.name) && isAlive(pid);
}

/** Makes a file with this text, at once and complete: nobody sees a part of it. @returns false where there is one already */
async function created(path: string, text: string): Promise<boolean> {
  const fresh = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  await writeFile(fresh, text, { flag: "wx" });
  try {
    await link(fresh, path);
    return true;
  } catch (error) {
    if (systemCode(error) === "EEXIST") return false;
    throw error;
  } finally {
    await rm(fresh, { force: true });
  }
}

/**
 * Removes a lock that has this text, and no other. Whoever removes it, its holder too, first makes a claim to that text, and
 * only one can: so the file is the same when it is removed as when it was looked at. A claim is a lock as well, and one of a
 * dead process is removed in the same way, for the next attempt.
 */
async function discard(path: string, text: string): Promise<void> {
  const claim = `${path}.${createHash("sha256").update(text).digest("hex").slice(0, 16)}`;
  const ours = textOfLock("");
  if (await created(claim, ours)) {
    try {
      if ((await textIn(path)) === text) await rm(path, { force: true });
    } finally {
      await rm(claim, { force: true });
    }
    return;
  }
  const theirs = await textIn(claim);
  const owner = theirs === undefined ? undefined : ownerIn(theirs);
  if (theirs !== undefined && owner !== undefined && !isAlive(owner.pid)) await discard(claim, theirs);
}

async function textIn(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

function ownerIn(text: string): Owner | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isObj(value) || typeof value["pid"] !== "number") return undefined;
    return { name: textOf(value["holder"]), pid: value["pid"] };
  } catch {
    return undefined;
  }
}

/** A process of somebody else cannot be signalled and lives. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === "EPERM";
  }
}

function inUse(owner: Owner | undefined, file: string): LockstepError {
  const who = owner === undefined ? "another process" : `${named(owner.name)} (process ${owner.pid})`;
  return new LockstepError(
    "org-in-use",
    `${who} works on this organisation`,
    "Only one may write it at a time. Wait until the other one has ended; if none is running, delete the file.",
    { file },
  );
}

/** A provider is known by its stack: `urn:pulumi:<stack>::<project>::…`. */
function named(holder: string): string {
  const stack = /^urn:pulumi:(.+?)::/.exec(holder)?.[1];
  return stack === undefined ? holder || "another process" : `the stack ${stack}`;
}
