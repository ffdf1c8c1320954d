import { describe, expect, it } from "vitest";
import { deferredPointers, firstPass, withoutPlaces } from "../../src/canonical/phases.ts";
import { references } from "../../src/canonical/references.ts";
import { linkedValues, withLinked } from "../../src/importers/provider/write/link.ts";
import { canonicalJson, isList, isObj, type Json, type Obj } from "../../src/model/json.ts";
import { formatPointer, parsePointer, pointerCovers, valueAt } from "../../src/model/pointer.ts";
import type { Schema } from "../../src/model/schema.ts";
import { at, kindOf, law, refers } from "./random/law.ts";

const told = ({ path, coordinate }: { readonly path: string; readonly coordinate: string }): string =>
  `${path} ${coordinate}`;

/** Has a value all that its schema requires? The rest of what a schema says does not depend on what waits. */
function isComplete(root: Schema, value: Json, schema = root): boolean {
  const name = schema.$ref?.replace("#/$defs/", "");
  if (name !== undefined) return isComplete(root, value, root.$defs?.[name]);
  const { required = [], properties = {}, additionalProperties, items = {} } = schema;
  if (isList(value)) return value.every((item) => isComplete(root, item, items));
  if (!isObj(value)) return true;
  const others = typeof additionalProperties === "object" ? additionalProperties : {};
  return (
    required.every((property) => Object.hasOwn(value, property)) &&
    Object.entries(value).every(([property, inner]) =>
      isComplete(root, inner, Object.hasOwn(properties, property) ? properties[property] : others),
    )
  );
}

/** The pointers that are in something that another object has too. */
function withHolderIn(object: Obj, pointers: readonly string[]): string[] {
  return pointers.filter((pointer) => valueAt(object, formatPointer(parsePointer(pointer).slice(0, -1))) !== undefined);
}

describe("two passes", () => {
  it("agree on what waits: what references() calls phase 2, what a Link writes, what a first pass lacks", () => {
    law((kind, object, facts) => {
      const late = deferredPointers(kind, object);
      const waits = (pointer: string): boolean => late.some((place) => pointerCovers(place, pointer));
      const all = references(kind, object);
      for (const { path, phase2 } of all) expect(phase2).toBe(waits(path));
      const first = references(kind, firstPass(kind, object));
      const now = all.filter(({ phase2 }) => !phase2);
      expect(first.map(told).sort()).toEqual(now.map(told).sort());
      expect(first.filter(({ phase2 }) => phase2)).toEqual([]);
      const needed = kind.schema.required ?? [];
      for (const fact of facts.filter((one) => one.marked && refers(one)))
        expect(waits(at(fact)) || needed.includes(String(fact.path[0]))).toBe(true);
    });
  });

  it("write an object that the schema accepts, then the whole of it", () => {
    law((kind, object) => {
      const late = deferredPointers(kind, object);
      const first = firstPass(kind, object);
      expect(isComplete(kind.schema, object)).toBe(true);
      expect(isComplete(kind.schema, first)).toBe(true);
      expect(canonicalJson(first)).toBe(canonicalJson(withoutPlaces(kind, object, late)));
      expect(canonicalJson(withLinked(first, linkedValues(object, late)))).toBe(canonicalJson(object));
    });
  });

  it("leave what waits as it is in the meantime", () => {
    law((kind, wanted, _, current) => {
      const first = firstPass(kind, wanted, current);
      const [kept, late] = [withHolderIn(wanted, deferredPointers(kind, current)), deferredPointers(kind, wanted)];
      expect(isComplete(kind.schema, first)).toBe(true);
      expect(linkedValues(first, kept)).toEqual(linkedValues(current, kept));
      expect(deferredPointers(kind, first)).toEqual(kept);
      const second = withLinked(withoutPlaces(kind, first, kept), linkedValues(wanted, late));
      expect(canonicalJson(second)).toBe(canonicalJson(wanted));
    });
  });

  it("are one where nothing is marked", () => {
    law((kind, object) => {
      const unmarked = JSON.parse(JSON.stringify(kind.schema).replaceAll('"phase":2', '"part":true')) as Schema;
      expect(deferredPointers({ schema: unmarked }, object)).toEqual([]);
      expect(canonicalJson(firstPass({ schema: unmarked }, object))).toBe(canonicalJson(object));
    });
  });
});

const flow: Schema = { type: "string", "x-lockstep": { ref: "flow", phase: 2 } };
const queue: Schema = { type: "string", "x-lockstep": { ref: "queue" } };
const object = (properties: { readonly [name: string]: Schema }, ...required: string[]): Schema => ({
  type: "object",
  properties,
  required,
});
const list = (items: Schema): Schema => ({ type: "array", items });
const mapOf = (item: Schema): Schema => ({ type: "object", additionalProperties: item });
const keyed = (item: Schema): Schema => ({ ...mapOf(item), "x-lockstep": { array: { by: "id", ref: "user" } } });

describe("what waits for the second pass", () => {
  it.each<[string, Schema, Obj, string[], Obj]>([
    ["a property", object({ a: flow, b: queue }), { a: "flow/f", b: "queue/q" }, ["/a"], { b: "queue/q" }],
    ["the whole of a list of such references", object({ a: list(flow) }), { a: ["flow/f"] }, ["/a"], {}],
    [
      "the whole of a list of objects with such a reference, whatever else is in them",
      object({ a: list(object({ to: flow, from: queue })), b: queue }),
      { a: [{ from: "queue/q" }, { to: "flow/f" }], b: "queue/q" },
      ["/a"],
      { b: "queue/q" },
    ],
    [
      "an object that may not lack such a reference",
      object({ a: object({ to: flow, wait: {} }, "to"), b: object({ to: flow, wait: {} }) }),
      { a: { to: "flow/f", wait: 1 }, b: { to: "flow/f", wait: 1 } },
      ["/a", "/b/to"],
      { b: { wait: 1 } },
    ],
    [
      "an object of which nothing would be left",
      object({ a: object({ rules: list(object({ to: flow })) }), b: queue }),
      { a: { rules: [{ to: "flow/f" }] }, b: "queue/q" },
      ["/a/rules"],
      { b: "queue/q" },
    ],
    [
      "an entry of a map, but not the others",
      object({ a: mapOf(object({ to: flow }, "to")), b: mapOf(flow) }),
      { a: { x: { to: "flow/f" } }, b: { "y/z": "flow/f" } },
      ["/a/x", "/b/y~1z"],
      {},
    ],
    [
      "a property of an entry, which stays for the sake of its key",
      object({ a: keyed(object({ to: flow })) }),
      { a: { ann: { to: "flow/f" } } },
      ["/a/ann/to"],
      { a: { ann: {} } },
    ],
    [
      "all of an object with the mark",
      object({ a: { ...object({ to: queue, wait: {} }), "x-lockstep": { phase: 2 } } }),
      { a: { wait: 1 } },
      ["/a"],
      {},
    ],
  ])("is %s", (_, schema, whole, pointers, first) => {
    expect(deferredPointers({ schema }, whole)).toEqual(pointers);
    expect(firstPass({ schema }, whole)).toEqual(first);
    expect(references({ schema }, firstPass({ schema }, whole)).filter(({ phase2 }) => phase2)).toEqual([]);
  });

  it("is not what the object itself may not lack", () => {
    const schema = object({ a: flow, b: list(object({ to: flow })) }, "a", "b");
    const whole = { a: "flow/f", b: [{ to: "flow/g" }] };
    expect(deferredPointers({ schema }, whole)).toEqual([]);
    expect(references({ schema }, whole).map(({ phase2 }) => phase2)).toEqual([false, false]);
    expect(firstPass({ schema }, whole)).toEqual(whole);
  });

  it("is everything that a waiting object refers to, marked or not", () => {
    const schema = object({ a: list(object({ to: flow, from: queue })) });
    expect(references({ schema }, { a: [{ to: "flow/f", from: "queue/q" }] }).map(({ phase2 }) => phase2)).toEqual([
      true,
      true,
    ]);
  });

  it("stays as it is where the object is there already, unless its holder goes", () => {
    const kind = kindOf(object({ a: list(object({ to: flow })), b: object({ to: flow, wait: {} }), c: queue }));
    const current = { a: [{ to: "flow/old" }], b: { to: "flow/old", wait: 1 } };
    expect(firstPass(kind, { a: [{ to: "flow/new" }], b: { wait: 2 } }, current)).toEqual({
      a: [{ to: "flow/old" }],
      b: { to: "flow/old", wait: 2 },
    });
    expect(firstPass(kind, { c: "queue/q" }, current)).toEqual({ a: [{ to: "flow/old" }], c: "queue/q" });
  });
});
