import { describe, expect, it } from "vitest";
import { openBaseline, readBaseline } from "../../src/importers/baseline.ts";
import { openOrgJournal } from "../../src/importers/journal.ts";
import { memoryFiles } from "./job.ts";

const clock = { now: () => 1_000, sleep: () => Promise.resolve() };
const RUNS = 120;

const linesIn = (text: string | undefined): number => (text ?? "").split("\n").length - 1;
const entry = (digest: string) => ({ sourceId: "s", targetId: "t", digest });

describe("files to which lines are only added", () => {
  it("the journal of an organisation is shortened when it is written again, and tells the same", async () => {
    const files = memoryFiles();
    const journal = await openOrgJournal(files, "journal", clock);
    for (let run = 0; run < RUNS; run += 1) {
      await journal.started("queue/a", "id");
      await journal.done("queue/a", "id", `digest ${run}`);
    }
    await journal.started("queue/b");
    const before = files.contents.get("journal");
    expect(linesIn(before)).toBe(2 * RUNS + 1);

    const again = await openOrgJournal(files, "journal", clock);
    expect(files.contents.get("journal")).toBe(before);
    await Promise.all([again.done("queue/b", "b", "new"), again.started("queue/c")]);
    expect(linesIn(files.contents.get("journal"))).toBe(4);
    const { entries } = await openOrgJournal(files, "journal", clock);
    expect(entries.get("queue/a")).toEqual({ state: "done", id: "id", digest: `digest ${RUNS - 1}`, at: 1_000 });
    expect(entries.get("queue/b")).toMatchObject({ state: "done", id: "b" });
    expect(entries.get("queue/c")).toMatchObject({ state: "started" });
  });

  it("the journal of an organisation knows no more of what is over, also when it is opened again", async () => {
    const files = memoryFiles();
    const journal = await openOrgJournal(files, "journal", clock);
    await journal.done("queue/a", "id", "digest");
    await journal.over("queue/a");
    expect(journal.entries.has("queue/a")).toBe(false);
    expect((await openOrgJournal(files, "journal", clock)).entries.has("queue/a")).toBe(false);
  });

  it("leave out lines that do not hold what they should, or are too deep to walk", async () => {
    const deep = `{"coordinate":"item/c","x":${"[".repeat(9_999)}${"]".repeat(9_999)}}`;
    const lines = [
      '{"coordinate":"item/a","sourceId":"s","targetId":"t"}',
      '{"coordinate":"item/b","sourceId":"s","targetId":7,"digest":"d"}',
      deep,
      '{"coordinate":"item/d","sourceId":"s","targetId":"t","digest":"d"}',
    ];
    const files = memoryFiles(new Map([["baseline", lines.join("\n") + "\n"]]));
    expect([...(await readBaseline(files, "baseline")).keys()]).toEqual(["item/d"]);
    const journal = '{"coordinate":"queue/a","state":"done","id":7}\n{"coordinate":"queue/b","state":"done"}\n';
    const opened = await openOrgJournal(memoryFiles(new Map([["journal", journal]])), "journal", clock);
    expect([...opened.entries]).toEqual([]);
  });

  it("the journal of an organisation goes on behind damaged lines", async () => {
    const files = memoryFiles(new Map([["journal", '{"coordinate":"queue/a","sta\n[]\n{"coordinate":"queue/b"}\n']]));
    const journal = await openOrgJournal(files, "journal", clock);
    expect([...journal.entries]).toEqual([]);
    await journal.started("queue/a");
    expect([...(await openOrgJournal(files, "journal", clock)).entries.keys()]).toEqual(["queue/a"]);
  });

  it("a baseline is shortened where most of it is overtaken, without what is gone", async () => {
    const files = memoryFiles();
    const { record } = await openBaseline(files, "baseline");
    await record("queue/gone", entry("x"));
    for (let run = 0; run < RUNS; run += 1) await record("queue/a", entry(String(run)));
    await record("queue/gone", undefined);
    const known = await readBaseline(files, "baseline");
    await (await openBaseline(files, "baseline")).record("queue/b", entry("b"));
    expect(linesIn(files.contents.get("baseline"))).toBe(2);
    expect(await readBaseline(files, "baseline")).toEqual(new Map([...known, ["queue/b", entry("b")]]));
  });

  it("a short file stays as it is", async () => {
    const files = memoryFiles();
    const { record } = await openBaseline(files, "baseline");
    for (const digest of ["1", "2", "3"]) await record("queue/a", entry(digest));
    const before = files.contents.get("baseline") ?? "";
    await (await openBaseline(files, "baseline")).record("queue/a", entry("4"));
    expect(files.contents.get("baseline")?.startsWith(before)).toBe(true);
    expect(linesIn(files.contents.get("baseline"))).toBe(4);
  });

  it("a file that cannot be shortened only stays long", async () => {
    const files = memoryFiles();
    const { record } = await openBaseline(files, "baseline");
    for (let run = 0; run < RUNS; run += 1) await record("queue/a", entry(String(run)));
    const full = { ...files, write: () => Promise.reject(new Error("the disk is full")) };
    await (await openBaseline(full, "baseline")).record("queue/a", entry("last"));
    expect(linesIn(files.contents.get("baseline"))).toBe(RUNS + 1);
  });
});
