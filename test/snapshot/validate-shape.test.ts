import { readFileSync } from "node:fs";
import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { schema as planSchema } from "../../src/importers/generated/plan.ts";
import { KINDS } from "../../src/kinds/index.ts";
import type { Json, Obj } from "../../src/model/json.ts";
import { formatPointer, parsePointer } from "../../src/model/pointer.ts";
import type { Schema } from "../../src/model/schema.ts";
import { shapeCheck } from "../../src/snapshot/validate-shape.ts";
import { fixtureNames, fixtureOf } from "../kinds/fixture.ts";

const shipped = (name: string): Schema => JSON.parse(readFileSync(`schemas/${name}.json`, "utf8")) as Schema;
const schemas: readonly (readonly [string, Schema])[] = [
  ...[...KINDS.keys()].map((name) => [name, shipped(`kinds/${name}`)] as const),
  ...["manifest", "repository"].map((name) => [name, shipped(name)] as const),
  ["plan", planSchema],
];

/** The problems as a full implementation of JSON Schema has them: code and place, sorted. */
function byAjv(schema: Schema): (value: Json) => string[] {
  const validate = new Ajv2020({ allErrors: true, strict: false, validateFormats: false }).compile(schema);
  return (value) => {
    validate(value);
    return (validate.errors ?? []).map(ajvProblem).sort();
  };
}

function ajvProblem({ keyword, instancePath, params, message = "" }: ErrorObject): string {
  const at = (name: unknown): string => formatPointer([...parsePointer(instancePath), String(name)]);
  const given = params as { readonly [name: string]: unknown };
  if (keyword === "required") return `missing-field ${at(given["missingProperty"])}`;
  if (keyword === "additionalProperties") return `unknown-field ${at(given["additionalProperty"])}`;
  const texts: { readonly [keyword: string]: string } = {
    type: `a value of type ${JSON.stringify(given["type"])}`,
    const: JSON.stringify(given["allowedValue"]),
    enum: `one of ${JSON.stringify(given["allowedValues"])}`,
  };
  return `wrong-value ${instancePath}: ${texts[keyword] ?? message.replace(/^must (be )?/, "")}`;
}

function byOurs(schema: Schema): (value: Json) => string[] {
  const check = shapeCheck(schema);
  return (value) =>
    check("file", value)
      .map(({ code, path, expected }) => (code === "wrong-value" ? `${code} ${path}: ${expected}` : `${code} ${path}`))
      .sort();
}

/** Values that a schema accepts in part: the names that it knows, with values that fit or do not. */
function valuesFor(schema: Schema, root: Schema, depth: number): fc.Arbitrary<Json> {
  const target = schema.$ref === undefined ? schema : (root.$defs?.[schema.$ref.replace("#/$defs/", "")] ?? {});
  const odd = fc.constantFrom<Json>(null, true, 0, -1, 1.5, 1e9, "", "a", "2026-01-05T08:00:00.000", "💥".repeat(9));
  if (depth === 0) return odd;
  const below = (one: Schema): fc.Arbitrary<Json> => valuesFor(one, root, depth - 1);
  const { properties = {}, additionalProperties, items } = target;
  const others = typeof additionalProperties === "object" ? below(additionalProperties) : odd;
  const fitting: fc.Arbitrary<Json>[] = [];
  if (target.enum !== undefined) fitting.push(fc.constantFrom(...target.enum));
  if (items !== undefined) fitting.push(fc.array(below(items), { maxLength: 3 }));
  if (target.type === "object" || target.properties !== undefined) {
    const known = fc.record(Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, below(one)])), {
      requiredKeys: [],
    });
    const more = fc.dictionary(fc.constantFrom("a", "b/c", "constructor", "__proto__"), others, { maxKeys: 2 });
    const merged = fc
      .tuple(known, more)
      .map((parts) => Object.fromEntries(parts.flatMap((part) => Object.entries(part))));
    fitting.push(merged as fc.Arbitrary<Obj>);
  }
  return fc.oneof(...fitting.map((arbitrary) => ({ weight: 6, arbitrary })), { weight: 1, arbitrary: odd });
}

const KNOWN = new Set([
  ...["$id", "$schema", "$ref", "$defs", "title", "description", "x-lockstep", "x-excluded", "x-excluded-sets"],
  ...["type", "properties", "additionalProperties", "required", "items", "enum", "const"],
  ...["minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "pattern"],
]);

/** Keywords of a schema and of those in it. */
function keywordsOf(schema: Schema): string[] {
  const { properties = {}, $defs = {}, items, additionalProperties } = schema;
  const inner = [...Object.values(properties), ...Object.values($defs), items, additionalProperties];
  return [...Object.keys(schema), ...inner.flatMap((one) => (typeof one === "object" ? keywordsOf(one) : []))];
}

describe.each(schemas)("the shape of %s", (name, schema) => {
  it("is described by keywords that the check knows", () => {
    expect(keywordsOf(schema).filter((keyword) => !KNOWN.has(keyword))).toEqual([]);
  });

  it("is judged as a full implementation of JSON Schema judges it", () => {
    const [ours, theirs] = [byOurs(schema), byAjv(schema)];
    if (fixtureNames().includes(name)) {
      const { entity } = fixtureOf(name) as { entity: Obj };
      expect(ours(entity)).toEqual(theirs(entity));
    }
    fc.assert(
      fc.property(valuesFor(schema, schema, 5), (value) => {
        expect(ours(value)).toEqual(theirs(value));
      }),
      { numRuns: 60 },
    );
  });
});
