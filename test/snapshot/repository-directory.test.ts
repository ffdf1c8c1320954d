import { describe, expect, it } from "vitest";
import type { Files } from "../../src/model/ports.ts";
import { asSnapshotFiles, REPOSITORY_FILE, repositoryFiles } from "../../src/snapshot/repository-directory.ts";
import { loadRepository } from "../../src/snapshot/snapshot-directory.ts";
import { validateSnapshot } from "../../src/snapshot/validate.ts";
import { FAKE_KINDS, FAKE_SNAPSHOT } from "./fake-snapshot.ts";

const DIRECTORY = "organisation";
const WRITTEN = repositoryFiles(FAKE_SNAPSHOT, FAKE_KINDS, "lockstep");

function filesWith(texts: ReadonlyMap<string, string>): Files {
  const refuse = (): Promise<never> => Promise.reject(new Error("nothing is written here"));
  return {
    read: async (path) => texts.get(path.slice(DIRECTORY.length + 1)),
    list: async () => [...texts.keys()].sort(),
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

const load = (texts: ReadonlyMap<string, string>): ReturnType<typeof loadRepository> =>
  loadRepository(filesWith(texts), DIRECTORY, FAKE_KINDS);

describe("a repository", () => {
  it("holds the objects of a snapshot and nothing that belongs to its organisation", () => {
    const names = [...WRITTEN.keys()].filter((path) => !path.includes("/"));
    expect(names.sort()).toEqual([".gitattributes", REPOSITORY_FILE]);
    expect([...WRITTEN.values()].join("\n")).not.toMatch(/q-1|o-1|u-1|eu-west-1/);
  });

  it("gives the same objects back, each under its coordinate as its id", async () => {
    const snapshot = await load(WRITTEN);
    expect(snapshot.objects).toEqual(FAKE_SNAPSHOT.objects);
    expect(snapshot.ids.get("queue/Billing")).toBe("queue/Billing");
    expect(snapshot.org).toEqual({ id: "repository", name: "repository", homeDivision: "Home" });
    expect(snapshot.counts["queue"]).toMatchObject({ kept: 3 });
    expect(snapshot.complete).toBe(true);
  });

  it("is sound as a snapshot, whatever its organisation's people are", () => {
    expect(validateSnapshot(asSnapshotFiles(WRITTEN, FAKE_KINDS, DIRECTORY), FAKE_KINDS)).toEqual([]);
  });

  it("takes objects that were added by hand", async () => {
    const snapshot = await load(new Map([...WRITTEN, ["queue/Sales.json", '{"name":"Sales"}']]));
    expect(snapshot.objects.get("queue/Sales")).toEqual({ name: "Sales" });
    expect(snapshot.counts["queue"]).toMatchObject({ kept: 4 });
  });

  it("names what its objects refer to and every organisation has by itself", () => {
    const platform = new Map([...FAKE_SNAPSHOT.ids, ["flow/inqueue:Platform", "f-9"]]);
    const objects = new Map([["queue/Billing", { name: "Billing", flow: "flow/inqueue:Platform" }]]);
    const files = repositoryFiles({ ...FAKE_SNAPSHOT, ids: platform, objects }, FAKE_KINDS, "lockstep");
    expect(JSON.parse(files.get(REPOSITORY_FILE) ?? "")).toEqual({
      external: ["flow/inqueue:Platform"],
      homeDivision: "Home",
      normaliser: 1,
    });
    expect(validateSnapshot(asSnapshotFiles(files, FAKE_KINDS, DIRECTORY), FAKE_KINDS)).toEqual([]);
  });

  it.each([
    ["no mark", new Map([["queue/Billing.json", "{}"]]), "not-a-repository", "organisation"],
    [
      "a mark that is not JSON",
      new Map([[REPOSITORY_FILE, "{"]]),
      "repository-malformed",
      "organisation/repository.json",
    ],
    [
      "an unknown key",
      new Map([[REPOSITORY_FILE, '{"normaliser":1,"ids":{}}']]),
      "repository-malformed",
      "organisation/repository.json",
    ],
    ["no version", new Map([[REPOSITORY_FILE, "{}"]]), "repository-malformed", "organisation/repository.json"],
    [
      "another canonical form",
      new Map([[REPOSITORY_FILE, '{"normaliser":99}']]),
      "snapshot-normaliser",
      "organisation/manifest.json",
    ],
    ["an unknown kind", new Map([...WRITTEN, ["kew/A.json", "{}"]]), "unknown-kind", "organisation/manifest.json"],
    [
      "a field that no schema has",
      new Map([...WRITTEN, ["queue/A.json", '{"name":"A","id":"x"}']]),
      "repository-invalid",
      "organisation/queue/A.json",
    ],
    [
      "a reference to nothing",
      new Map([...WRITTEN, ["queue/A.json", '{"name":"A","flow":"flow/x:y"}']]),
      "repository-invalid",
      "organisation/queue/A.json",
    ],
    ["a broken file", new Map([...WRITTEN, ["queue/A.json", "{"]]), "snapshot-malformed", "organisation/queue/A.json"],
    [
      "a text without its object",
      new Map([...WRITTEN, ["flow/inqueue%3AB.yaml", "to: Billing\n"]]),
      "snapshot-damaged",
      "organisation/flow/inqueue%3AB.yaml",
    ],
  ])("is refused with %s", async (_name, texts, code, file) => {
    await expect(load(texts)).rejects.toMatchObject({ code, place: { file } });
  });
});
