import { describe, expect, it } from "vitest";
import { baselinePath, openBaseline, readBaseline, renamedObjects } from "../../src/importers/baseline.ts";
import { memoryFiles } from "./job.ts";

const entry = (number: number) => ({ sourceId: `s${number}`, targetId: `t${number}`, digest: `d${number}` });
const line = (coordinate: string, number: number): string => JSON.stringify({ coordinate, ...entry(number) });

describe("a baseline", () => {
  it("grows by what was written, and forgets what is gone", async () => {
    const files = memoryFiles();
    const { record } = await openBaseline(files, "baseline");
    await record("item/a", entry(1));
    await record("item/b", entry(2));
    expect([...(await readBaseline(files, "baseline")).keys()]).toEqual(["item/a", "item/b"]);
    await record("item/a", undefined);
    expect([...(await readBaseline(files, "baseline"))]).toEqual([["item/b", entry(2)]]);
    await record("item/a", entry(3));
    expect((await readBaseline(files, "baseline")).get("item/a")).toEqual(entry(3));
  });

  it("is not written where it is known already", async () => {
    const files = memoryFiles();
    const { record } = await openBaseline(files, "baseline");
    await record("item/gone", undefined);
    expect(files.contents.has("baseline")).toBe(false);
    await record("item/a", entry(1));
    const before = files.contents.get("baseline");
    await record("item/a", { ...entry(1), sourceId: "" });
    expect(files.contents.get("baseline")).toBe(before);
  });

  it("keeps the id in the source where a later entry has none", async () => {
    const { entries, record } = await openBaseline(memoryFiles(), "baseline");
    await record("item/a", entry(1));
    await record("item/a", { ...entry(2), sourceId: "" });
    expect(entries.get("item/a")).toEqual({ ...entry(2), sourceId: "s1" });
  });

  it("without a place records nothing", async () => {
    const files = memoryFiles();
    const { entries, record, recordAll } = await openBaseline(files, undefined);
    await record("item/a", entry(1));
    await recordAll([["item/a", entry(1)]]);
    expect([entries.size, files.contents.size]).toEqual([0, 0]);
  });

  it("has a file for each pair of organisations, whatever their ids look like", () => {
    expect(baselinePath("/project", "0f-A1", "2b")).toBe("/project/.lockstep/baseline/0f-A1-2b.jsonl");
    expect(baselinePath("/project", "../up", "a/b c")).toBe("/project/.lockstep/baseline/___up-a_b_c.jsonl");
  });

  it.each([
    ["nothing", ""],
    ["no JSON", "{"],
    ["a number", "1"],
    ["null", "null"],
    ["an array", "[]"],
    ["a text", '"item/a"'],
    ["an object without a coordinate", '{"sourceId":"s"}'],
    ["a coordinate that is no text", '{"coordinate":1,"sourceId":"s"}'],
  ])("leaves out a line that is %s", async (_, damaged) => {
    const text = [line("item/a", 1), damaged, line("item/b", 2)].join("\n");
    const files = memoryFiles(new Map([["baseline", text]]));
    expect([...(await readBaseline(files, "baseline"))]).toEqual([
      ["item/a", entry(1)],
      ["item/b", entry(2)],
    ]);
  });

  it("takes the last line of an object", async () => {
    const text = [line("item/a", 1), line("item/b", 2), line("item/a", 3)].join("\n");
    const baseline = await readBaseline(memoryFiles(new Map([["baseline", text]])), "baseline");
    expect([...baseline]).toEqual([
      ["item/a", entry(3)],
      ["item/b", entry(2)],
    ]);
  });

  it("leaves out a line whose ids are not texts", async () => {
    const text = '{"coordinate":"item/a","sourceId":1,"targetId":null}';
    const baseline = await readBaseline(memoryFiles(new Map([["baseline", text]])), "baseline");
    expect(baseline.has("item/a")).toBe(false);
  });

  it("is empty where there is no file", async () => {
    expect((await readBaseline(memoryFiles(), "baseline")).size).toBe(0);
  });

  it("is written in order, one line per object, when much is recorded at once, and read again", async () => {
    const files = memoryFiles(new Map([["baseline", `old\n${line("item/gone", 9)}\n`]]));
    const baseline = new Map([
      ["item/c", entry(3)],
      ["item/a", entry(1)],
      ["item/b", entry(2)],
    ]);
    await (await openBaseline(files, "baseline")).recordAll([...baseline, ["item/gone", undefined]]);
    const lines = [line("item/a", 1), line("item/b", 2), line("item/c", 3)];
    expect(files.contents.get("baseline")).toBe(lines.map((each) => `${each}\n`).join(""));
    expect(new Map(await readBaseline(files, "baseline"))).toEqual(baseline);
  });

  it("forgets the last object too", async () => {
    const files = memoryFiles(new Map([["baseline", `${line("item/a", 1)}\n`]]));
    await (await openBaseline(files, "baseline")).recordAll([["item/a", undefined]]);
    expect(files.contents.get("baseline")).toBe("");
  });
});

describe("renamed objects", () => {
  interface Case {
    readonly source?: readonly (readonly [string, string])[];
    readonly target?: readonly (readonly [string, string])[];
    readonly canRename?: (coordinate: string) => boolean;
  }
  const source = [["item/new", "s1"]] as const;
  const target = [["item/old", "t1"]] as const;
  const names = (given: Case) =>
    renamedObjects(
      new Map([
        ["item/old", entry(1)],
        ["item/other", entry(2)],
      ]),
      new Map(given.source ?? source),
      new Map(given.target ?? target),
      given.canRename ?? (() => true),
    );
  const renamed = (given: Case) => Object.fromEntries(names(given).renamed);

  it.each<[string, Case]>([
    ["only one has another name", {}],
    ["others kept theirs", { source: [...source, ["item/other", "s2"]], target: [...target, ["item/other", "t2"]] }],
    ["others are new", { source: [["item/unknown", "s9"], ...source] }],
    ["another object has the old name in the primary", { source: [...source, ["item/old", "s9"]] }],
    ["the kind decides by name", { canRename: (coordinate) => coordinate === "item/new" }],
  ])("are known by their ids where %s", (_, given) => {
    expect(renamed(given)).toEqual({ "item/new": "item/old" });
  });

  it.each<[string, Case]>([
    ["the primary's object was never in step", { source: [["item/new", "s9"]] }],
    ["the new name is taken in the standby", { target: [...target, ["item/new", "t9"]] }],
    ["the kind cannot be renamed", { canRename: () => false }],
    ["only the old name could change", { canRename: (coordinate) => coordinate === "item/old" }],
    ["the standby lost the object", { target: [] }],
    ["the standby's object of that name is another one", { target: [["item/old", "t9"]] }],
    ["the standby lost it and the old name is in use", { source: [...source, ["item/old", "s9"]], target: [] }],
    ["nothing changed", { source: [["item/old", "s1"]] }],
  ])("are none where %s", (_, given) => {
    expect(renamed(given)).toEqual({});
  });

  it("are known where the name was changed by hand in the standby", () => {
    const given = { source: [["item/old", "s1"]], target: [["item/by hand", "t1"]] } as const;
    expect(renamed(given)).toEqual({ "item/old": "item/by hand" });
  });

  it("may take a name that another one gives up, and not one that stays taken", () => {
    const chain = [
      ["item/new", "s1"],
      ["item/old", "s2"],
    ] as const;
    const both = [...target, ["item/other", "t2"]] as const;
    expect(renamed({ source: chain, target: both })).toEqual({ "item/new": "item/old", "item/old": "item/other" });
    expect(renamed({ source: chain, target: [...both, ["item/new", "t9"]] })).toEqual({});
  });

  it("may exchange places with nobody, and are told", () => {
    const found = names({
      source: [
        ["item/other", "s1"],
        ["item/old", "s2"],
      ],
      target: [...target, ["item/other", "t2"]],
    });
    expect([...found.renamed]).toEqual([]);
    expect(Object.fromEntries(found.exchanged)).toEqual({ "item/other": "item/old", "item/old": "item/other" });
  });

  it("are told where another object keeps the name", () => {
    const found = names({ target: [...target, ["item/new", "t9"]] });
    expect(Object.fromEntries(found.exchanged)).toEqual({ "item/new": "item/old" });
  });
});
