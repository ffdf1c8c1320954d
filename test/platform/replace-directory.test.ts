import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FileSystem } from "../../src/platform/file-system.ts";
import { nodeFiles } from "../../src/platform/files.ts";
import { replaceDirectory } from "../../src/platform/replace-directory.ts";

const files = nodeFiles();
const filesOf = (text: string): Map<string, string> =>
  new Map([
    ["manifest.json", `{"normaliser":1,"text":"${text}"}`],
    ["queue/A.json", text],
    ["queue/deep~/B.json", text],
  ]);

let place = "";
let path = "";

beforeEach(async () => {
  place = await fs.mkdtemp(join(tmpdir(), "lockstep-replace-"));
  path = join(place, "snapshot");
});
afterEach(async () => {
  await fs.rm(place, { recursive: true, force: true });
});

/** A file system that works for so many operations and then not at all, as after a kill. */
function dyingAfter(operations: number): { system: FileSystem; died: () => boolean } {
  let left = operations;
  const system = new Proxy<FileSystem>(fs, {
    get:
      (target, name: keyof FileSystem) =>
      (...args: never[]) => {
        left -= 1;
        if (left < 0) return Promise.reject(new Error("killed"));
        return Reflect.apply(target[name], target, args) as unknown;
      },
  });
  return { system, died: () => left < 0 };
}

async function contentOf(directory: string): Promise<string[]> {
  const texts = await Promise.all(
    ((await files.list(directory)) ?? []).map(async (file) => `${file}: ${await files.read(join(directory, file))}`),
  );
  return texts;
}

const expected = (text: string): string[] => [...filesOf(text)].map(([file, content]) => `${file}: ${content}`).sort();

describe("a replacement that is killed", () => {
  it("leaves the old or the new directory after any operation, and the next one leaves no trace", async () => {
    const seen = new Set<string>();
    for (let operations = 0; ; operations += 1) {
      await fs.rm(place, { recursive: true, force: true });
      await files.replaceDirectory(path, filesOf("old"));
      const { system, died } = dyingAfter(operations);
      await replaceDirectory(system, path, filesOf("new")).catch(() => undefined);
      const content = await contentOf(path);
      seen.add(JSON.stringify(content));
      expect([expected("old"), expected("new")]).toContainEqual(content);
      await files.replaceDirectory(path, filesOf("newer"));
      expect(await contentOf(path)).toEqual(expected("newer"));
      expect(await fs.readdir(place)).toEqual(["snapshot"]);
      if (!died()) break;
    }
    expect(seen.size).toBe(2);
  });

  it("is finished by whoever reads first, also one file", async () => {
    await files.replaceDirectory(join(place, `.snapshot.old-${process.pid}-0123456789ab`), filesOf("old"));
    expect(await files.read(join(path, "manifest.json"))).toBe(filesOf("old").get("manifest.json"));
    expect(await fs.readdir(place)).toEqual(["snapshot"]);
  });

  it("is left unchanged while its process lives, and names that only look alike are not touched", async () => {
    const alive = `.snapshot.new-${process.ppid}-0123456789ab`;
    const alike = [".snapshot.old-holiday", ".snapshot.new-1-zz", ".snapshots.old-1-0123456789ab"];
    for (const name of [alive, ...alike]) await files.write(join(place, name, "x"), "x");
    await files.replaceDirectory(path, filesOf("new"));
    expect((await fs.readdir(place)).sort()).toEqual([alive, ...alike, "snapshot"].sort());
  });
});
