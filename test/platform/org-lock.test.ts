import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { takeLock } from "../../src/platform/org-lock.ts";

const LOCK = new URL("../../dist/platform/org-lock.js", import.meta.url).href;

/**
 * Takes the lock again and again, and looks each time whether it is alone. At the end it takes it again and is gone
 * without giving it back.
 */
const RIVAL = `
import { open, rm } from "node:fs/promises";
import { takeLock } from ${JSON.stringify(LOCK)};
const [path, name] = process.argv.slice(1);
const taken = async () => {
  for (;;) {
    try {
      return await takeLock(path, { name, shared: false });
    } catch (error) {
      if (error.code !== "org-in-use") throw error;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }
};
let alone = 0;
for (let turn = 0; turn < 15; turn += 1) {
  const held = await taken();
  const inside = await open(path + ".inside", "wx");
  await new Promise((resolve) => setTimeout(resolve, 1));
  await inside.close();
  await rm(path + ".inside");
  alone += 1;
  await held.release();
}
await taken();
process.stdout.write(String(alone), () => process.exit(0));
`;

let directory = "";
let path = "";

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "lockstep-lock-"));
  path = join(directory, "org.json");
});

afterEach(() => rm(directory, { recursive: true, force: true }));

/** Id of a process that has ended. */
async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "exit");
  return child.pid ?? 0;
}

async function rival(name: string): Promise<string> {
  const child = spawn(process.execPath, ["--input-type=module", "-e", RIVAL, path, name]);
  const told: Buffer[] = [];
  child.stdout.on("data", (bytes: Buffer) => void told.push(bytes));
  child.stderr.on("data", (bytes: Buffer) => void told.push(bytes));
  await once(child, "close");
  return Buffer.concat(told).toString();
}

describe("the lock of an organisation", () => {
  it("is held by one of many, also where each one leaves it behind", async () => {
    await writeFile(path, JSON.stringify({ holder: "gone", pid: await deadProcess() }));
    const rivals = ["a", "b", "c", "d", "e"].map((name) => rival(name));
    expect(await Promise.all(rivals)).toEqual(rivals.map(() => "15"));
    await (await takeLock(path, { name: "last", shared: false })).release();
    expect(await readdir(directory)).toEqual([]);
  });

  it("is given back by its holder and by nobody who held it before", async () => {
    const holder = { name: "ours", shared: true };
    const [first, second] = [await takeLock(path, holder), await takeLock(path, holder)];
    const text = await readFile(path, "utf8");
    await first.release();
    expect(await readFile(path, "utf8")).toBe(text);
    await second.release();
    expect(await readdir(directory)).toEqual([]);
  });

  it("is taken over from a process that ended while it took it over itself", async () => {
    const pid = await deadProcess();
    await writeFile(path, JSON.stringify({ holder: "gone", pid }));
    const { createHash } = await import("node:crypto");
    const digest = createHash("sha256")
      .update(await readFile(path))
      .digest("hex");
    await writeFile(`${path}.${digest.slice(0, 16)}`, JSON.stringify({ holder: "", pid }));
    await (await takeLock(path, { name: "ours", shared: false })).release();
    expect(await readdir(directory)).toEqual([]);
  });

  it("tells who holds it", async () => {
    const holder = "urn:pulumi:standby::lockstep::pulumi:providers:gclockstep::standby";
    await writeFile(path, JSON.stringify({ holder, pid: process.ppid }));
    for (const name of [holder, "lockstep apply or sync"]) {
      await expect(takeLock(path, { name, shared: false })).rejects.toMatchObject({
        code: "org-in-use",
        message: `the stack standby (process ${process.ppid}) works on this organisation`,
        place: { file: path },
      });
    }
    expect(await readdir(directory)).toEqual(["org.json"]);
  });

  it("that cannot be written is told as any file", async () => {
    await writeFile(path, "");
    await expect(takeLock(join(path, "org.json"), { name: "ours", shared: false })).rejects.toMatchObject({
      code: "file-unwritable",
    });
  });
});
