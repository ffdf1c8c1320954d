import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sameJson, type Json, type Obj } from "../../src/model/json.ts";
import type { Kind } from "../../src/model/kind.ts";
import { editsBetween, objectEdits, wholeObject } from "../../src/drift/edits.ts";
import { schedule } from "../../src/kinds/schedule.ts";
import { KINDS as REAL_KINDS } from "../../src/kinds/index.ts";
import { KINDS } from "../importers/fake-kinds.ts";
import { patch } from "./patch.ts";

const key = fc.oneof(
  fc.constantFrom("a", "b", "c", "x/y", "~", "__proto__", "constructor", "0", "10", "2"),
  fc.string(),
);
const { value: json } = fc.letrec<{ value: Json; list: Json[]; object: Obj }>((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, fc.constantFrom<Json>(null, true, "", "text", 0, 7), tie("list"), tie("object")),
  list: fc.array(tie("value"), { maxLength: 3 }),
  object: fc.dictionary(key, tie("value"), { maxKeys: 4, noNullPrototype: true }),
}));
const object = fc.dictionary(key, json, { maxKeys: 4, noNullPrototype: true });

function kind(name: string): Kind {
  const found = KINDS.get(name);
  if (found === undefined) throw new Error(name);
  return found;
}

describe("edits", () => {
  it("turn one value into the other", () => {
    fc.assert(
      fc.property(object, object, (before, after) => {
        expect(sameJson(patch(before, editsBetween(before, after)), after)).toBe(true);
      }),
    );
  });

  it("are none between equal values, whatever the order of their keys", () => {
    fc.assert(
      fc.property(object, (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(editsBetween(value, turned)).toEqual([]);
      }),
    );
  });

  it.each<[string, Json, Json, ReturnType<typeof editsBetween>]>([
    ["a new property", {}, { a: 1 }, [{ path: "/a", after: 1 }]],
    ["a lost property", { a: 1 }, {}, [{ path: "/a", before: 1 }]],
    ["another value", { a: { b: 1 } }, { a: { b: 2 } }, [{ path: "/a/b", before: 1, after: 2 }]],
    ["another type", { a: [] }, { a: {} }, [{ path: "/a", before: [], after: {} }]],
    ["a longer list", { a: [1] }, { a: [1, 2] }, [{ path: "/a/1", after: 2 }]],
    ["a shorter list", { a: [1, 2] }, { a: [1] }, [{ path: "/a/1", before: 2 }]],
    ["a new property without a name", {}, { "": 1 }, [{ path: "/", after: 1 }]],
    ["one further down", { a: {} }, { a: { "": { b: 1 } } }, [{ path: "/a/", after: { b: 1 } }]],
    ["a slash in a name", {}, { "a/b": { c: null } }, [{ path: "/a~1b", after: { c: null } }]],
  ])("name the place and both sides of %s", (_, before, after, edits) => {
    expect(editsBetween(before, after)).toEqual(edits);
  });

  it("stand in the order of a reader: numbers by size, the rest by letters", () => {
    const after = { b: 1, a: 1, rows: { 10: 1, 9: 1 }, B: 1 };
    expect(editsBetween({ rows: {} }, after).map(({ path }) => path)).toEqual([
      "/a",
      "/b",
      "/B",
      "/rows/9",
      "/rows/10",
    ]);
  });
});

describe("edits of an object", () => {
  it.each<[string, string, Obj, Obj, readonly string[]]>([
    ["the order of a set is no difference", "item", { tags: ["a", "b"] }, { tags: ["b", "a"] }, []],
    ["a member is called by its name", "item", { tags: ["a", "b"] }, { tags: ["b", "c"] }, ["/tags/a", "/tags/c"]],
    ["the order of a sequence is one", "item", { steps: ["a", "b"] }, { steps: ["b", "a"] }, ["/steps/0", "/steps/1"]],
    ["equal text is not even read", "doc", { yaml: "not readable!" }, { yaml: "not readable!" }, []],
    ["text is compared by meaning", "doc", { yaml: "a: 1\nb: 2" }, { yaml: "b: 2\na: 1" }, []],
    ["a difference in meaning has a place", "doc", { yaml: "a: 1\nb: 2" }, { yaml: "a: 1\nb: 3" }, ["/yaml/b"]],
    ["text that one side lacks is one edit", "doc", {}, { yaml: "a: 1" }, ["/yaml"]],
    ["a change next to the text is seen", "doc", { yaml: "a: 1", x: 1 }, { yaml: "a: 1", x: 2 }, ["/x"]],
  ])("%s", (_, name, before, after, paths) => {
    expect(objectEdits(kind(name), before, after).map(({ path }) => path)).toEqual(paths);
  });

  it("say what an object is that one side lacks, without its text", () => {
    const doc = { name: "d", yaml: "a: 1" };
    expect(wholeObject(kind("doc"), doc, "after")).toEqual([{ path: "/name", after: "d" }]);
    expect(wholeObject(kind("doc"), doc, "before")).toEqual([{ path: "/name", before: "d" }]);
    expect(wholeObject(undefined, { yaml: "x" }, "before")).toEqual([{ path: "/yaml", before: "x" }]);
    expect(wholeObject(kind("item"), { yaml: "x" }, "after")).toEqual([{ path: "/yaml", after: "x" }]);
  });
});

describe("local times", () => {
  const at = (start: string): Obj => ({ name: "Holidays", start, end: "2026-12-24T18:00:00.000" });

  it.each(["2026-12-24T09:00", "2026-12-24T09:00:00", "2026-12-24T09:00:00.0", "2026-12-24T09:00:00.000000"])(
    "are equal where %s is the same instant in another form",
    (form) => {
      expect(objectEdits(schedule, at("2026-12-24T09:00:00.000"), at(form))).toEqual([]);
      expect(objectEdits(schedule, at(form), at("2026-12-24T09:00:00.000"))).toEqual([]);
    },
  );

  it("differ by a millisecond, and where they are no times at all", () => {
    expect(objectEdits(schedule, at("2026-12-24T09:00"), at("2026-12-24T09:00:00.001"))).toEqual([
      { path: "/start", before: "2026-12-24T09:00:00.000", after: "2026-12-24T09:00:00.001" },
    ]);
    expect(objectEdits(schedule, at("noon"), at("2026-12-24T09:00"))).toHaveLength(1);
  });

  it("are marked in every kind whose schema has one", () => {
    const dated = [...REAL_KINDS.values()].flatMap(({ name, schema }) =>
      Object.entries(schema.properties ?? {})
        .filter(
          ([, { pattern, format }]) =>
            pattern?.includes("T\\d{2}:\\d{2}") === true || format?.includes("time") === true,
        )
        .map(([property, { "x-lockstep": notes }]) => [name, property, notes?.localTime]),
    );
    expect(dated).toEqual([
      ["schedule", "start", true],
      ["schedule", "end", true],
    ]);
  });
});
