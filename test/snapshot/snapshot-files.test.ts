import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LockstepError } from "../../src/model/error.ts";
import type { Obj } from "../../src/model/json.ts";
import type { Manifest, Snapshot } from "../../src/model/snapshot.ts";
import { digestText } from "../../src/canonical/digest.ts";
import { readSnapshot, snapshotFiles } from "../../src/snapshot/snapshot-files.ts";
import { FAKE_KINDS, FAKE_SNAPSHOT } from "./fake-snapshot.ts";

const RUN = { finishedAt: "2026-11-20T12:00:00.000Z" };

const write = (snapshot: Snapshot = FAKE_SNAPSHOT, run: Obj = RUN): Map<string, string> =>
  snapshotFiles(snapshot, FAKE_KINDS, "lockstep 1.2.3", run);

function refusal(files: ReadonlyMap<string, string>, directory?: string): LockstepError {
  try {
    readSnapshot(files, FAKE_KINDS, directory);
  } catch (error) {
    if (error instanceof LockstepError) return error;
    throw error;
  }
  throw new Error("expected a refusal");
}

function reversed(snapshot: Snapshot): Snapshot {
  const back = <V>(map: ReadonlyMap<string, V>): Map<string, V> => new Map([...map].reverse());
  return {
    ...snapshot,
    counts: Object.fromEntries(Object.entries(snapshot.counts).reverse()),
    objects: new Map(
      [...back(snapshot.objects)].map(([key, object]) => [key, Object.fromEntries(Object.entries(object).reverse())]),
    ),
    ids: back(snapshot.ids),
    revisions: back(snapshot.revisions),
    state: back(snapshot.state),
    findings: [...snapshot.findings].reverse(),
  };
}

describe("writing a snapshot", () => {
  it("gives one canonical file per object, content beside it", () => {
    const files = write();
    expect(files.get("flow/inqueue%3AWait.yaml")).toBe("to: Billing\r\n");
    expect(files.get("flow/inqueue%3AWait.json")).toBe('{\n  "name": "Wait"\n}\n');
    expect(files.get("ids.json")).toBe('{\n  "queue/Billing": "q-1",\n  "user/ann@example.com": "u-1"\n}\n');
    expect([...files.keys()].filter((path) => path.startsWith("queue/Billing~"))).toHaveLength(1);
    expect(files.get("queue/__proto__.json")).toContain('"__proto__": {\n        "x": 1');
  });

  it("says in the manifest what there is and what its digest is", () => {
    const files = write();
    const manifest = JSON.parse(files.get("manifest.json") ?? "") as Manifest;
    expect(manifest.org).toEqual({ id: "o-1", name: "Primary", homeDivision: "Home" });
    expect([manifest.region, manifest.tool, manifest.complete]).toEqual(["eu-west-1", "lockstep 1.2.3", true]);
    expect(manifest.files["flow/inqueue:Wait"]).toBe("flow/inqueue%3AWait.json");
    expect(manifest.kinds["queue"]).toMatchObject({ listed: 4, read: 4, kept: 3, skipped: { "managed object": 1 } });
    const notDigested = ["manifest.json", "run.json", ".gitattributes"];
    expect(Object.keys(manifest.digests).sort()).toEqual(
      [...files.keys()].filter((path) => !notDigested.includes(path)).sort(),
    );
    expect(manifest.digests["flow/inqueue%3AWait.yaml"]).toBe(digestText("to: Billing\r\n"));
  });

  it("gives equal bytes whatever the order of maps and keys, and the run only in run.json", () => {
    const first = write();
    const second = write(reversed(FAKE_SNAPSHOT), { finishedAt: "2026-11-21T12:00:00.000Z" });
    expect([...first.keys()].filter((path) => first.get(path) !== second.get(path))).toEqual(["run.json"]);
    expect([...second.keys()].sort()).toEqual([...first.keys()].sort());
  });

  it("gives a kind another digest when one byte of its files changes, and only that kind", () => {
    const objects = new Map([...FAKE_SNAPSHOT.objects, ["flow/inqueue:Wait", { name: "Wait", yaml: "to: Billing\n" }]]);
    const digests = (files: Map<string, string>): (string | undefined)[] => {
      const { kinds } = JSON.parse(files.get("manifest.json") ?? "") as Manifest;
      return ["flow", "queue"].map((kind) => kinds[kind]?.digest);
    };
    const [before, after] = [digests(write()), digests(write({ ...FAKE_SNAPSHOT, objects }))];
    expect(after[0]).not.toBe(before[0]);
    expect(after[1]).toBe(before[1]);
  });
});

describe("reading a snapshot", () => {
  it("gives back what was written", () => {
    const { snapshot, manifest, takenAt } = readSnapshot(write(), FAKE_KINDS);
    expect(write(snapshot)).toEqual(write());
    expect(snapshot.objects.get("flow/inqueue:Wait")).toEqual({ name: "Wait", yaml: "to: Billing\r\n" });
    expect(snapshot.counts).toEqual(FAKE_SNAPSHOT.counts);
    expect(snapshot.revisions).toEqual(FAKE_SNAPSHOT.revisions);
    expect(snapshot.state).toEqual(FAKE_SNAPSHOT.state);
    expect(snapshot.findings).toHaveLength(2);
    expect(JSON.stringify(snapshot.objects.get("queue/__proto__"))).toContain('"__proto__":{"x":1}');
    expect([manifest.tool, takenAt]).toEqual(["lockstep 1.2.3", RUN.finishedAt]);
  });

  it("knows when the state was last found, by the record of the last run that found it", () => {
    const later = { finishedAt: "2026-11-21T12:00:00.000Z" };
    const takenAt = (record: string | undefined): string => {
      const files = write();
      if (record === undefined) files.delete("run.json");
      else files.set("run.json", record);
      return readSnapshot(files, FAKE_KINDS).takenAt;
    };
    const other = { ...FAKE_SNAPSHOT, region: "eu-central-1" };
    expect(takenAt(write(FAKE_SNAPSHOT, later).get("run.json"))).toBe(later.finishedAt);
    expect(takenAt(write(other, later).get("run.json"))).toBe("");
    expect([undefined, "rubbish", "[]", "{}", '{"finishedAt":7}'].map(takenAt)).toEqual(["", "", "", "", ""]);
  });

  it("gives back any objects under any keys", () => {
    const key = fc.oneof(fc.string({ unit: "binary", maxLength: 20 }), fc.constantFrom("a", "A", "../x", "__proto__"));
    const value = fc.dictionary(fc.string(), fc.jsonValue({ noUnicodeString: false }), { maxKeys: 4 });
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(key, value), { maxLength: 6, selector: ([name]) => name }), (entries) => {
        const objects = new Map(
          entries.map(([name, object]) => [`queue/${name}`, JSON.parse(JSON.stringify(object)) as Obj]),
        );
        const counts = { queue: { listed: objects.size, read: objects.size, kept: objects.size } };
        const snapshot: Snapshot = { ...FAKE_SNAPSHOT, objects, counts };
        expect(readSnapshot(write(snapshot), FAKE_KINDS).snapshot.objects).toEqual(objects);
      }),
    );
  });

  it("does not mind notes and hidden files beside the manifest", () => {
    const files = write().set("NOTES.md", "ours").set("queue/.DS_Store", "x");
    expect(readSnapshot(files, FAKE_KINDS).snapshot.objects.size).toBe(5);
  });
});

describe("a snapshot is refused", () => {
  const path = "queue/__proto__.json";
  const flow = "flow/inqueue%3AWait.yaml";
  const manifestWith = (change: (manifest: Obj) => Obj): Map<string, string> => {
    const files = write();
    const manifest = JSON.parse(files.get("manifest.json") ?? "") as Obj;
    return files.set("manifest.json", JSON.stringify(change(manifest)));
  };
  const without = (file: string): Map<string, string> => {
    const files = write();
    files.delete(file);
    return files;
  };

  it.each<[string, Map<string, string>, string, string, string]>([
    ["a byte was changed", write().set(flow, "to: Sales\n"), "snapshot-damaged", flow, digestText("to: Sales\n")],
    ["a file is missing", without(path), "snapshot-damaged", path, "found no file"],
    ["ids.json is missing", without("ids.json"), "snapshot-damaged", "ids.json", "found no file"],
    ["a file was added", write().set("queue/New.json", "{}"), "snapshot-damaged", "queue/New.json", "does not list"],
    [
      "two files stand for one object",
      write().set("queue/%5F_proto__.json", "{}"),
      "snapshot-damaged",
      "queue/%5F_proto__.json",
      "does not list",
    ],
    ["a file was cut off", write().set(path, '{\n  "name": "__pr'), "snapshot-malformed", path, "line 2, column 11"],
    ["a file is empty", write().set(path, ""), "snapshot-malformed", path, "line 1, column 1"],
    ["a file is not an object", write().set(path, "[]"), "snapshot-malformed", path, "expected an object"],
    ["the manifest is missing", without("manifest.json"), "not-a-snapshot", "manifest.json", "no manifest.json"],
    ["the manifest is a list", write().set("manifest.json", "[]"), "snapshot-malformed", "manifest.json", "object"],
    [
      "the manifest lacks a field",
      manifestWith(({ digests: _, ...rest }) => rest),
      "snapshot-malformed",
      "manifest.json",
      "/digests",
    ],
    ["ids are no texts", write().set("ids.json", '{"a":1}'), "snapshot-malformed", "ids.json", "/a"],
    [
      "its form is of another version",
      manifestWith((manifest) => ({ ...manifest, normaliser: 99 })),
      "snapshot-normaliser",
      "manifest.json",
      "version 99",
    ],
    [
      "it counts another kind",
      manifestWith((manifest) => ({
        ...manifest,
        kinds: { robot: { listed: 0, read: 0, kept: 0, digest: "0".repeat(64) } },
      })),
      "unknown-kind",
      "manifest.json",
      "robot",
    ],
    [
      "it holds another kind",
      manifestWith((manifest) => ({ ...manifest, files: { "robot/R2": "robot/R2.json" } })),
      "unknown-kind",
      "manifest.json",
      "robot",
    ],
  ])("when %s", (_name, files, code, file, text) => {
    const error = refusal(files);
    expect([error.code, error.place.file]).toEqual([code, file]);
    expect(`${error.message} ${error.place.path}`).toContain(text);
    expect(error.hint).not.toBe("");
  });

  it("when a count or a coordinate was edited", () => {
    const counted = manifestWith((manifest) => {
      const kinds = manifest["kinds"] as { [kind: string]: Obj };
      return { ...manifest, kinds: { ...kinds, queue: { ...kinds["queue"], kept: 2 } } };
    });
    expect(refusal(counted).message).toContain("2 objects, found 3 objects");
    const renamed = manifestWith((manifest) => {
      const { "queue/__proto__": at, ...rest } = manifest["files"] as Obj;
      return { ...manifest, files: { ...rest, "queue/Other": at ?? "" } };
    });
    const error = refusal(renamed);
    expect([error.code, error.place.coordinate]).toEqual(["snapshot-damaged", "queue/Other"]);
  });

  it("with the name of its directory in front of the file", () => {
    const error = refusal(without(path), "snapshots/primary");
    expect(error.place.file).toBe(`snapshots/primary/${path}`);
    expect(error.message).toContain(`snapshots/primary/${path}`);
    expect(refusal(new Map(), "nowhere").message).toContain("nowhere");
  });
});
