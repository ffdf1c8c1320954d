import { randomBytes } from "node:crypto";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { LockstepError } from "../../model/error.ts";
import { isObj, textOf } from "../../model/json.ts";

/** Who works on an organisation. */
interface Owner {
  readonly urn: string;
  readonly pid: number;
}

/** A lock that is held. */
export interface Held {
  release(): Promise<void>;
}

/** Takes a lock: see {@link takeLock}. */
export type TakeLock = (path: string, urn: string) => Promise<Held>;

/**
 * Takes the lock of an organisation. One that a dead process left, or that this provider holds in another process (the engine
 * starts several), is taken over.
 * @param urn of the provider resource
 * @throws LockstepError `org-in-use`
 */
export async function takeLock(path: string, urn: string): Promise<Held> {
  await mkdir(dirname(path), { recursive: true });
  for (let attempt = 1; ; attempt += 1) {
    if (await created(path, { urn, pid: process.pid })) return { release: () => release(path) };
    const owner = await ownerOf(path);
    if (owner !== undefined && owner.urn !== urn && owner.pid !== process.pid && isAlive(owner.pid))
      throw inUse(owner, path);
    if (attempt === 5) throw inUse(owner ?? { urn: "another provider", pid: 0 }, path);
    await discard(path, owner);
  }
}

async function created(path: string, owner: Owner): Promise<boolean> {
  try {
    const file = await open(path, "wx");
    try {
      await file.writeFile(JSON.stringify(owner) + "\n");
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** Removes the lock that was looked at. Moving it aside first shows whether somebody else has replaced it meanwhile. */
async function discard(path: string, seen: Owner | undefined): Promise<void> {
  const aside = `${path}.${randomBytes(6).toString("hex")}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return;
    throw error;
  }
  const moved = await ownerOf(aside);
  if (moved !== undefined && (moved.pid !== seen?.pid || moved.urn !== seen.urn)) await rename(aside, path);
  else await rm(aside, { force: true });
}

async function release(path: string): Promise<void> {
  const owner = await ownerOf(path);
  if (owner?.pid === process.pid) await rm(path, { force: true });
}

async function ownerOf(path: string): Promise<Owner | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(path, "utf8"));
    if (!isObj(value) || typeof value["pid"] !== "number") return undefined;
    return { urn: textOf(value["urn"]), pid: value["pid"] };
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
    return codeOf(error) === "EPERM";
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

function inUse({ urn, pid }: Owner, file: string): LockstepError {
  return new LockstepError(
    "org-in-use",
    `another provider works on this organisation: ${urn} (process ${pid})`,
    "One provider for each organisation. Wait until the other one has ended; if none is running, delete the file.",
    { file },
  );
}
