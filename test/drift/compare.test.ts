import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GuardError, LockstepError } from "../../src/model/error.ts";
import type { Obj } from "../../src/model/json.ts";
import type { Kind } from "../../src/model/kind.ts";
import { compare, type Comparison, type Difference } from "../../src/drift/compare.ts";
import { KINDS } from "../importers/fake-kinds.ts";
import { thrownBy } from "../pairing/helpers.ts";

type Objects = { readonly [coordinate: string]: Obj };

function compared(desired: Objects, current: Objects, more: Partial<Comparison> = {}): Difference[] {
  return compare({
    kinds: KINDS,
    desired: new Map(Object.entries(desired)),
    current: new Map(Object.entries(current)),
    ignored: () => false,
    renamed: new Map(),
    ...more,
  });
}

const ignoring =
  (...pointers: readonly string[]): Comparison["ignored"] =>
  (coordinate, path) =>
    coordinate !== "" && pointers.includes(path);

const DOC = "doc/d";

describe("a comparison", () => {
  it("tells what is missing, different and only in the standby, by coordinate", () => {
    const differences = compared(
      { "item/c": { name: "c" }, "item/b": { name: "b", description: "new" }, "item/a": { name: "a" } },
      { "item/a": { name: "a" }, "item/b": { name: "b", description: "old" }, "item/0": { name: "0" } },
    );
    expect(differences).toEqual([
      { coordinate: "item/0", action: "delete", edits: [{ path: "/name", before: "0" }], current: { name: "0" } },
      {
        coordinate: "item/b",
        action: "update",
        edits: [{ path: "/description", before: "old", after: "new" }],
        current: { name: "b", description: "old" },
        wanted: { name: "b", description: "new" },
      },
      { coordinate: "item/c", action: "create", edits: [{ path: "/name", after: "c" }], wanted: { name: "c" } },
    ]);
  });

  it("is empty for equal sides", () => {
    const names = fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 5 });
    fc.assert(
      fc.property(names, fc.array(fc.string()), (keys, tags) => {
        const side = (): Objects =>
          Object.fromEntries(keys.map((name): [string, Obj] => [`item/${name}`, { name, tags: [...tags] }]));
        expect(compared(side(), side())).toEqual([]);
      }),
    );
  });

  it("does not depend on the order in which objects come", () => {
    const keys = Array.from({ length: 6 }, (_, at) => `item/${at}`);
    const some = fc.shuffledSubarray(keys);
    const side = (coordinates: readonly string[], description: string): Objects =>
      Object.fromEntries(coordinates.map((coordinate): [string, Obj] => [coordinate, { description }]));
    fc.assert(
      fc.property(some, some, (left, right) => {
        const sorted = compared(side([...left].sort(), "l"), side([...right].sort(), "r"));
        expect(compared(side(left, "l"), side(right, "r"))).toEqual(sorted);
        expect(sorted.map(({ coordinate }) => coordinate)).toEqual([...new Set([...left, ...right])].sort());
      }),
    );
  });

  it("knows an object by the name that the standby still has", () => {
    const renamed = new Map([["item/new", "item/old"]]);
    const [difference, ...others] = compared(
      { "item/new": { name: "new" } },
      { "item/old": { name: "old" } },
      { renamed },
    );
    expect(others).toEqual([]);
    expect(difference).toMatchObject({ coordinate: "item/new", action: "rename", from: "item/old" });
    expect(difference?.edits).toEqual([{ path: "/name", before: "old", after: "new" }]);
  });

  it("tells a rename even where nothing else differs", () => {
    const renamed = new Map([["leaf/i/new", "leaf/i/old"]]);
    const differences = compared({ "leaf/i/new": { size: 1 } }, { "leaf/i/old": { size: 1 } }, { renamed });
    expect(differences).toMatchObject([{ action: "rename", edits: [], from: "leaf/i/old" }]);
  });

  it("says nothing about objects of kinds that it does not know", () => {
    expect(compared({ "other/a": { x: 1 } }, { "other/a": { x: 2 } })).toEqual([]);
    expect(compared({ "other/a": { x: 1 } }, {})).toMatchObject([
      { action: "create", edits: [{ path: "/x", after: 1 }] },
    ]);
  });
});

describe("what is ignored", () => {
  it("is counted, and stays in the standby as it is", () => {
    const [difference] = compared(
      { "item/a": { description: "new", colour: "red", tags: ["x", "y"] } },
      { "item/a": { description: "old", colour: "blue", tags: ["y", "z"] } },
      { ignored: ignoring("/colour", "/tags/z") },
    );
    expect(difference?.ignored).toBe(2);
    expect(difference?.edits.map(({ path }) => path)).toEqual(["/description", "/tags/x"]);
    expect(difference?.wanted).toEqual({ description: "new", colour: "blue", tags: ["x", "y", "z"] });
  });

  it("is no difference when there is no other", () => {
    const ignored = ignoring("/description");
    expect(compared({ "item/a": { description: "new" } }, { "item/a": {} }, { ignored })).toEqual([]);
  });

  it("is not taken away where the standby lacks it", () => {
    const [difference] = compared(
      { "item/a": { description: "new", colour: "red" } },
      { "item/a": {} },
      { ignored: ignoring("/description") },
    );
    expect(difference?.wanted).toEqual({ colour: "red" });
  });

  it("inside a text is put back value by value", () => {
    const [difference] = compared(
      { [DOC]: { yaml: "a: 1\nb: 2" } },
      { [DOC]: { yaml: "a: 9\nb: 9" } },
      { ignored: ignoring("/yaml/a") },
    );
    expect(difference).toMatchObject({ ignored: 1, edits: [{ path: "/yaml/b", before: "9", after: "2" }] });
    expect(difference?.wanted).toEqual({ yaml: "a: 9\nb: 2" });
  });

  it("leaves the whole text where the standby's value has no place in the new one", () => {
    const current = { description: "x", yaml: "a: 1\nc: 3" };
    const [difference] = compared(
      { [DOC]: { description: "y", yaml: "a: 1" } },
      { [DOC]: current },
      { ignored: ignoring("/yaml/c") },
    );
    expect(difference?.wanted).toEqual({ description: "y", yaml: current.yaml });
  });

  it("leaves the whole text where the standby has no such value", () => {
    const [difference] = compared(
      { [DOC]: { description: "y", yaml: "a: 1\nb: 2" } },
      { [DOC]: { description: "x", yaml: "a: 1" } },
      { ignored: ignoring("/yaml/b") },
    );
    expect(difference?.wanted).toEqual({ description: "y", yaml: "a: 1" });
  });

  it("keeps the new text where the standby has none", () => {
    const [difference] = compared(
      { [DOC]: { description: "y", yaml: "a: 1" } },
      { [DOC]: { description: "x" } },
      { ignored: ignoring("/yaml") },
    );
    expect(difference?.wanted).toEqual({ description: "y", yaml: "a: 1" });
  });

  it("does not hide a defect", () => {
    const text = (value: string): Obj => ({ description: value, yaml: `a: ${value}` });
    const thrown = thrownBy(() =>
      compared({ [DOC]: text("x") }, { [DOC]: text("defect") }, { ignored: ignoring("/yaml/a") }),
    );
    expect(thrown).toBeInstanceOf(TypeError);
  });
});

describe("a text that cannot be read", () => {
  it("is an error that names the object", () => {
    const thrown = thrownBy(() => compared({ [DOC]: { yaml: "!" } }, { [DOC]: { yaml: "a: 1" } }));
    expect(thrown).toMatchObject({
      code: "flow-yaml",
      message: "This is no text",
      hint: "Write another one.",
      place: { coordinate: DOC },
    });
  });

  it("keeps the object that the error names already, and defects as they are", () => {
    const doc = KINDS.get("doc");
    const failing = (error: Error): ReadonlyMap<string, Kind> => {
      if (doc?.content === undefined) throw new Error("no content");
      const comparable = (): never => {
        throw error;
      };
      return new Map([["doc", { ...doc, content: { ...doc.content, comparable } }]]);
    };
    const sides = [{ [DOC]: { yaml: "a" } }, { [DOC]: { yaml: "b" } }] as const;
    const named = new LockstepError("flow-name", "y", "z", { coordinate: "doc/other" });
    expect(thrownBy(() => compared(...sides, { kinds: failing(named) }))).toBe(named);
    const defect = new TypeError("a defect");
    expect(thrownBy(() => compared(...sides, { kinds: failing(defect) }))).toBe(defect);
    const bare = new GuardError("org-mismatch", "y", "z", { file: "f", path: "line 3" });
    expect(thrownBy(() => compared(...sides, { kinds: failing(bare) }))).toMatchObject({
      exit: 3,
      place: { file: "f", path: "line 3", coordinate: DOC },
    });
  });
});
