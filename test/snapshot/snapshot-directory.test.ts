import { describe, expect, it } from "vitest";
import type { Files } from "../../src/model/ports.ts";
import { directoryFiles, loadSnapshot } from "../../src/snapshot/snapshot-directory.ts";
import { snapshotFiles } from "../../src/snapshot/snapshot-files.ts";
import { seenFiles } from "../../src/snapshot/stored-files.ts";
import { FAKE_KINDS, FAKE_SNAPSHOT } from "./fake-snapshot.ts";

const written = snapshotFiles(FAKE_SNAPSHOT, FAKE_KINDS, "lockstep", { finishedAt: "2026-11-20T12:00:00.000Z" });

/** Files that hold one directory and tell what was asked of them. */
function filesWith(directory: string, texts: ReadonlyMap<string, string>): Files & { readonly asked: string[] } {
  const asked: string[] = [];
  const refuse = (): Promise<never> => Promise.reject(new Error("nothing is written here"));
  return {
    asked,
    read: async (path) => {
      asked.push(path);
      return texts.get(path.slice(directory.length + 1));
    },
    list: async (path) => {
      asked.push(path);
      return path === directory ? [...texts.keys()].sort() : undefined;
    },
    write: refuse,
    append: refuse,
    replaceDirectory: refuse,
    assertReplaceable: refuse,
    assertWritable: refuse,
    createPrivate: refuse,
    isOpenToOthers: refuse,
    replaceable: refuse,
  };
}

describe("a snapshot directory", () => {
  it("is read as a whole, without notes and hidden files", async () => {
    const files = filesWith("snapshots/a", new Map([...written, ["NOTES.md", "ours"], [".cache/x", "y"]]));
    const { snapshot, takenAt } = await loadSnapshot(files, "snapshots/a", FAKE_KINDS);
    expect(snapshot.objects).toEqual(FAKE_SNAPSHOT.objects);
    expect(takenAt).toBe("2026-11-20T12:00:00.000Z");
    expect(files.asked).not.toContain("snapshots/a/NOTES.md");
    expect(files.asked).not.toContain("snapshots/a/.cache/x");
  });

  it("is not searched when it holds no manifest", async () => {
    const files = filesWith("home", new Map([["letter.txt", "dear"]]));
    expect((await directoryFiles(files, "home", FAKE_KINDS)).size).toBe(0);
    expect(files.asked).toEqual(["home/manifest.json", "home/repository.json"]);
    await expect(loadSnapshot(files, "home", FAKE_KINDS)).rejects.toMatchObject({
      code: "not-a-snapshot",
      place: { file: "home/manifest.json" },
    });
  });
});

describe("two snapshot directories that are read for one comparison", () => {
  const objects = new Map(FAKE_SNAPSHOT.objects).set("queue/Other", { name: "Other" });
  const counts = { ...FAKE_SNAPSHOT.counts, queue: { listed: 4, read: 4, kept: 4 } };
  const other = snapshotFiles({ ...FAKE_SNAPSHOT, objects, counts }, FAKE_KINDS, "lockstep", {});

  it("share what is equal, and nothing else", async () => {
    const seen = seenFiles();
    const [one, two] = [
      await loadSnapshot(filesWith("a", written), "a", FAKE_KINDS, seen),
      await loadSnapshot(filesWith("b", other), "b", FAKE_KINDS, seen),
    ];
    for (const [at, object] of one.snapshot.objects) expect(two.snapshot.objects.get(at)).toBe(object);
    expect(two.snapshot.objects).toEqual(objects);
  });

  it.each([
    ["changed", (text: string) => text.replace("Other", "Another"), "snapshot-damaged"],
    ["broken", (text: string) => text.slice(1), "snapshot-malformed"],
  ])("are each refused where one of its files is %s, whatever the other holds", async (_what, spoil, code) => {
    const seen = seenFiles();
    await loadSnapshot(filesWith("a", written), "a", FAKE_KINDS, seen);
    const spoiled = new Map([...other].map(([path, text]) => [path, path.includes("Other") ? spoil(text) : text]));
    await expect(loadSnapshot(filesWith("b", spoiled), "b", FAKE_KINDS, seen)).rejects.toMatchObject({ code });
  });
});
