import { describe, expect, it } from "vitest";
import type { Answer } from "../../src/model/api.ts";
import { ApiError } from "../../src/model/error.ts";
import { fakeOrg, refused, type FakeOrg, type Interfere } from "./fake-org.ts";
import { applyTo, memoryFiles, planBetween } from "./job.ts";

/** Answers to a write that do not tell what became of it. */
const UNCLEAR: [string, Answer][] = [
  ["nothing", { status: 204 }],
  ["an empty object", { status: 200, body: {} }],
  ["null", { status: 200, body: null }],
  ["a text", { status: 200, text: "Service restarting" }],
];

const lost = (): never => {
  throw new ApiError({ status: 500, apiCode: "", code: "outcome-unknown" }, "An internal error", "Look at it.");
};

/** Meddles once with the first request of this kind. */
function once(op: string, when: "before" | "after", how: () => Answer | void): Interfere {
  const state = { used: false };
  return (call, at) => {
    if (state.used || call.op !== op || at !== when) return undefined;
    state.used = true;
    return how();
  };
}

function orgs(): { from: FakeOrg; to: FakeOrg } {
  return { from: fakeOrg("primary"), to: fakeOrg("standby") };
}

const CREATE = "POST /api/v2/items";
const UPDATE = "PUT /api/v2/items/{id}";
const REMOVE = "DELETE /api/v2/items/{id}";

describe("a create of which the answer is none", () => {
  it.each(UNCLEAR)("(%s) is found by its name when it took effect, and not created again", async (_, answer) => {
    const { from, to } = orgs();
    from.put("items", { name: "a", description: "new" });
    const plan = await planBetween(from, to);
    to.interfere(once(CREATE, "after", () => answer));
    const result = await applyTo(to, plan, memoryFiles());
    expect(result).toMatchObject({ operations: { done: 1, failed: 0 }, verified: true });
    expect(to.writes()).toEqual([CREATE]);
  });

  it.each(UNCLEAR)("(%s) fails with a summary when it did not take effect", async (_, answer) => {
    const { from, to } = orgs();
    from.put("items", { name: "a" });
    from.put("items", { name: "b" });
    const plan = await planBetween(from, to);
    to.interfere(once(CREATE, "before", () => answer));
    const result = await applyTo(to, plan, memoryFiles());
    expect(result).toMatchObject({ operations: { done: 1, failed: 1 }, failures: [{ code: "outcome-unknown" }] });
    expect(to.writes()).toEqual([CREATE, CREATE]);
    to.interfere(undefined);
    expect(await applyTo(to, plan, memoryFiles())).toMatchObject({ verified: true });
  });

  it("is completed where only a part of it was written", async () => {
    const { from, to } = orgs();
    from.put("docs", { name: "a", text: "to: b", revision: "r1" });
    const plan = await planBetween(from, to);
    const write = plan.operations.length;
    to.interfere(once("POST /api/v2/docs", "after", lost));
    expect(await applyTo(to, plan, memoryFiles())).toMatchObject({ operations: { done: write }, verified: true });
    expect(to.writes().filter((op) => op === "POST /api/v2/docs")).toHaveLength(1);
  });
});

describe("an update of which the answer is none", () => {
  const another: [string, Answer][] = [["another object", { status: 200, body: { id: "other" } }]];

  it.each([...UNCLEAR, ...another])("(%s) is done when it took effect", async (_, answer) => {
    const { from, to } = orgs();
    from.put("items", { name: "a", description: "new" });
    to.put("items", { name: "a", description: "old" });
    const plan = await planBetween(from, to);
    to.interfere(once(UPDATE, "after", () => answer));
    expect(await applyTo(to, plan, memoryFiles())).toMatchObject({ operations: { done: 1 }, verified: true });
    expect(to.writes()).toEqual([UPDATE]);
  });

  it.each([...UNCLEAR, ...another])(
    "(%s) is written once the object shows that nothing came of it",
    async (_, answer) => {
      const { from, to } = orgs();
      from.put("items", { name: "a", description: "new" });
      to.put("items", { name: "a", description: "old" });
      const plan = await planBetween(from, to);
      to.interfere(once(UPDATE, "before", () => answer));
      expect(await applyTo(to, plan, memoryFiles())).toMatchObject({ operations: { done: 1 }, verified: true });
      expect(to.writes()).toEqual([UPDATE, UPDATE]);
    },
  );

  it("that took effect before it was refused as stale is not taken for somebody else's", async () => {
    const { from, to } = orgs();
    from.put("items", { name: "a", description: "new" });
    to.put("items", { name: "a", description: "old" });
    const plan = await planBetween(from, to);
    to.interfere(
      once(UPDATE, "after", () => {
        throw refused(409, "version-conflict");
      }),
    );
    expect(await applyTo(to, plan, memoryFiles())).toMatchObject({ failures: [], verified: true });
  });

  it("leaves what somebody else changed meanwhile", async () => {
    const { from, to } = orgs();
    from.put("items", { name: "a", description: "new" });
    to.put("items", { name: "a", description: "old" });
    const plan = await planBetween(from, to);
    to.interfere(
      once(UPDATE, "before", () => {
        to.change("items", "a", { tags: ["theirs"] });
        return { status: 204 };
      }),
    );
    expect(await applyTo(to, plan, memoryFiles())).toMatchObject({ failures: [{ code: "outcome-unknown" }] });
    expect([...(to.stored.get("items")?.values() ?? [])]).toMatchObject([{ description: "old", tags: ["theirs"] }]);
  });
});

describe("a delete that failed", () => {
  it.each([
    ["is done when the object is gone", "after", { failures: [], verified: true }],
    ["fails while the object is there", "before", { failures: [{ code: "outcome-unknown" }], verified: false }],
  ] as const)("%s", async (_, when, result) => {
    const { from, to } = orgs();
    to.put("items", { name: "a" });
    const plan = await planBetween(from, to);
    to.interfere(once(REMOVE, when, lost));
    expect(await applyTo(to, plan, memoryFiles())).toMatchObject(result);
    expect(to.writes()).toEqual([REMOVE]);
  });
});
