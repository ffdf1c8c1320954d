import { describe, expect, it } from "vitest";
import { planFor, steps, type Objects } from "./planning.ts";

const item = (name: string, more: Objects[string] = {}): Objects => ({ [`item/${name}`]: { name, ...more } });

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
        ["item/a", "missing-reference", "Refers to place/x, which is neither there nor created"],
        ["item/b", "blocked-by", "Needs item/a, which cannot be written"],
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
          "/colour is fixed when the object is created; delete the object in the standby so that the next plan creates it again",
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
          "Is part of a cycle of new objects that need one another at once; create one of them by hand first",
        ],
        [
          "item/b",
          "reference-cycle",
          "Is part of a cycle of new objects that need one another at once; create one of them by hand first",
        ],
        ["item/c", "blocked-by", "Needs item/b, which cannot be written"],
      ],
      ["1 create item/d"],
    ],
    [
      "the second pass of an object whose cycle is blocked",
      { ...item("a", { next: "item/b" }), ...item("b", { needs: ["item/a"], home: "place/x" }) },
      {},
      [],
      [
        ["item/b", "missing-reference", "Refers to place/x, which is neither there nor created"],
        ["item/a", "blocked-by", "Needs item/b, which cannot be written"],
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

  it("keeps names whole that look like a second pass", () => {
    const names = {
      ...item("a#2", { needs: ["item/a#2c"] }),
      ...item("a#2c", { needs: ["item/a#2"] }),
      ...item("x#2", { needs: ["item/a#2"] }),
    };
    const blocked = planFor(names, {}).blocked.map(({ coordinate, code }) => [coordinate, code]);
    expect(blocked.sort(([a = ""], [b = ""]) => (a < b ? -1 : 1))).toEqual([
      ["item/a#2", "reference-cycle"],
      ["item/a#2c", "reference-cycle"],
      ["item/x#2", "blocked-by"],
    ]);
  });
});

it("does not write what refers to a name that several objects have, though the standby has one of that name", () => {
  const plan = planFor(
    { ...item("a", { home: "place/x" }), ...item("b", { needs: ["item/a"] }), ...item("c") },
    {},
    { known: ["place/x"], setAside: new Set(["place/x"]) },
  );
  expect(plan.blocked).toMatchObject([
    {
      coordinate: "item/a",
      code: "missing-reference",
      message: "Refers to place/x, and several objects have that name",
    },
    { coordinate: "item/b", code: "blocked-by" },
  ]);
  expect(steps(plan)).toEqual(["1 create item/c"]);
});
