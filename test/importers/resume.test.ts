import { describe, expect, it } from "vitest";
import { LockstepError } from "../../src/model/error.ts";
import type { Plan } from "../../src/model/plan.ts";
import { openPlanJournal } from "../../src/importers/journal.ts";
import { fakeOrg, type FakeOrg } from "./fake-org.ts";
import { applyTo, memoryFiles, planBetween, type MemoryFiles } from "./job.ts";

function orgs(): { from: FakeOrg; to: FakeOrg; files: MemoryFiles } {
  return { from: fakeOrg("primary"), to: fakeOrg("standby"), files: memoryFiles() };
}

const thrown = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error);
const line = (operation: string, state: string, id = ""): string => `${JSON.stringify({ operation, state, id })}\n`;
const items = (org: FakeOrg): unknown[] => [...(org.stored.get("items")?.values() ?? [])];

/** Kills the run at the first request that matches, before or after it has worked. */
function killAt(org: FakeOrg, start: string, moment: "before" | "after"): void {
  org.interfere(({ op }, when) => {
    if (op.startsWith(start) && when === moment) throw new LockstepError("interrupted", "killed", "again");
  });
}

/** An item that is to be changed, with the plan for it. */
async function oneUpdate(): Promise<ReturnType<typeof orgs> & { plan: Plan }> {
  const all = orgs();
  all.from.put("items", { name: "a", description: "new", tags: ["x"] });
  all.to.put("items", { name: "a", description: "old" });
  return { ...all, plan: await planBetween(all.from, all.to) };
}

describe("a standby that moved after the plan was made", () => {
  it.each<[string, (to: FakeOrg) => void]>([
    ["was changed", (to) => to.change("items", "a", { description: "theirs" })],
    ["was deleted", (to) => void to.stored.get("items")?.clear()],
  ])("is not written when an object %s", async (_, move) => {
    const { to, plan, files } = await oneUpdate();
    move(to);
    const before = items(to);
    expect(await thrown(applyTo(to, plan, files))).toMatchObject({
      code: "moved-target",
      exit: 3,
      message: "The standby changed after the plan was made: item/a",
      place: { coordinate: "item/a" },
    });
    expect(to.writes()).toEqual([]);
    expect(items(to)).toEqual(before);
    expect(files.contents.get("journal")).toBeUndefined();
  });

  it("is not written when somebody else made an object that is to be created", async () => {
    const { from, to, files } = orgs();
    from.put("items", { name: "a", description: "ours" });
    const plan = await planBetween(from, to);
    to.put("items", { name: "a", description: "theirs" });
    expect(await thrown(applyTo(to, plan, files))).toMatchObject({ code: "moved-target" });
  });

  it("names five of many", async () => {
    const { from, to, files } = orgs();
    for (let at = 1; at <= 7; at += 1) {
      from.put("items", { name: `${at}`, description: "new" });
      to.put("items", { name: `${at}`, description: "old" });
    }
    const plan = await planBetween(from, to);
    for (let at = 1; at <= 7; at += 1) to.change("items", `${at}`, { description: "theirs" });
    const all = await thrown(applyTo(to, plan, files));
    expect(all).toMatchObject({
      message: "The standby changed after the plan was made: item/1, item/2, item/3, item/4, item/5 and 2 more",
    });
    for (const name of ["6", "7"]) to.change("items", name, { description: "old" });
    expect(await thrown(applyTo(to, plan, files))).toMatchObject({
      message: "The standby changed after the plan was made: item/1, item/2, item/3, item/4, item/5",
    });
  });

  it("may have moved to what was wanted, or in ways that are no configuration", async () => {
    const { to, plan, files } = await oneUpdate();
    to.change("items", "a", { enabled: true });
    to.put("items", { name: "other" });
    to.put("items", { name: "b", managed: true });
    expect(await applyTo(to, plan, files)).toMatchObject({ operations: { done: 1, resumed: 0 } });
    const again = await oneUpdate();
    again.to.change("items", "a", { description: "new", tags: ["x"] });
    expect(await applyTo(again.to, again.plan, again.files)).toMatchObject({ operations: { done: 0, resumed: 1 } });
    expect(again.to.writes()).toEqual([]);
  });

  it("may have deleted what was to be deleted", async () => {
    const { from, to, files } = orgs();
    to.put("items", { name: "a" });
    const plan = await planBetween(from, to);
    to.stored.get("items")?.clear();
    expect(await applyTo(to, plan, files)).toMatchObject({ operations: { done: 0, resumed: 1 }, verified: true });
  });
});

describe("an apply that was killed", () => {
  it("goes on where a part of an object was not written yet", async () => {
    const { from, to, files } = orgs();
    from.put("docs", { name: "d", description: "new", text: "a: 1" });
    const plan = await planBetween(from, to);
    killAt(to, "PUT /api/v2/docs/{id}/text", "before");
    expect(await thrown(applyTo(to, plan, files))).toMatchObject({ code: "interrupted" });
    to.interfere(undefined);
    expect(await applyTo(to, plan, files)).toMatchObject({ operations: { done: 1, resumed: 0 }, verified: true });
    expect(to.writes().filter((op) => op === "POST /api/v2/docs")).toHaveLength(1);
    expect([...(to.stored.get("docs")?.values() ?? [])]).toMatchObject([
      { name: "d", description: "new", text: "a: 1" },
    ]);
  });

  it("does not take an object for its own that it had not begun", async () => {
    const { from, to, files } = orgs();
    from.put("docs", { name: "d", description: "new", text: "a: 1" });
    const plan = await planBetween(from, to);
    to.put("docs", { name: "d", description: "theirs", text: "a: 1" });
    files.contents.set("journal", line("op-0002", "started"));
    expect(await thrown(applyTo(to, plan, files))).toMatchObject({ code: "moved-target" });
    files.contents.set("journal", line("op-0001", "done", "docs-1"));
    expect(await thrown(applyTo(to, plan, files))).toMatchObject({ code: "moved-target" });
  });

  it("goes on with the second pass over an object", async () => {
    const { from, to, files } = orgs();
    const a = from.put("items", { name: "a" });
    const b = from.put("items", { name: "b", needs: [{ id: a }] });
    from.change("items", "a", { next: { id: b } });
    const plan = await planBetween(from, to);
    killAt(to, "PUT /api/v2/items", "before");
    await thrown(applyTo(to, plan, files));
    to.interfere(undefined);
    to.log.length = 0;
    const result = await applyTo(to, plan, files);
    expect(result).toMatchObject({ operations: { done: 1, resumed: 2 }, verified: true });
    expect(to.writes()).toEqual(["PUT /api/v2/items/{id}"]);
    expect(result.undoPlan).toBe("undo");
  });

  it("remembers ids of what it made from the journal", async () => {
    const { from, to, files } = orgs();
    const a = from.put("items", { name: "a" });
    from.put("leaves", { name: "l", item: a, size: 1 });
    const plan = await planBetween(from, to);
    killAt(to, "POST /api/v2/items/{item}/leaves", "before");
    await thrown(applyTo(to, plan, files));
    to.interfere(undefined);
    expect(files.contents.get("journal")).toMatch(/"done","id":"standby-items-1"/);
    expect(await applyTo(to, plan, files)).toMatchObject({ operations: { done: 1, resumed: 1 }, verified: true });
  });

  it("keeps the undo plan of an earlier run when nothing was left to do", async () => {
    const { to, plan, files } = await oneUpdate();
    expect((await applyTo(to, plan, files)).undoPlan).toBe("undo");
    const undo = files.contents.get("undo");
    expect((await applyTo(to, plan, files)).undoPlan).toBe("undo");
    expect(files.contents.get("undo")).toBe(undo);
  });
});

describe("what is read before an apply", () => {
  it("is one object by id where few are touched, and the list where many are", async () => {
    const { from, to, files } = orgs();
    for (const name of ["a", "b", "c"]) {
      from.put("items", { name, description: "new" });
      to.put("items", { name, description: "old" });
    }
    const all = await planBetween(from, to);
    to.log.length = 0;
    await applyTo(to, all, files);
    const reads = to.log.map(({ op }) => op);
    expect(reads.indexOf("PUT /api/v2/items/{id}")).toBe(1);
    expect(reads[0]).toBe("GET /api/v2/items");
    from.change("items", "a", { description: "newer" });
    const one = await planBetween(from, to);
    to.log.length = 0;
    await applyTo(to, one, memoryFiles());
    expect(to.log[0]).toMatchObject({ op: "GET /api/v2/items/{id}" });
  });

  it("leaves out texts whose revision is the one that the plan saw", async () => {
    const { from, to, files } = orgs();
    from.put("docs", { name: "d", text: "a: 1", description: "new" });
    to.put("docs", { name: "d", text: "a: 1", description: "old" });
    const plan = await planBetween(from, to);
    const textsBefore = (): number => {
      const first = to.log.findIndex(({ op }) => op.startsWith("PUT"));
      return to.log.slice(0, first).filter(({ op }) => op.endsWith("/text")).length;
    };
    to.log.length = 0;
    await applyTo(to, plan, files);
    expect(textsBefore()).toBe(0);
    from.change("docs", "d", { text: "a: 2", revision: "r2" });
    const next = await planBetween(from, to);
    to.change("docs", "d", { revision: "r7" });
    to.log.length = 0;
    expect(await applyTo(to, next, memoryFiles())).toMatchObject({ operations: { done: 1 } });
    expect(textsBefore()).toBe(1);
  });

  it("leaves out members where people are only counted", async () => {
    const { from, to, files } = orgs();
    for (const org of [from, to]) org.put("teams", { name: "t", members: [{ id: org.put("persons", { name: "p" }) }] });
    from.put("teams", { name: "u" });
    from.put("items", { name: "a", description: "new" });
    const plan = await planBetween(from, to, { members: "counts" });
    to.log.length = 0;
    await applyTo(to, plan, files);
    expect(to.log.filter(({ op }) => op.endsWith("/people"))).toEqual([]);
  });
});

describe("the undo of a text", () => {
  it("restores the revision that was there, then writes what else changed", async () => {
    const { from, to, files } = orgs();
    from.put("docs", { name: "d", text: "a: 2", description: "new" });
    from.put("docs", { name: "e", text: "a: 2" });
    to.put("docs", { name: "d", text: "a: 1", description: "old" });
    to.put("docs", { name: "e", text: "a: 1" });
    await applyTo(to, await planBetween(from, to), files);
    const undo = JSON.parse(files.contents.get("undo") ?? "{}") as Plan;
    expect(undo.operations).toMatchObject([
      { id: "op-0001", wave: 1, action: "restore", edits: [{ path: "/yaml/a" }], revisions: { yaml: "r1" } },
      { id: "op-0002", wave: 1, action: "restore" },
      { id: "op-0001-rest", wave: 2, action: "update", edits: [{ path: "/description" }], dependsOn: ["op-0001"] },
    ]);
    expect(undo).toMatchObject({ prune: true, blocked: [], guards: [], equal: {}, findings: [] });
    to.log.length = 0;
    const result = await applyTo(to, undo, memoryFiles());
    expect(result).toMatchObject({ failures: [], verified: true });
    expect(to.writes().sort()).toEqual([
      "POST /api/v2/docs/{id}/restore",
      "POST /api/v2/docs/{id}/restore",
      "PUT /api/v2/docs/{id}",
    ]);
    expect([...(to.stored.get("docs")?.values() ?? [])]).toMatchObject([
      { text: "a: 1", description: "old", revision: "r1" },
      { text: "a: 1", revision: "r1" },
    ]);
  });

  it("is an ordinary update where only other things changed", async () => {
    const { from, to, files } = orgs();
    from.put("docs", { name: "d", text: "a: 1", description: "new" });
    to.put("docs", { name: "d", text: "a: 1", description: "old" });
    await applyTo(to, await planBetween(from, to), files);
    const undo = JSON.parse(files.contents.get("undo") ?? "{}") as Plan;
    expect(undo.operations).toMatchObject([
      { action: "update", after: { description: "old" }, revisions: { yaml: "r1" } },
    ]);
  });

  it("goes the other way round", async () => {
    const { from, to, files } = orgs();
    const a = from.put("items", { name: "a" });
    from.put("items", { name: "b", needs: [{ id: a }] });
    to.put("items", { name: "old" });
    await applyTo(to, await planBetween(from, to), files);
    const undo = JSON.parse(files.contents.get("undo") ?? "{}") as Plan;
    expect(
      undo.operations.map(({ wave, action, coordinate, dependsOn }) => [wave, action, coordinate, dependsOn]),
    ).toEqual([
      [1, "delete", "item/b", []],
      [3, "delete", "item/a", ["op-0003"]],
      [3, "create", "item/old", []],
    ]);
    expect(undo.operations[2]).not.toHaveProperty("targetId");
    expect(undo.operations[2]).toMatchObject({ edits: [{ path: "/name", after: "old" }], after: { name: "old" } });
    expect(undo.operations[0]?.edits.map(({ path }) => path)).toEqual(["/name", "/needs"]);
    expect(undo.ids).toMatchObject({ "item/a": expect.any(String) as string });
  });
});

describe("a journal", () => {
  it("tells what earlier runs wrote; the last line of an operation counts", async () => {
    const files = memoryFiles(new Map([["j", line("1", "started") + line("1", "done", "x") + line("2", "started")]]));
    const { entries } = await openPlanJournal(files, "j");
    expect([...entries]).toEqual([
      ["1", { state: "done", id: "x", digest: "", at: 0 }],
      ["2", { state: "started", id: "", digest: "", at: 0 }],
    ]);
  });

  it("goes on behind a line that a crash cut off", async () => {
    const files = memoryFiles(new Map([["j", line("1", "done", "x") + '{"operation":"2","sta']]));
    const journal = await openPlanJournal(files, "j");
    expect([...journal.entries.keys()]).toEqual(["1"]);
    await journal.started("2");
    expect(files.contents.get("j")?.split("\n").at(-2)).toBe('{"operation":"2","state":"started","id":""}');
  });

  it("goes on however often a crash cuts a line off, and passes over empty ones", async () => {
    const files = memoryFiles(new Map([["j", `${line("1", "done", "x")}\n${line("2", "done", "y")}{"oper`]]));
    for (const operation of ["3", "4"]) {
      await (await openPlanJournal(files, "j")).started(operation);
      files.contents.set("j", `${files.contents.get("j")}{"oper`);
    }
    expect([...(await openPlanJournal(files, "j")).entries.keys()]).toEqual(["1", "2", "3", "4"]);
  });

  it("knows a line that lacks nothing but its end", async () => {
    const files = memoryFiles(new Map([["j", line("1", "done", "x").trimEnd()]]));
    await (await openPlanJournal(files, "j")).started("2");
    expect([...(await openPlanJournal(files, "j")).entries.keys()]).toEqual(["1", "2"]);
  });

  it("goes on behind every line that a kill or a full disk cut off", async () => {
    const torn = '{"operation":"2","sta\n{"opera\n';
    const files = memoryFiles(new Map([["j", line("1", "done", "x") + torn + line("3", "done", "y")]]));
    await (await openPlanJournal(files, "j")).started("4");
    expect([...(await openPlanJournal(files, "j")).entries.keys()]).toEqual(["1", "3", "4"]);
  });

  it("touches nothing of a whole file", async () => {
    const text = line("1", "done", "x");
    const files = memoryFiles(new Map([["j", text]]));
    const asked: string[] = [];
    const note = async (path: string): Promise<void> => void asked.push(path);
    await openPlanJournal({ ...files, append: note, write: note }, "j");
    await openPlanJournal({ ...files, append: note, write: note }, "none");
    expect(asked).toEqual([]);
  });

  it.each([
    ["no JSON", `x\n${line("1", "done")}`, 1],
    ["another thing", `${line("1", "done")}[]\n`, 2],
    ["another state", `${line("1", "odd")}${line("1", "done")}`, 1],
  ])("that holds %s is an error", async (_, text, number) => {
    expect(await thrown(openPlanJournal(memoryFiles(new Map([["j", text]])), "j"))).toMatchObject({
      code: "journal-damaged",
      message: `j line ${number} is not a journal entry`,
      hint: "Make a new plan: it starts a journal of its own.",
      place: { file: "j", path: `line ${number}` },
    });
  });
});
