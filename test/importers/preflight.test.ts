import { describe, expect, it } from "vitest";
import { GuardError } from "../../src/model/error.ts";
import type { Api } from "../../src/model/api.ts";
import type { Obj } from "../../src/model/json.ts";
import type { Operation, Plan } from "../../src/model/plan.ts";
import { digestJson } from "../../src/canonical/digest.ts";
import type { JournalEntry } from "../../src/importers/journal.ts";
import { preflight, type Preflight } from "../../src/importers/preflight.ts";
import type { Target } from "../../src/importers/target.ts";
import { fakeOrg, type FakeOrg } from "./fake-org.ts";
import { journalOf, operation, sent, targetIn } from "./operations.ts";
import { planFor } from "./planning.ts";

type Journaled = { readonly [operation: string]: JournalEntry };

const planOf = (operations: readonly Operation[]): Plan => ({ ...planFor({}, {}), operations });
const thrown = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error);

function look(target: Target, operations: readonly Operation[], journal: Journaled = {}): Promise<Preflight> {
  return preflight(target, planOf(operations), journalOf(journal));
}

/** An operation on an object that the plan saw in the state `before`. */
function change(coordinate: string, id: string, before: Obj, more: Partial<Operation>): Operation {
  return operation({ coordinate, targetId: id, before, targetDigest: digestJson(before), ...more });
}

const started: JournalEntry = { state: "started", id: "", digest: "", at: 0 };
const done = (id: string): JournalEntry => ({ state: "done", id, digest: "", at: 0 });

function create(id: string, name: string, more: Obj = {}): Operation {
  return operation({ id, coordinate: `item/${name}`, action: "create", after: { name, ...more } });
}

function orgWithA(entity: Obj): { org: FakeOrg; id: string; target: Target } {
  const org = fakeOrg("standby");
  const id = org.put("items", { name: "a", ...entity });
  return { org, id, target: targetIn(org, { "item/a": id }) };
}

describe("the verdict about an object that is to be changed", () => {
  const before = { name: "a", description: "old" };
  const first = { name: "a", description: "new" };
  const second = { name: "a", description: "new", tags: ["x"] };
  const twoPasses = (id: string): Operation[] => [
    change("item/a", id, before, { id: "op-1", after: first, edits: [{ path: "/description" }] }),
    change("item/a", id, before, { id: "op-2", after: second, wave: 2, edits: [{ path: "/tags" }], phase: 2 }),
  ];

  it.each<[string, Obj, string[], Journaled]>([
    ["as planned", { description: "old" }, [], {}],
    ["as planned, though begun", { description: "old" }, [], { "op-1": started }],
    ["as the first pass leaves it", { description: "new" }, ["op-1"], {}],
    ["as wanted", { description: "new", tags: ["x"] }, ["op-1", "op-2"], {}],
    ["half written", { description: "mid" }, [], { "op-1": started }],
    ["half written in the second pass", { description: "mid" }, ["op-1"], { "op-1": done(""), "op-2": started }],
  ])("%s", async (_, entity, expected, journal) => {
    const { id, target } = orgWithA(entity);
    const ready = await look(target, twoPasses(id), journal);
    expect([...ready.done]).toEqual(expected.map((each) => [each, id]));
    expect(ready.present.get("item/a")?.object).toEqual({ name: "a", ...entity });
  });

  it.each<[string, Obj | undefined, Journaled]>([
    ["changed by somebody else", { description: "theirs" }, {}],
    ["changed after the first pass was done", { description: "theirs" }, { "op-1": done("") }],
    ["changed while another operation was begun", { description: "theirs" }, { "op-9": started }],
    ["gone", undefined, {}],
    ["gone while it was written", undefined, { "op-1": started }],
  ])("moved: %s", async (_, entity, journal) => {
    const { org, id, target } = orgWithA(entity ?? {});
    if (entity === undefined) org.stored.get("items")?.clear();
    const error = await thrown(look(target, twoPasses(id), journal));
    expect(error).toBeInstanceOf(GuardError);
    expect(error).toMatchObject({
      code: "moved-target",
      message: "The standby changed after the plan was made: item/a",
      hint: "Make a new plan, look at it and apply that one.",
      place: { coordinate: "item/a" },
    });
  });

  it("looks at it once for both passes", async () => {
    const { org, id, target } = orgWithA({ description: "old" });
    await look(target, twoPasses(id));
    expect(sent(org)).toEqual(["GET /api/v2/items/{id}"]);
  });

  it("counts operational state where the plan is about it", async () => {
    const { id, target } = orgWithA({ enabled: true });
    const on = change("item/a", id, { name: "a" }, { after: { name: "a", enabled: true } });
    expect([...(await look(target, [on])).done.keys()]).toEqual(["op-1"]);
    const off = change("item/a", id, { name: "a", enabled: true }, { action: "delete" });
    expect((await look(target, [off])).done.size).toBe(0);
  });

  it("knows a rename that was done, by the id of the plan", async () => {
    const org = fakeOrg("standby");
    const id = org.put("items", { name: "new" });
    const rename = change("item/new", id, { name: "old" }, { from: "item/old", after: { name: "new" } });
    const ready = await look(targetIn(org, { "item/old": id }), [rename]);
    expect([...ready.done]).toEqual([["op-1", id]]);
  });

  it("knows a deletion that was done", async () => {
    const { org, id, target } = orgWithA({});
    org.stored.get("items")?.clear();
    const ready = await look(target, [change("item/a", id, { name: "a" }, { action: "delete" })]);
    expect([...ready.done]).toEqual([["op-1", id]]);
    expect(ready.present.has("item/a")).toBe(false);
  });

  it("is none for kinds of other versions", async () => {
    const { org, id, target } = orgWithA({});
    const [other, made] = [
      change("odd/a", id, { name: "a" }, {}),
      operation({ coordinate: "odd/b", action: "create" }),
    ];
    expect(await look(target, [other, made])).toEqual({ done: new Map(), present: new Map() });
    expect(sent(org)).toEqual([]);
  });
});

describe("a text before an apply", () => {
  const before = { name: "d", yaml: "a: 0" };
  it.each<[string, Partial<Operation>, boolean]>([
    ["left unchanged where it is not touched", { edits: [{ path: "/description" }] }, false],
    [
      "left unchanged where its revision is the plan's",
      { edits: [{ path: "/yaml/a" }], revisions: { yaml: "r1" } },
      false,
    ],
    ["left unchanged where a delete saw its revision", { action: "delete", revisions: { yaml: "r1" } }, false],
    ["read where its revision is unknown", { edits: [{ path: "/yaml/a" }] }, true],
    ["read where it is deleted", { action: "delete" }, true],
  ])("is %s", async (_, given, isRead) => {
    const org = fakeOrg("standby");
    const id = org.put("docs", { name: "d", text: "a: 0" });
    const after = given.action === "delete" ? {} : { after: { name: "d", yaml: "a: 1" } };
    const ready = await look(targetIn(org, { "doc/d": id }), [change("doc/d", id, before, { ...after, ...given })]);
    expect(ready.done.size).toBe(0);
    expect(ready.present.get("doc/d")?.object).toEqual(before);
    expect(sent(org).includes("GET /api/v2/docs/{id}/text")).toBe(isRead);
  });
});

describe("an object that is to be created", () => {
  it("is sought in the list, and nowhere else", async () => {
    const org = fakeOrg("standby");
    org.put("items", { name: "other" });
    org.put("items", { name: "a", managed: true });
    const target = targetIn(org);
    expect(await look(target, [create("op-1", "a")])).toEqual({ done: new Map(), present: new Map() });
    expect([...target.ids]).toEqual([]);
    expect(sent(org)).toEqual(["GET /api/v2/items"]);
  });

  it("is taken from the list that changed objects are taken from", async () => {
    const { org, id, target } = orgWithA({});
    await look(target, [create("op-1", "b"), change("item/a", id, { name: "a" }, { id: "op-2" })]);
    expect(sent(org)).toEqual(["GET /api/v2/items"]);
  });

  it("is done where it is there as wanted, with the state that is wanted of it", async () => {
    const org = fakeOrg("standby");
    const [a, b] = ["a", "b"].map((name) => org.put("items", { name, enabled: true }));
    const target = targetIn(org);
    const ready = await look(target, [create("op-1", "a", { enabled: true }), create("op-2", "b")]);
    expect(Object.fromEntries(ready.done)).toEqual({ "op-1": a, "op-2": b });
    expect(ready.present.get("item/a")?.object).toEqual({ name: "a", enabled: true });
    expect(ready.present.get("item/b")?.object).toEqual({ name: "b" });
    expect(target.ids.get("item/b")).toBe(b);
  });

  it.each<[string, Journaled]>([
    ["nothing was begun", {}],
    ["another one was begun", { "op-2": started }],
  ])("is somebody else's where it differs and %s", async (_, journal) => {
    const org = fakeOrg("standby");
    org.put("items", { name: "a", description: "theirs" });
    const operations = [create("op-1", "a"), create("op-2", "b")];
    expect(await thrown(look(targetIn(org), operations, journal))).toMatchObject({ code: "moved-target" });
  });

  it("is begun and unfinished where the journal says so", async () => {
    const org = fakeOrg("standby");
    const id = org.put("items", { name: "a" });
    const target = targetIn(org);
    const ready = await look(target, [create("op-1", "a", { description: "new" })], { "op-1": started });
    expect(ready.done.size).toBe(0);
    expect(ready.present.get("item/a")?.object).toEqual({ name: "a" });
    expect(target.ids.get("item/a")).toBe(id);
  });

  it("is not there when it vanishes while it is looked at", async () => {
    const org = fakeOrg("standby");
    org.put("items", { name: "a" });
    org.interfere(({ op }, when) => {
      if (op === "GET /api/v2/items" && when === "after") org.stored.get("items")?.clear();
    });
    expect(await look(targetIn(org), [create("op-1", "a")])).toEqual({ done: new Map(), present: new Map() });
  });
});

describe("the journal of an earlier run", () => {
  it("outranks a list that does not show what it made, and an object that is gone is not made again", async () => {
    const org = fakeOrg("standby");
    const id = org.put("items", { name: "b" });
    const hide: Api = {
      send: async (request, kind) => {
        const answer = await org.api.send(request, kind);
        const lists = "op" in request && request.op === "GET /api/v2/items";
        return lists ? { ...answer, body: { entities: [], total: 0 } } : answer;
      },
    };
    const ready = await look({ ...targetIn(org), api: hide }, [create("op-1", "b")], { "op-1": done(id) });
    expect([...ready.done]).toEqual([["op-1", id]]);
    org.stored.get("items")?.clear();
    const again = look(targetIn(org), [create("op-1", "b")], { "op-1": done(id) });
    expect(await thrown(again)).toMatchObject({ code: "moved-target" });
  });

  it("has what came with a new parent be written, not be taken for somebody else's", async () => {
    const org = fakeOrg("standby");
    const parent = org.put("items", { name: "a" });
    org.put("leaves", { name: "given", item: parent, size: 1 });
    const leaf = operation({
      id: "op-2",
      action: "create",
      coordinate: "leaf/a/given",
      after: { name: "given", size: 2 },
    });
    const ready = await look(targetIn(org), [create("op-1", "a"), leaf], { "op-1": done(parent) });
    expect([...ready.done.keys()]).toEqual(["op-1"]);
    expect(ready.present.get("leaf/a/given")?.object).toMatchObject({ size: 1 });
    const theirs = look(targetIn(org), [create("op-1", "a"), leaf]);
    expect(await thrown(theirs)).toMatchObject({ code: "moved-target" });
  });

  it("tells the ids of what that run made, and of nothing else", async () => {
    const org = fakeOrg("standby");
    const id = org.put("items", { name: "b" });
    const target = targetIn(org);
    const journal = { "op-9": done("9"), "op-2": done(id), "op-1": started };
    await look(target, [create("op-1", "a"), create("op-2", "b")], journal);
    expect([...target.ids]).toEqual([["item/b", id]]);
  });
});
