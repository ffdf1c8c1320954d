import { describe, expect, it } from "vitest";
import { appendBaseline, compactLongBaseline, readBaseline } from "../../src/importers/baseline.ts";
import { openWriteLog } from "../../src/importers/provider/write/journal.ts";
import { memoryFiles } from "./job.ts";

const clock = { now: () => 1_000, sleep: () => Promise.resolve() };
const RUNS = 120;

const linesIn = (text: string | undefined): number => (text ?? "").split("\n").length - 1;

describe("files to which lines are only added", () => {
  it("a provider's diary is shortened when it is written again, and tells the same", async () => {
    const files = memoryFiles();
    const log = await openWriteLog(files, "diary", clock);
    for (let run = 0; run < RUNS; run += 1) {
      await log.started("queue/a", "id");
      await log.done("queue/a", "id", `digest ${run}`);
    }
    await log.started("queue/b", "");
    const before = files.contents.get("diary");
    expect(linesIn(before)).toBe(2 * RUNS + 1);

    const again = await openWriteLog(files, "diary", clock);
    expect(files.contents.get("diary")).toBe(before);
    await Promise.all([again.done("queue/b", "b", "new"), again.started("queue/c", "")]);
    expect(linesIn(files.contents.get("diary"))).toBe(4);
    const reopened = await openWriteLog(files, "diary", clock);
    expect(reopened.of("queue/a")).toEqual({ state: "done", id: "id", digest: `digest ${RUNS - 1}`, at: 1_000 });
    expect(reopened.of("queue/b")).toMatchObject({ state: "done", id: "b" });
    expect(reopened.of("queue/c")).toMatchObject({ state: "started" });
  });

  it("a provider's diary knows no more of what is over, also when it is opened again", async () => {
    const files = memoryFiles();
    const log = await openWriteLog(files, "diary", clock);
    await log.done("queue/a", "id", "digest");
    await log.over("queue/a");
    expect(log.of("queue/a")).toBeUndefined();
    expect((await openWriteLog(files, "diary", clock)).of("queue/a")).toBeUndefined();
  });

  it("a baseline is shortened where most of it is overtaken, without what is gone", async () => {
    const files = memoryFiles();
    const entry = (digest: string) => ({ sourceId: "s", targetId: "t", digest });
    await appendBaseline(files, "baseline", "queue/gone", entry("x"));
    for (let run = 0; run < RUNS; run += 1) await appendBaseline(files, "baseline", "queue/a", entry(String(run)));
    await appendBaseline(files, "baseline", "queue/gone", undefined);
    const known = await readBaseline(files, "baseline");
    await compactLongBaseline(files, "baseline");
    expect(linesIn(files.contents.get("baseline"))).toBe(1);
    expect(await readBaseline(files, "baseline")).toEqual(known);
  });

  it("a short file stays as it is", async () => {
    const files = memoryFiles();
    for (const digest of ["1", "2", "3"]) {
      await appendBaseline(files, "baseline", "queue/a", { sourceId: "s", targetId: "t", digest });
    }
    const before = files.contents.get("baseline");
    await compactLongBaseline(files, "baseline");
    expect(files.contents.get("baseline")).toBe(before);
  });
});
