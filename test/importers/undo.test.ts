import { describe, expect, it } from "vitest";
import type { Obj } from "../../src/model/json.ts";
import type { Operation } from "../../src/model/plan.ts";
import { hitsAtApply } from "../../src/importers/guards.ts";
import { undoPlan } from "../../src/importers/undo.ts";
import { KINDS } from "./fake-kinds.ts";
import { fakeOrg } from "./fake-org.ts";
import { NOW, OPEN_GUARDS } from "./job.ts";
import { operation, targetIn } from "./operations.ts";
import { planFor } from "./planning.ts";

function undoOf(done: readonly Operation[], written: { readonly [coordinate: string]: Obj } = {}): Operation[] {
  const ids = { "item/a": "1", "item/b": "2", "doc/d": "3" };
  const target = targetIn(fakeOrg("standby"), ids);
  const applied = { plan: planFor({}, {}), done, guards: OPEN_GUARDS };
  return [...undoPlan(applied, target, new Map(Object.entries(written))).operations];
}

describe("the undo of an operation", () => {
  const update = operation({
    coordinate: "item/a",
    targetId: "1",
    before: { name: "a", description: "old" },
    after: { name: "a", description: "new" },
  });

  it("starts from what was written, not from what was wanted", () => {
    expect(undoOf([update], { "item/a": { name: "a", description: "theirs" } })).toEqual([
      {
        id: "op-1",
        wave: 1,
        action: "update",
        coordinate: "item/a",
        dependsOn: [],
        targetId: "1",
        targetDigest: expect.any(String) as string,
        before: { name: "a", description: "theirs" },
        after: { name: "a", description: "old" },
        edits: [{ path: "/description", before: "theirs", after: "old" }],
      },
    ]);
  });

  it("starts from what was wanted where it was not read again", () => {
    expect(undoOf([update])).toMatchObject([{ before: update.after, after: update.before }]);
  });

  it("of a first pass starts from the first pass", () => {
    const [first, final] = [
      { name: "a", description: "1" },
      { name: "a", description: "2" },
    ];
    const both = undoOf(
      [
        { ...update, id: "op-1", phase: 1, after: first },
        { ...update, id: "op-2", phase: 2, wave: 2, before: first, after: final, dependsOn: ["op-1", "op-0"] },
      ],
      { "item/a": final },
    );
    expect(both.map(({ id, wave, before, after, dependsOn }) => ({ id, wave, before, after, dependsOn }))).toEqual([
      { id: "op-2", wave: 1, before: final, after: first, dependsOn: [] },
      { id: "op-1", wave: 3, before: first, after: update.before, dependsOn: ["op-2"] },
    ]);
  });

  it("leaves what the platform cannot delete, and nothing waits for it", () => {
    const created = operation({ coordinate: "slot/s", action: "create", after: { name: "s" }, dependsOn: ["op-1"] });
    const applied = [
      { ...update, id: "op-1" },
      { ...created, id: "op-2", wave: 2 },
    ];
    expect(undoOf(applied).map(({ id, dependsOn }) => [id, dependsOn])).toEqual([["op-1", []]]);
  });

  it("waits for the undo of all that depended on it, and for nothing that was not done", () => {
    const operations = undoOf([
      { ...update, id: "op-1" },
      { ...update, id: "op-3", coordinate: "item/b", wave: 2, dependsOn: ["op-1", "op-7"] },
      { ...update, id: "op-2", coordinate: "doc/d", wave: 2, dependsOn: ["op-1"] },
    ]);
    expect(operations.map(({ id, dependsOn }) => [id, [...dependsOn].sort()])).toEqual([
      ["op-2", []],
      ["op-3", []],
      ["op-1", ["op-2", "op-3"]],
    ]);
  });

  it.each<[string, Partial<Operation>, object]>([
    [
      "deletes what was created, with all that it has now",
      { action: "create", after: { name: "b" } },
      { action: "delete", targetId: "2", edits: [{ path: "/name", before: "b" }] },
    ],
    [
      "creates what was deleted, as it was",
      { action: "delete", before: { name: "b" } },
      { action: "create", after: { name: "b" }, edits: [{ path: "/name", after: "b" }] },
    ],
    [
      "gives the old name back",
      { from: "item/old", before: { name: "old" }, after: { name: "b" } },
      { action: "update", coordinate: "item/old", targetId: "2" },
    ],
  ])("%s", (_, given, expected) => {
    expect(undoOf([operation({ coordinate: "item/b", ...given })])).toMatchObject([expected]);
  });

  it("has no id for what the standby never had one for", () => {
    const [undo] = undoOf([{ ...update, coordinate: "item/unknown" }]);
    expect(undo).not.toHaveProperty("targetId");
    expect(undo).not.toHaveProperty("revisions");
  });

  it("has no edits where the kind or one side is unknown", () => {
    const { before: _, ...blind } = update;
    const operations = [{ ...update, coordinate: "odd/a" }, blind];
    expect(operations.flatMap((each) => undoOf([each])).map(({ edits }) => edits)).toEqual([[], []]);
  });
});

describe("the undo of a text", () => {
  const update = operation({
    coordinate: "doc/d",
    before: { name: "d", yaml: "a: 1" },
    after: { name: "d", yaml: "a: 2" },
  });

  it("restores the revision that was there", () => {
    expect(undoOf([{ ...update, revisions: { yaml: "r1" } }])).toMatchObject([
      { action: "restore", revisions: { yaml: "r1" }, before: update.after, after: update.before },
    ]);
  });

  it.each<[string, Operation]>([
    ["no revision is known", update],
    ["the text stayed", { ...update, revisions: { yaml: "r1" }, after: { name: "d", yaml: "a: 1", description: "x" } }],
    ["the kind has no texts", { ...update, coordinate: "item/a", revisions: { yaml: "r1" } }],
  ])("is an ordinary update where %s", (_, done) => {
    expect(undoOf([done])).toMatchObject([{ action: "update", after: update.before }]);
  });
});

describe("the guards of an undo", () => {
  const NARROW = { ...OPEN_GUARDS, maxDeletes: { percent: 50, minimum: 1 }, protected: [{ kind: "doc", name: "d" }] };
  const created = operation({ id: "op-1", action: "create", coordinate: "item/a", after: { name: "a" } });
  const filled = operation({
    id: "op-2",
    coordinate: "item/b",
    targetId: "2",
    before: { name: "b" },
    after: { name: "b", tags: ["x"] },
  });
  const changed = operation({
    id: "op-3",
    coordinate: "doc/d",
    targetId: "3",
    before: { name: "d" },
    after: { name: "d", yaml: "x: y" },
  });
  const target = targetIn(fakeOrg("standby"), { "item/a": "1", "doc/d": "3" });
  const undo = undoPlan({ plan: planFor({}, {}), done: [created, filled, changed], guards: NARROW }, target, new Map());

  it("are those of any plan", () => {
    expect(undo.guards.map(({ guard, message }) => `${guard}: ${message}`)).toEqual([
      "max-deletes: Deletes 1 of 1 objects of kind item, more than 50 %",
      "protected: doc/d is protected in lockstep.yaml; the plan would update it",
      "loses-all-members: item/b would lose everything in /tags: 1 before, 0 after",
    ]);
  });

  it("do not include the age of the source, because it goes back to what was there", () => {
    const later = new Date(NOW.getTime() + 72 * 3_600_000);
    expect(hitsAtApply(undo, KINDS, NARROW, later)).toEqual(undo.guards);
    expect(hitsAtApply(planFor({}, {}), KINDS, NARROW, later).map(({ guard }) => guard)).toEqual(["stale-snapshot"]);
  });
});
