import { describe, expect, it } from "vitest";
import { digestJson } from "../../src/topology/digest.ts";
import { planFor, snapshotOf, steps, type Objects } from "./planning.ts";

const item = (name: string, more: Objects[string] = {}): Objects => ({ [`item/${name}`]: { name, ...more } });

describe("the order of a plan", () => {
  it.each<[string, Objects, Objects, readonly string[]]>([
    ["nothing to do", item("a"), item("a"), []],
    [
      "independent objects in one wave, by name",
      { ...item("b"), ...item("a") },
      {},
      ["1 create item/a", "1 create item/b"],
    ],
    [
      "what is referred to first",
      { ...item("a", { needs: ["item/b"] }), ...item("b", { needs: ["item/c"] }), ...item("c") },
      {},
      ["1 create item/c", "2 create item/b", "3 create item/a"],
    ],
    [
      "the parent before what lies in it",
      { ...item("z"), "leaf/z/l": { name: "l" } },
      {},
      ["1 create item/z", "2 create leaf/z/l"],
    ],
    [
      "an updated parent before what lies in it",
      { ...item("z", { description: "new" }), "leaf/z/l": { name: "l" } },
      item("z"),
      ["1 update item/z", "2 create leaf/z/l"],
    ],
    [
      "no waiting for an object that is only updated",
      { ...item("a", { needs: ["item/b"] }), ...item("b", { description: "new" }) },
      item("b"),
      ["1 create item/a", "1 update item/b"],
    ],
    [
      "what a text names before the text, also when it is only updated",
      { "doc/d": { name: "d", yaml: "item: a\nitem: b" }, ...item("a"), ...item("b", { description: "new" }) },
      item("b"),
      ["1 create item/a", "1 update item/b", "2 create doc/d"],
    ],
    [
      "a name that nothing has holds up nothing",
      { "doc/d": { name: "d", yaml: "item: nobody\ndoc: d" } },
      {},
      ["1 create doc/d"],
    ],
    [
      "no second pass where a phase-2 reference closes no circle",
      { ...item("a", { next: "item/b" }), ...item("b") },
      {},
      ["1 create item/b", "2 create item/a"],
    ],
    [
      "two passes over one object of a circle",
      { ...item("a", { next: "item/b" }), ...item("b", { needs: ["item/a"] }) },
      {},
      ["1 create item/a#1", "2 create item/b", "3 update item/a#2"],
    ],
    [
      "a reference to itself in a second pass",
      item("a", { next: "item/a" }),
      {},
      ["1 create item/a#1", "2 update item/a#2"],
    ],
    [
      "who gives a number up before who gets it",
      { "slot/a": { name: "a", number: "1" }, "slot/b": { name: "b", number: "2" } },
      { "slot/a": { name: "a", number: "0" }, "slot/b": { name: "b", number: "1" } },
      ["1 update slot/b", "2 update slot/a"],
    ],
    [
      "two that exchange numbers at once, because that cannot be ordered",
      { "slot/a": { name: "a", number: "1" }, "slot/b": { name: "b", number: "2" } },
      { "slot/a": { name: "a", number: "2" }, "slot/b": { name: "b", number: "1" } },
      ["1 update slot/a", "1 update slot/b"],
    ],
  ])("has %s", (_, desired, current, expected) => {
    const plan = planFor(desired, current);
    expect(steps(plan)).toEqual(expected);
    expect(plan.blocked).toEqual([]);
  });

  it("splits one object of a long circle, not all of them", () => {
    const circle = Object.assign(
      {},
      ...["a", "b", "c", "d"].map((name, at, all) => item(name, { next: `item/${all[(at + 1) % all.length] ?? ""}` })),
    ) as Objects;
    const plan = planFor(circle, {});
    expect(plan.operations.filter(({ phase }) => phase === 2)).toHaveLength(1);
    expect(plan.operations).toHaveLength(5);
  });

  it("deletes what refers before what is referred to", () => {
    const current = {
      ...item("a", { needs: ["item/b"] }),
      ...item("b", { next: "item/c" }),
      ...item("c"),
      "doc/d": { name: "d", yaml: "item: a" },
      ...item("e", { needs: ["item/c"], next: "item/e" }),
      "slot/s": { name: "s" },
    };
    const plan = planFor(item("e"), current, { prune: true });
    expect(steps(plan)).toEqual([
      "1 delete doc/d",
      "1 update item/e",
      "2 delete item/a",
      "3 delete item/b",
      "4 delete item/c",
    ]);
    expect(plan.blocked).toMatchObject([{ coordinate: "slot/s", code: "not-writable" }]);
    expect(steps(planFor(item("e"), current))).toEqual(["1 update item/e"]);
  });

  it("lets operations depend on exactly those that must be done first", () => {
    const plan = planFor(
      { ...item("a", { next: "item/b" }), ...item("b", { needs: ["item/a", "item/c"] }), ...item("c") },
      {},
    );
    const named = Object.fromEntries(
      plan.operations.map(({ id, coordinate, phase, dependsOn }) => [`${coordinate}#${phase ?? 0}`, { id, dependsOn }]),
    );
    expect(named).toEqual({
      "item/a#1": { id: "op-0001", dependsOn: [] },
      "item/c#0": { id: "op-0002", dependsOn: [] },
      "item/b#0": { id: "op-0003", dependsOn: ["op-0001", "op-0002"] },
      "item/a#2": { id: "op-0004", dependsOn: ["op-0001", "op-0003"] },
    });
  });
});

describe("what a plan cannot do", () => {
  it.each<
    [string, Objects, Objects, readonly string[], readonly (readonly [string, string, string])[], readonly string[]]
  >([
    [
      "an object that refers to nothing known, and what needs it",
      { ...item("a", { home: "place/x" }), ...item("b", { needs: ["item/a"] }), ...item("c") },
      {},
      [],
      [
        ["item/a", "missing-reference", "refers to place/x, which neither organisation has"],
        ["item/b", "blocked-by", "needs item/a, which cannot be written"],
      ],
      ["1 create item/c"],
    ],
    ["nothing, where the standby knows it", item("a", { home: "place/x" }), {}, ["place/x"], [], ["1 create item/a"]],
    [
      "a change of what is fixed at creation",
      item("a", { colour: "red", description: "new" }),
      item("a", { colour: "blue" }),
      [],
      [
        [
          "item/a",
          "immutable-field",
          "/colour is fixed when the object is created; delete the object in the standby so that the next plan creates it anew",
        ],
      ],
      [],
    ],
    [
      "objects that need one another at once, and what needs those",
      {
        ...item("a", { needs: ["item/b"] }),
        ...item("b", { needs: ["item/a"] }),
        ...item("c", { needs: ["item/b"] }),
        ...item("d"),
      },
      {},
      [],
      [
        [
          "item/a",
          "reference-cycle",
          "is part of a circle of new objects that need one another at once; create one of them by hand first",
        ],
        [
          "item/b",
          "reference-cycle",
          "is part of a circle of new objects that need one another at once; create one of them by hand first",
        ],
        ["item/c", "blocked-by", "needs item/b, which cannot be written"],
      ],
      ["1 create item/d"],
    ],
    [
      "the second pass of an object whose circle is blocked",
      { ...item("a", { next: "item/b" }), ...item("b", { needs: ["item/a"], home: "place/x" }) },
      {},
      [],
      [
        ["item/b", "missing-reference", "refers to place/x, which neither organisation has"],
        ["item/a", "blocked-by", "needs item/b, which cannot be written"],
      ],
      ["1 create item/a#1"],
    ],
  ])("is %s", (_, desired, current, known, blocked, expected) => {
    const plan = planFor(desired, current, { known });
    expect(plan.blocked.map(({ coordinate, code, message }) => [coordinate, code, message]).sort()).toEqual(
      [...blocked].map((entry) => [...entry]).sort(),
    );
    expect(steps(plan)).toEqual(expected);
  });

  it("names the operation that the platform lacks", () => {
    expect(planFor({}, { "team/t": { name: "t" } }, { prune: true }).blocked).toEqual([
      { coordinate: "team/t", code: "not-writable", message: "Genesys Cloud has no operation to delete a team" },
    ]);
  });

  it("is nothing for kinds that are only known or computed", () => {
    const plan = planFor({ "person/p": { name: "p" }, "other/o": {} }, { "place/q": {} }, { prune: true });
    expect([plan.operations, plan.blocked]).toEqual([[], []]);
  });

  it("renames what was fixed at creation like anything else", () => {
    const renamed = new Map([["item/new", "item/old"]]);
    const plan = planFor(item("new", { colour: "red" }), item("old", { colour: "blue" }), { renamed });
    expect(plan.operations).toMatchObject([
      { action: "rename", coordinate: "item/new", from: "item/old", targetId: "standby:item/old" },
    ]);
  });

  it("waits for a rename as for a create", () => {
    const renamed = new Map([["item/new", "item/old"]]);
    const desired = { ...item("a", { needs: ["item/new"] }), ...item("new") };
    expect(steps(planFor(desired, item("old"), { renamed }))).toEqual(["1 rename item/new", "2 create item/a"]);
  });
});

describe("an operation", () => {
  it("carries both sides, ids and the digest of what it was made from", () => {
    const plan = planFor(item("a", { description: "new" }), item("a"));
    expect(plan.operations).toEqual([
      {
        id: "op-0001",
        wave: 1,
        action: "update",
        coordinate: "item/a",
        sourceId: "primary:item/a",
        dependsOn: [],
        targetId: "standby:item/a",
        targetDigest: digestJson({ name: "a" }),
        edits: [{ path: "/description", after: "new" }],
        before: { name: "a" },
        after: { name: "a", description: "new" },
      },
    ]);
  });

  it("of a delete has neither a result nor a source", () => {
    const [operation] = planFor({}, item("a"), { prune: true }).operations;
    expect(operation).toEqual({
      id: "op-0001",
      wave: 1,
      action: "delete",
      coordinate: "item/a",
      dependsOn: [],
      targetId: "standby:item/a",
      targetDigest: digestJson({ name: "a" }),
      edits: [{ path: "/name", before: "a" }],
      before: { name: "a" },
    });
  });

  it("of a create has no id, though the standby knows an object of that name that is no configuration", () => {
    const [operation] = planFor(item("a"), {}, { known: ["item/a"] }).operations;
    expect(operation).not.toHaveProperty("targetId");
    expect(operation).not.toHaveProperty("targetDigest");
  });

  it("is split so that the second pass adds what closes the circle", () => {
    const desired = { ...item("a", { next: "item/b", tags: ["x"] }), ...item("b", { needs: ["item/a"] }) };
    const [first, , third] = planFor(desired, {}).operations;
    expect(first).toMatchObject({ action: "create", after: { name: "a", tags: ["x"] } });
    expect(first?.edits.map(({ path }) => path)).toEqual(["/name", "/tags"]);
    expect(third).toMatchObject({
      action: "update",
      before: { name: "a", tags: ["x"] },
      after: { name: "a", next: "item/b", tags: ["x"] },
      edits: [{ path: "/next", after: "item/b" }],
    });
    expect(third).not.toHaveProperty("targetDigest");
    expect(third).not.toHaveProperty("targetId");
  });

  it("on an object that exists keeps its reference until the second pass", () => {
    const desired = {
      ...item("a", { next: "item/b", description: "new" }),
      ...item("b", { needs: ["item/c"] }),
      ...item("c", { next: "item/a" }),
    };
    const renamed = new Map([["item/a", "item/z"]]);
    const plan = planFor(desired, item("z", { next: "item/z" }), { renamed });
    const passes = plan.operations.filter(({ coordinate }) => coordinate === "item/a");
    if (passes.length === 2) {
      expect(passes[0]).toMatchObject({
        action: "rename",
        before: { next: "item/z" },
        after: { next: "item/z", description: "new" },
      });
      expect(passes[1]).toMatchObject({ action: "update", before: { next: "item/z" }, after: { next: "item/b" } });
      expect(passes[1]?.targetId).toBe("standby:item/z");
    }
    expect(plan.operations.filter(({ phase }) => phase === 2)).toHaveLength(1);
  });

  it("knows the revisions of the parts that were there, and the source by its own name", () => {
    const current = { "doc/d": { name: "d", yaml: "a: 1" } };
    const input = { revisions: new Map([["doc/d", { yaml: "r3" }]]) };
    const plan = planFor({ "doc/d": { name: "d", yaml: "a: 2" } }, current, {
      target: { ...snapshotOf("standby", current), ...input },
      origin: new Map([["doc/d", "doc/p"]]),
      known: ["doc/p"],
    });
    expect(plan.operations[0]).toMatchObject({ revisions: { yaml: "r3" }, sourceId: "primary:doc/p" });
  });
});

describe("a plan", () => {
  it("lists what is in step already, with both ids", () => {
    const plan = planFor(
      { ...item("a"), ...item("b"), "person/p": { name: "p" } },
      { ...item("a"), "person/p": { name: "p" } },
      {
        origin: new Map([["item/a", "item/A"]]),
        known: ["item/A"],
      },
    );
    expect(plan.equal).toEqual({ "item/a": ["primary:item/A", "standby:item/a", digestJson({ name: "a" })] });
  });

  it("says whose it is and what it was made from", () => {
    const finding = { code: "f", coordinate: "item/a", message: "m" };
    const plan = planFor(item("a"), {}, { findings: [finding], known: ["place/x"] });
    expect(plan).toMatchObject({
      schemaVersion: 1,
      tool: "lockstep test",
      source: { orgId: "primary", name: "The primary" },
      target: { orgId: "standby", name: "The standby" },
      sourceTakenAt: "2026-11-20T12:00:00.000Z",
      prune: false,
      members: "emails",
      findings: [finding],
      ids: { "place/x": "standby:place/x" },
      guards: [],
    });
  });

  it("names an object that is blocked for two reasons once", () => {
    const plan = planFor(item("a", { home: "place/x", needs: ["item/y"] }), {});
    expect(plan.blocked).toHaveLength(1);
  });

  it("is the same for the same input, in whatever order it comes", () => {
    const desired = {
      ...item("a", { next: "item/b" }),
      ...item("b", { next: "item/c" }),
      ...item("c", { next: "item/a" }),
      ...item("d"),
    };
    const turned = Object.fromEntries(Object.entries(desired).reverse());
    expect(planFor(turned, {}).sha256).toBe(planFor(desired, {}).sha256);
  });
});
