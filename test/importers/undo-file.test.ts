import { describe, expect, it } from "vitest";
import { LockstepError } from "../../src/model/error.ts";
import type { Obj } from "../../src/model/json.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { Files } from "../../src/model/ports.ts";
import { readPlanJournal } from "../../src/importers/journal.ts";
import { parsePlan } from "../../src/importers/plan-file.ts";
import { withCreatedIds } from "../../src/importers/undo-file.ts";
import { fakeOrg, type FakeOrg } from "./fake-org.ts";
import { applyTo, memoryFiles, planBetween, type MemoryFiles } from "./job.ts";

function orgs(): { from: FakeOrg; to: FakeOrg; files: MemoryFiles } {
  return { from: fakeOrg("primary"), to: fakeOrg("standby"), files: memoryFiles() };
}

const thrown = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error);
const items = (org: FakeOrg): unknown[] => [...(org.stored.get("items")?.values() ?? [])];

/** An item that is to be changed, with the plan for it. */
async function oneUpdate(): Promise<ReturnType<typeof orgs> & { plan: Plan }> {
  const all = orgs();
  all.from.put("items", { name: "a", description: "new" });
  all.to.put("items", { name: "a", description: "old" });
  return { ...all, plan: await planBetween(all.from, all.to) };
}

describe("the undo plan of an apply", () => {
  it("is there before the first effect, and takes back what was done and nothing else", async () => {
    const { from, to, files } = orgs();
    to.put("items", { name: "b", description: "old" });
    from.put("items", { name: "a" });
    from.put("items", { name: "b", description: "new", needs: [{ id: "primary-items-1" }] });
    from.put("items", { name: "c", needs: [{ id: "primary-items-2" }] });
    const plan = await planBetween(from, to);
    const before = items(to);
    to.interfere(({ op }, when) => {
      if (op.startsWith("PUT") && when === "after") throw new LockstepError("interrupted", "killed", "again");
    });
    await thrown(applyTo(to, plan, files));
    to.interfere(undefined);
    expect(items(to).length).toBeGreaterThan(1);
    const entries = await readPlanJournal(files, "journal");
    const undo = withCreatedIds(parsePlan(files.contents.get("undo") ?? "", "undo"), entries);
    expect(undo).toMatchObject({ undoes: plan.sha256 });
    const paths = {
      journal: "undo-journal",
      undo: "redo",
      baseline: "baseline",
      unfinished: "unfinished",
      kept: "kept",
    };
    expect(await applyTo(to, undo, files, { paths })).toMatchObject({ verified: true });
    // What was not there before is written as empty.
    expect(items(to)).toMatchObject(
      before.map((item) => ({ ...(item as Obj), version: expect.any(Number) as number })),
    );
    expect(items(to)).toMatchObject([{ needs: [] }]);
  });

  it("stops an apply where it cannot be written", async () => {
    const { to, plan, files } = await oneUpdate();
    const full: Files = {
      ...files,
      write: (path, text) => (path === "undo" ? Promise.reject(new Error("disk full")) : files.write(path, text)),
    };
    expect(await thrown(applyTo(to, plan, full))).toMatchObject({ message: "disk full" });
    expect(to.writes()).toEqual([]);
  });

  it("is written again where it was lost", async () => {
    const { to, plan, files } = await oneUpdate();
    await applyTo(to, plan, files);
    const undo = files.contents.get("undo");
    files.contents.delete("undo");
    expect(await applyTo(to, plan, files)).toMatchObject({ operations: { done: 0, resumed: 1 }, undoPlan: "undo" });
    expect(JSON.parse(files.contents.get("undo") ?? "")).toMatchObject({
      operations: (JSON.parse(undo ?? "") as Plan).operations.map(({ after }) => ({ after })),
    });
  });
});
