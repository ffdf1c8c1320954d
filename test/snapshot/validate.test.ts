import { describe, expect, it } from "vitest";
import { canonicalJson, type Obj } from "../../src/model/json.ts";
import type { Manifest, Snapshot } from "../../src/model/snapshot.ts";
import { digestText } from "../../src/canonical/digest.ts";
import { snapshotFiles } from "../../src/snapshot/snapshot-files.ts";
import { kindDigests } from "../../src/snapshot/snapshot-layout.ts";
import { validateSnapshot, type Problem } from "../../src/snapshot/validate.ts";
import { FAKE_KINDS, FAKE_SNAPSHOT } from "./fake-snapshot.ts";

const PROTO = "queue/__proto__.json";
const FLOW = "flow/inqueue%3AWait";

const write = (snapshot: Snapshot = FAKE_SNAPSHOT): Map<string, string> =>
  snapshotFiles(snapshot, FAKE_KINDS, "lockstep", { finishedAt: "2026-11-20T12:00:00.000Z" });
const withObject = (coordinate: string, object: Obj): Map<string, string> =>
  write({ ...FAKE_SNAPSHOT, objects: new Map([...FAKE_SNAPSHOT.objects, [coordinate, object]]) });
const problems = (files: ReadonlyMap<string, string>): Problem[] => validateSnapshot(files, FAKE_KINDS);

function manifestIn(files: ReadonlyMap<string, string>): Manifest {
  return JSON.parse(files.get("manifest.json") ?? "") as Manifest;
}

/** The same files with a manifest whose digests fit, so that only the other checks speak. */
function resealed(files: Map<string, string>): Map<string, string> {
  const manifest = manifestIn(files);
  const digests = Object.fromEntries(
    Object.keys(manifest.digests).map((path) => [path, digestText(files.get(path) ?? "")]),
  );
  const byKind = kindDigests(digests);
  const kinds = Object.fromEntries(
    Object.entries(manifest.kinds).map(([kind, counts]) => [
      kind,
      { ...counts, digest: byKind.get(kind) ?? counts.digest },
    ]),
  );
  return files.set("manifest.json", canonicalJson({ ...(manifest as Obj), digests, kinds }));
}

describe("validating a snapshot", () => {
  it("finds nothing wrong with a sound one", () => {
    expect(problems(write())).toEqual([]);
  });

  it("says so when there is none", () => {
    expect(problems(new Map()).filter(({ code }) => code === "not-a-snapshot")).toEqual([
      {
        code: "not-a-snapshot",
        file: "manifest.json",
        path: "",
        expected: "the manifest of a snapshot",
        found: "no file",
      },
    ]);
  });

  it("names the line of a file that is not JSON, and still looks at the others", () => {
    const files = write().set(PROTO, '{\n  "name": "__pr').set("run.json", "x").set("skill.json", "1");
    const codes = problems(files).map(({ code, file, path }) => [code, file, path]);
    expect(codes).toContainEqual(["snapshot-malformed", PROTO, "line 2, column 11"]);
    expect(codes).toContainEqual(["snapshot-malformed", "run.json", "line 1, column 1"]);
    expect(codes).toContainEqual(["digest-mismatch", PROTO, ""]);
  });

  it("names a record of the run that does not say when it was, and one file that is too deep to walk", () => {
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const files = write().set("run.json", '{"finishedAt": "yesterday"}').set(PROTO, deep);
    const found = problems(files).map(({ code, file, path }) => [code, file, path]);
    expect(found).toContainEqual(["wrong-value", "run.json", "/finishedAt"]);
    expect(found).toContainEqual(["snapshot-malformed", PROTO, "line 1, column 501"]);
  });

  it("names fields that the schema does not allow, with what it wants", () => {
    const files = withObject("queue/Billing", { name: 3, size: "3", extra: true });
    expect(problems(files).map(({ code, path, expected, found }) => [code, path, expected, found])).toEqual([
      ["unknown-field", "/extra", "only fields of the schema", "the field extra"],
      ["wrong-value", "/name", 'a value of type "string"', "3"],
      ["wrong-value", "/size", 'a value of type "integer"', '"3"'],
    ]);
    const [missing] = problems(withObject("queue/Billing", { size: 3 }));
    expect(missing).toMatchObject({ code: "missing-field", path: "/name", coordinate: "queue/Billing" });
    expect(missing?.file).toMatch(/^queue\/Billing~/);
  });

  it("accepts an unknown field that the snapshot itself reported", () => {
    expect(problems(withObject("queue/Billing", { name: "Billing", new: 1 }))).toEqual([]);
    expect(problems(withObject("queue/billing", { name: "billing", new: 1 }))).toMatchObject([
      { code: "unknown-field" },
    ]);
  });

  it("names references that lead nowhere: fields, keys of maps, parents, names in texts", () => {
    const files = write({
      ...FAKE_SNAPSHOT,
      counts: { ...FAKE_SNAPSHOT.counts, route: { listed: 2, read: 2, kept: 2 } },
      objects: new Map([
        ...FAKE_SNAPSHOT.objects,
        [
          "queue/billing",
          { name: "billing", flow: "flow/x", members: { "ann@example.com": {}, "bob@example.com": {} } },
        ],
        ["route/Gone/North", { name: "North" }],
        ["flow/inqueue:Wait", { name: "Wait", yaml: "to: Sales\n" }],
      ]),
    });
    expect(problems(files).map(({ code, file, path, found }) => [code, file.replace(/~\w+/, ""), path, found])).toEqual(
      [
        ["missing-reference", `${FLOW}.yaml`, "/to", "queue/Sales, which it does not hold"],
        ["missing-reference", "queue/billing.json", "/flow", "flow/x, which it does not hold"],
        [
          "missing-reference",
          "queue/billing.json",
          "/members/bob@example.com",
          "user/bob@example.com, which it does not hold",
        ],
        ["missing-reference", "route/Gone%2FNorth.json", "", "queue/Gone, which it does not hold"],
      ],
    );
  });

  it("does not expect what an incomplete kind may hold", () => {
    const counts = { ...FAKE_SNAPSHOT.counts, user: { listed: 0, read: 0, kept: 0, incomplete: "no permission" } };
    const snapshot = { ...FAKE_SNAPSHOT, complete: false, ids: new Map<string, string>(), counts };
    expect(problems(write(snapshot))).toEqual([]);
  });

  it("names text that cannot be read", () => {
    expect(problems(withObject("flow/inqueue:Wait", { name: "Wait", yaml: "! no" }))).toEqual([
      {
        code: "flow-yaml",
        file: `${FLOW}.yaml`,
        path: "line 1, column 1",
        expected: "readable text",
        found: "No flow",
        coordinate: "flow/inqueue:Wait",
      },
    ]);
  });

  it("names keys that a file repeats, which parsers would hide", () => {
    const files = resealed(write().set(PROTO, '{"name": "__proto__",\n "size": 1,\n "size": 2}'));
    expect(problems(files)).toEqual([
      {
        code: "duplicate-key",
        file: PROTO,
        path: "/size",
        expected: "each key once in an object",
        found: "another one in line 3, column 2",
      },
    ]);
  });

  it("names two files that stand for one object", () => {
    const second = "queue/%5F_proto__.json";
    const twins = problems(write().set(second, "{}")).filter(({ code }) => code === "duplicate-key");
    expect(twins).toMatchObject([{ file: second, coordinate: "queue/__proto__", found: `${PROTO} stands for it too` }]);
  });

  it("names every file that does not match the manifest", () => {
    const files = write().set(`${FLOW}.yaml`, "to: billing\n").set("queue/New.json", "{}");
    files.delete(PROTO);
    files.delete("state.json");
    expect(problems(files).map(({ code, file }) => [code, file])).toEqual([
      ["missing-file", "state.json"],
      ["digest-mismatch", `${FLOW}.yaml`],
      ["missing-file", PROTO],
      ["unexpected-file", "queue/New.json"],
    ]);
  });

  it("names counts, digests and names that do not fit in the manifest", () => {
    const files = write();
    const manifest = manifestIn(files);
    const { queue, flow, ...rest } = manifest.kinds;
    const moved = { ...manifest.files, "queue/Other": PROTO };
    const { [`${FLOW}.json`]: _, ...digests } = manifest.digests;
    const edited = {
      ...manifest,
      files: moved,
      digests,
      kinds: { ...rest, robot: flow, queue: { ...queue, kept: 9 } },
    };
    files.set("manifest.json", JSON.stringify(edited));
    expect(problems(files).map(({ code, file, path }) => [code, file, path])).toEqual([
      ["unknown-kind", "manifest.json", "/kinds"],
      ["unexpected-file", `${FLOW}.json`, ""],
      ["missing-digest", `${FLOW}.json`, ""],
      ["file-name-mismatch", PROTO, ""],
      ["count-mismatch", "manifest.json", "/kinds"],
      ["count-mismatch", "manifest.json", "/kinds/robot/kept"],
      ["count-mismatch", "manifest.json", "/kinds/robot/digest"],
      ["count-mismatch", "manifest.json", "/kinds/queue/kept"],
    ]);
  });

  it("names another version of the canonical form, and metadata of the wrong shape", () => {
    const files = write();
    files
      .set("manifest.json", JSON.stringify({ ...manifestIn(files), normaliser: 99 }))
      .set("ids.json", '{"queue/A":1,"user/ann@example.com":"u"}');
    expect(problems(files).map(({ code, file, path }) => [code, file, path])).toEqual([
      ["wrong-value", "ids.json", "/queue~1A"],
      ["snapshot-normaliser", "manifest.json", "/normaliser"],
      ["digest-mismatch", "ids.json", ""],
    ]);
    const broken = write().set("manifest.json", '{"org": 1}');
    expect(new Set(problems(broken).map(({ file }) => file))).toEqual(new Set(["manifest.json"]));
  });

  it("names an object's file that holds no object", () => {
    for (const [file, text] of [PROTO, `${FLOW}.json`].flatMap(
      (file) =>
        [
          [file, "[1]"],
          [file, "null"],
        ] as const,
    )) {
      expect(problems(resealed(write().set(file, text)))).toMatchObject([
        { code: "wrong-value", file, path: "", found: text },
      ]);
    }
  });
});
