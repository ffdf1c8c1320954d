import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LockstepError } from "../../src/model/error.ts";
import { nodeFiles } from "../../src/platform/files.ts";

const files = nodeFiles();
const isRoot = process.getuid?.() === 0;
const snapshotOf = (text: string): Map<string, string> =>
  new Map([
    ["manifest.json", `{"normaliser":1,"text":"${text}"}`],
    ["queue/Billing.json", text],
  ]);

let place = "";

beforeEach(async () => {
  place = await fs.mkdtemp(join(tmpdir(), "lockstep-files-"));
});
afterEach(async () => {
  await fs.rm(place, { recursive: true, force: true });
});

async function refusal(work: Promise<unknown>): Promise<LockstepError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof LockstepError)) throw new Error(`expected a refusal, got ${String(error)}`);
  return error;
}

/** Root may write anywhere, so the work is done as the account that owns nothing. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  if (!isRoot) return work();
  process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

describe("what a killed write left behind", () => {
  it("is removed by the next one, and what is still being written stays", async () => {
    const [ours, dead] = [`.state.json.${process.pid}-0123456789ab.tmp`, ".state.json.4194305-0123456789ab.tmp"];
    for (const name of [ours, dead]) await fs.writeFile(join(place, name), "half");
    await files.write(join(place, "state.json"), "whole");
    expect((await fs.readdir(place)).sort()).toEqual([ours, "state.json"]);
  });
});

describe("reading", () => {
  it.each([
    ["Latin-1", Buffer.from("name: Anspr\u00fcche\n", "latin1"), "Latin-1"],
    ["UTF-16, little end first", Buffer.from("\ufefforgs: {}\n", "utf16le"), "UTF-16"],
    ["UTF-16, big end first", Buffer.from("\ufefforgs: {}\n", "utf16le").swap16(), "UTF-16"],
    ["UTF-16 without a mark", Buffer.from("orgs: \u00fc\ud83d\n", "utf16le"), "UTF-16"],
  ])("refuses what is not UTF-8: %s", async (_, bytes, encoding) => {
    const file = join(place, "lockstep.yaml");
    await fs.writeFile(file, bytes);
    const error = await refusal(files.read(file));
    expect([error.code, error.place.file]).toEqual(["not-utf8", file]);
    expect(error.message).toContain(encoding);
    expect(error.hint).toContain("UTF-8");
  });

  it("takes records whose last line was cut off in the middle of a character", async () => {
    const file = join(place, "journal.jsonl");
    await fs.writeFile(file, Buffer.from('{"a":1}\n{"name":"\u00fc', "utf8").subarray(0, -1));
    expect(await files.read(file)).toMatch(/^\{"a":1\}\n/);
  });

  it("tells a file that is missing from one that cannot be read", async () => {
    expect(await files.read(join(place, "none"))).toBeUndefined();
    expect(await files.list(join(place, "none"))).toBeUndefined();
    const error = await refusal(files.read(place));
    expect([error.code, error.place.file]).toEqual(["file-unreadable", place]);
    expect(error.hint).toContain("directory");
  });

  it("lists files below, sorted by code point, and follows no links", async () => {
    await files.write(join(place, "b/c.json"), "1");
    await files.write(join(place, "B"), "2");
    await fs.symlink("/etc", join(place, "link"));
    expect(await files.list(place)).toEqual(["B", "b/c.json"]);
  });
});

describe("writing one file", () => {
  it("creates parents, replaces the text and leaves nothing else behind", async () => {
    const path = join(place, "a/b.txt");
    await files.write(path, "old");
    await fs.chmod(path, 0o600);
    await files.write(path, "new");
    expect(await files.read(path)).toBe("new");
    expect((await fs.stat(path)).mode & 0o777).toBe(0o600);
    expect(await fs.readdir(join(place, "a"))).toEqual(["b.txt"]);
  });

  it("writes through a link, and into a device instead of replacing it", async () => {
    await files.write(join(place, "real"), "old");
    await fs.symlink("real", join(place, "link"));
    await files.write(join(place, "link"), "new");
    expect(await files.read(join(place, "real"))).toBe("new");
    await files.write("/dev/null", "gone");
    expect((await fs.stat("/dev/null")).isCharacterDevice()).toBe(true);
  });

  it("names the path and what to do when it cannot", async () => {
    await files.write(join(place, "file"), "text");
    const below = join(place, "file/below");
    for (const verb of ["write", "append", "assertWritable"] as const) {
      const error = await refusal(files[verb](below, ""));
      expect([error.code, error.place.file]).toEqual(["file-unwritable", below]);
      expect(error.hint).toContain("is a file, not a directory");
    }
    expect((await refusal(files.write(place, ""))).code).toBe("file-unwritable");
    expect(await files.read(join(place, "file"))).toBe("text");
  });

  it("refuses a directory without permission", async () => {
    await fs.chmod(place, 0o500);
    const error = await asNobody(() => refusal(files.assertWritable(join(place, "new"))));
    await fs.chmod(place, 0o700);
    expect([error.code, error.hint]).toEqual(["file-unwritable", expect.stringContaining("permission")]);
  });

  it("probes without leaving a trace", async () => {
    await files.assertWritable(join(place, "not/yet/there"));
    await files.assertWritable(place);
    expect(await fs.readdir(place)).toEqual([]);
  });
});

describe("appending", () => {
  it("adds whole lines, also after one that was cut off", async () => {
    const path = join(place, "state/journal");
    await files.append(path, "one");
    await fs.appendFile(path, '{"cut');
    await files.append(path, "two\n");
    await Promise.all(["three", "four"].map((line) => files.append(path, line)));
    const lines = (await files.read(path))?.split("\n");
    expect(lines?.slice(0, 3)).toEqual(["one", '{"cut', "two"]);
    expect(lines?.slice(3).sort()).toEqual(["", "four", "three"]);
  });
});

describe("replacing a directory", () => {
  it("creates it, then replaces it as a whole, and takes plain notes along", async () => {
    const path = join(place, "deep/snapshot");
    await files.replaceDirectory(path, new Map([...snapshotOf("old"), ["skill/Gone.json", "{}"]]));
    await files.write(join(path, "NOTES.md"), "ours");
    await files.replaceDirectory(path, snapshotOf("new"));
    expect(await files.list(path)).toEqual(["NOTES.md", "manifest.json", "queue/Billing.json"]);
    expect(await files.read(join(path, "queue/Billing.json"))).toBe("new");
    expect(await files.read(join(path, "NOTES.md"))).toBe("ours");
    expect(await fs.readdir(join(place, "deep"))).toEqual(["snapshot"]);
  });

  it.each([
    ["files of another sort", "letter.txt", "no manifest.json"],
    ["a manifest of another sort", "manifest.json", "not one of a snapshot"],
  ])("refuses a directory with %s", async (_name, file, why) => {
    await files.write(join(place, file), "{}");
    const replace = (): Promise<void> => files.replaceDirectory(place, snapshotOf("new"));
    for (const work of [replace, () => files.assertReplaceable(place, "snapshot")]) {
      const error = await refusal(work());
      expect([error.code, error.place.file]).toEqual(["not-a-snapshot", place]);
      expect(error.message).toContain(why);
    }
    expect(await files.list(place)).toEqual([file]);
  });

  it.each([".git/HEAD", ".git", ".vscode/settings.json"])("refuses a snapshot that also holds %s", async (file) => {
    const path = join(place, "snapshot");
    await files.replaceDirectory(path, snapshotOf("old"));
    await files.write(join(path, file), "x");
    expect((await refusal(files.replaceDirectory(path, snapshotOf("new")))).code).toBe("not-a-snapshot");
    expect(await files.read(join(path, "queue/Billing.json"))).toBe("old");
    expect(await files.read(join(path, file))).toBe("x");
  });

  it("takes an empty directory, and one whose manifest was cut off", async () => {
    await files.replaceDirectory(place, snapshotOf("first"));
    await files.write(join(place, "manifest.json"), '{"normal');
    await files.replaceDirectory(place, snapshotOf("second"));
    expect(await files.read(join(place, "queue/Billing.json"))).toBe("second");
  });

  it("refuses a file in its place, and paths that lead out of it", async () => {
    const path = join(place, "file");
    await files.write(path, "text");
    expect((await refusal(files.replaceDirectory(path, snapshotOf("new")))).code).toBe("file-unwritable");
    expect((await refusal(files.assertReplaceable(join(path, "below"), "snapshot"))).code).toBe("file-unwritable");
    const escape = new Map([...snapshotOf("new"), ["../escape", "x"]]);
    expect((await refusal(files.replaceDirectory(join(place, "new"), escape))).code).toBe("file-unwritable");
    expect(await fs.readdir(place)).toEqual(["file"]);
  });
});
