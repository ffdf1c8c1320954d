import { describe, expect, it } from "vitest";
import type { Api } from "../../src/model/api.ts";
import type { Operation } from "../../src/model/plan.ts";
import { verify } from "../../src/importers/verify.ts";
import { fakeOrg, type FakeOrg } from "./fake-org.ts";
import { operation, sent, targetIn } from "./operations.ts";

/** The organisation, and the pauses that were made for it. */
function patient(org: FakeOrg, pauses: number[], afterPause: () => void = () => undefined): FakeOrg {
  const api: Api = {
    send: async (request, kind) => {
      const answer = await org.api.send(request, kind);
      if (!("pauseMs" in request)) return answer;
      pauses.push(request.pauseMs);
      afterPause();
      return answer;
    },
  };
  return { ...org, api };
}

const a = (given: Partial<Operation>): Operation => operation({ coordinate: "item/a", ...given });

describe("after an apply", () => {
  it("objects are as wanted, whatever their order was", async () => {
    const org = fakeOrg("standby");
    const ids = { "item/b": org.put("items", { name: "b" }), "item/a": org.put("items", { name: "a" }) };
    const operations = [
      operation({ id: "op-1", coordinate: "item/b", action: "create", after: { name: "b" } }),
      operation({ id: "op-2", coordinate: "item/a", action: "update", after: { name: "a" } }),
    ];
    const { objects, unequal } = await verify(targetIn(org, ids), operations);
    expect([...objects]).toEqual([
      ["item/a", { name: "a" }],
      ["item/b", { name: "b" }],
    ]);
    expect(unequal).toEqual([]);
  });

  it.each<[string, Partial<Operation>, object[]]>([
    ["was to be gone is", { action: "delete" }, [{ path: "", before: { name: "a", tags: ["x"] } }]],
    [
      "differs",
      { after: { name: "a", description: "d" } },
      [
        { path: "/description", after: "d" },
        { path: "/tags", before: { x: "x" } },
      ],
    ],
    [
      "lacks the state that was wanted",
      { after: { name: "a", tags: ["x"], enabled: true } },
      [{ path: "/enabled", before: false, after: true }],
    ],
  ])("an object is told that %s", async (_, given, edits) => {
    const org = fakeOrg("standby");
    const id = org.put("items", { name: "a", tags: ["x"], enabled: false });
    const { objects, unequal } = await verify(targetIn(org, { "item/a": id }), [a(given)]);
    expect([...objects.keys()]).toEqual(["item/a"]);
    expect(unequal).toMatchObject([{ coordinate: "item/a", edits }]);
    expect(unequal[0]?.edits).toHaveLength(edits.length);
  });

  it("what was deleted is not an object, and what was to be there is told", async () => {
    const target = targetIn(fakeOrg("standby"), { "item/a": "1", "item/b": "2" });
    const { objects, unequal } = await verify(target, [
      a({ action: "delete" }),
      operation({ coordinate: "item/b", after: { name: "b" } }),
    ]);
    expect(objects.size).toBe(0);
    expect(unequal).toEqual([{ coordinate: "item/b", edits: [{ path: "" }] }]);
  });

  it("the last of several operations on an object counts", async () => {
    const org = fakeOrg("standby");
    const id = org.put("items", { name: "a", description: "second" });
    const { unequal } = await verify(targetIn(org, { "item/a": id }), [
      a({ action: "create", after: { name: "a", description: "first" } }),
      a({ after: { name: "a", description: "second" } }),
    ]);
    expect(unequal).toEqual([]);
  });

  it("nothing is said of what has no id or is of an unknown kind", async () => {
    const org = fakeOrg("standby");
    const result = await verify(targetIn(org, { "odd/b": "1" }), [
      a({ after: { name: "a" } }),
      operation({ coordinate: "odd/b", after: { name: "b" } }),
    ]);
    expect(result).toMatchObject({ objects: new Map(), unequal: [], unchecked: ["item/a", "odd/b"] });
    expect(sent(org)).toEqual([]);
  });

  it("nothing is asked when nothing was written", async () => {
    expect(await verify(targetIn(fakeOrg("standby")), [])).toEqual({
      objects: new Map(),
      unequal: [],
      unchecked: [],
      read: new Map(),
    });
  });
});

describe("a text after an apply", () => {
  const before = { name: "d", yaml: "a: 0" };
  const edits = [{ path: "/yaml/a", before: "0", after: "1" }];

  it.each<[string, Partial<Operation>, string, boolean]>([
    ["taken from before where it was not touched", { before, edits: [{ path: "/description" }] }, "a: 0", false],
    ["taken from before where its revision stayed", { before, edits, revisions: { yaml: "r1" } }, "a: 0", false],
    ["read where its revision moved", { before, edits, revisions: { yaml: "r0" } }, "a: 1", true],
    ["read where it was written", { before, edits }, "a: 1", true],
    ["read where nothing was before", { edits: [{ path: "/description" }] }, "a: 1", true],
    ["read where it was restored", { before, edits, action: "restore", revisions: { yaml: "r1" } }, "a: 1", true],
  ])("is %s", async (_, given, yaml, isRead) => {
    const org = fakeOrg("standby");
    const id = org.put("docs", { name: "d", text: "a: 1" });
    const written = operation({ coordinate: "doc/d", after: { name: "d", yaml: "a: 1" }, ...given });
    const { objects } = await verify(targetIn(org, { "doc/d": id }), [written]);
    expect(objects.get("doc/d")).toEqual({ name: "d", yaml });
    expect(sent(org).includes("GET /api/v2/docs/{id}/text")).toBe(isRead);
  });
});

describe("what cannot be seen after an apply", () => {
  it("is waited for when it was created", async () => {
    const [org, pauses] = [fakeOrg("standby"), [] as number[]];
    const late = org.put("items", { name: "a" });
    const hidden = org.stored.get("items")?.get(late) ?? {};
    org.stored.get("items")?.clear();
    const slow = patient(org, pauses, () => {
      if (pauses.length === 2) org.stored.get("items")?.set(late, hidden);
    });
    const created = a({ action: "create", after: { name: "a" } });
    const { objects, unequal } = await verify(targetIn(slow, { "item/a": late }), [created]);
    expect([...objects.keys()]).toEqual(["item/a"]);
    expect(unequal).toEqual([]);
    expect(pauses).toHaveLength(2);
  });

  it.each<[string, Operation[]]>([
    ["it was updated", [a({ after: { name: "a" } })]],
    ["it was deleted", [a({ action: "delete" })]],
    ["it was created and taken away again", [a({ action: "create", after: { name: "a" } }), a({ action: "delete" })]],
  ])("is not waited for when %s", async (_, operations) => {
    const pauses: number[] = [];
    await verify(targetIn(patient(fakeOrg("standby"), pauses), { "item/a": "1" }), operations);
    expect(pauses).toEqual([]);
  });

  it("does not make others be read again", async () => {
    const [org, pauses] = [fakeOrg("standby"), [] as number[]];
    const ids = { "item/a": org.put("items", { name: "a" }), "slot/s": org.put("slots", { name: "s" }) };
    org.stored.get("slots")?.clear();
    const { unequal } = await verify(targetIn(patient(org, pauses), ids), [
      a({ action: "create", after: { name: "a" } }),
      operation({ coordinate: "slot/s", action: "create", after: { name: "s" } }),
    ]);
    expect(unequal).toEqual([{ coordinate: "slot/s", edits: [{ path: "" }] }]);
    expect(pauses.length).toBeGreaterThan(1);
    expect(sent(org).filter((op) => op.includes("/items"))).toHaveLength(1);
  });
});
