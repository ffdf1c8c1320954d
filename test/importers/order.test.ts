import { describe, expect, it } from "vitest";
import { planFor, steps, type Objects } from "./planning.ts";

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
      "the parent before what is in it",
      { ...item("z"), "leaf/z/l": { name: "l" } },
      {},
      ["1 create item/z", "2 create leaf/z/l"],
    ],
    [
      "an updated parent before what is in it",
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
      "what a text names before the text",
      { "doc/d": { name: "d", yaml: "item: a" }, ...item("a") },
      {},
      ["1 create item/a", "2 create doc/d"],
    ],
    [
      "what a text names before the text, when it only changes",
      { "doc/d": { name: "d", yaml: "item: b\nitem: c" }, ...item("b", { description: "new" }), ...item("c") },
      { ...item("b"), ...item("c") },
      ["1 update item/b", "2 create doc/d"],
    ],
    [
      "texts that name one another in two passes",
      { "doc/d": { name: "d", yaml: "doc: e" }, "doc/e": { name: "e", yaml: "doc: d" } },
      {},
      ["1 create doc/d#1", "2 create doc/e", "3 update doc/d#2"],
    ],
    [
      "a cycle opened where that opens most of it",
      {
        "doc/a": { name: "a", yaml: "doc: z" },
        "doc/b": { name: "b", yaml: "doc: z" },
        "doc/z": { name: "z", yaml: "doc: a\ndoc: b" },
      },
      {},
      ["1 create doc/z#1", "2 create doc/a", "2 create doc/b", "3 update doc/z#2"],
    ],
    [
      "a second pass that is no other object of a like name",
      { ...item("a", { next: "item/b" }), ...item("b", { needs: ["item/a"] }), ...item("a#2") },
      {},
      ["1 create item/a#1", "1 create item/a#2", "2 create item/b", "3 update item/a#2"],
    ],
    [
      "separate cycles, each opened once",
      {
        ...item("a", { next: "item/b" }),
        ...item("b", { next: "item/a" }),
        ...item("c", { next: "item/d", needs: ["item/a"] }),
        ...item("d", { next: "item/c" }),
      },
      {},
      [
        "1 create item/a#1",
        "2 create item/b",
        "2 create item/c#1",
        "3 update item/a#2",
        "3 create item/d",
        "4 update item/c#2",
      ],
    ],
    [
      "no second pass for a reference to itself that is left out",
      item("a", { peer: "item/a" }),
      {},
      ["1 create item/a"],
    ],
    [
      "others first though that reference may be left out",
      { ...item("a", { peer: "item/b" }), ...item("b") },
      {},
      ["1 create item/b", "2 create item/a"],
    ],
    [
      "a name that nothing has holds up nothing",
      { "doc/d": { name: "d", yaml: "item: nobody\ndoc: d" } },
      {},
      ["1 create doc/d"],
    ],
    [
      "no second pass where a phase-2 reference closes no cycle",
      { ...item("a", { next: "item/b" }), ...item("b") },
      {},
      ["1 create item/b", "2 create item/a"],
    ],
    [
      "two passes over one object of a cycle",
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

  it("splits one object of a long cycle, not all of them", () => {
    const cycle = Object.assign(
      {},
      ...["a", "b", "c", "d"].map((name, at, all) => item(name, { next: `item/${all[(at + 1) % all.length] ?? ""}` })),
    ) as Objects;
    const plan = planFor(cycle, {});
    expect(plan.operations.filter(({ phase }) => phase === 2)).toHaveLength(1);
    expect(plan.operations).toHaveLength(5);
  });

  it("opens a cycle inside a cycle as well, and no other object than that takes", () => {
    const plan = planFor(
      {
        "doc/a": { name: "a", yaml: "doc: b" },
        "doc/b": { name: "b", yaml: "doc: c\ndoc: d" },
        "doc/c": { name: "c", yaml: "doc: a\ndoc: d" },
        "doc/d": { name: "d", yaml: "doc: c" },
      },
      {},
    );
    expect(plan.blocked).toEqual([]);
    expect(steps(plan)).toEqual([
      "1 create doc/b#1",
      "2 create doc/a",
      "3 create doc/c#1",
      "4 create doc/d",
      "5 update doc/b#2",
      "5 update doc/c#2",
    ]);
  });

  it("gives an object its new name before a text uses that", () => {
    const desired = { ...item("new"), "doc/d": { name: "d", yaml: "item: new" } };
    const current = { ...item("old"), "doc/d": { name: "d", yaml: "item: gone" } };
    const renamed = new Map([["item/new", "item/old"]]);
    expect(steps(planFor(desired, current, { renamed }))).toEqual(["1 rename item/new", "2 update doc/d"]);
  });

  it("deletes what refers before what is referred to", () => {
    const current = {
      ...item("a", { needs: ["item/b"] }),
      ...item("b", { next: "item/c" }),
      ...item("c", { next: "item/c" }),
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

  it("names dependencies in the order in which they are done", () => {
    const plan = planFor(
      {
        ...item("c", { needs: ["item/a", "item/z"] }),
        ...item("a", { needs: ["item/y"] }),
        ...item("y"),
        ...item("z"),
      },
      {},
    );
    expect(plan.operations.find(({ coordinate }) => coordinate === "item/c")?.dependsOn).toEqual([
      "op-0002",
      "op-0003",
    ]);
  });

  it("publishes in the first pass what of a text can be published, and the rest in the second", () => {
    const plan = planFor(
      { "doc/d": { name: "d", yaml: "a: 1\ndoc: e\nitem: i" }, "doc/e": { name: "e", yaml: "doc: d" }, ...item("i") },
      {},
    );
    const passes = plan.operations.filter(({ coordinate }) => coordinate === "doc/d");
    expect(passes.map(({ after }) => after?.["yaml"])).toEqual(["a: 1\nitem: i", "a: 1\ndoc: e\nitem: i"]);
    expect(passes[1]?.edits).toEqual([{ path: "/yaml/doc", after: "e" }]);
  });
});
