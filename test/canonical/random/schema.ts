import fc from "fast-check";
import type { Excluded, FieldNotes, Schema } from "../../../src/model/schema.ts";

/** Kinds that references lead to. */
const KINDS = ["alpha", "beta", "gamma"] as const;

const kind = fc.constantFrom(...KINDS);

/** A field without anything inside. */
const plain: fc.Arbitrary<Schema> = fc.oneof(
  fc.constantFrom<Schema>({ type: "string" }, { type: "integer" }, { type: "boolean" }),
  fc.record({ ref: kind, form: fc.constantFrom("id", "object") }).map((notes) => noted({ type: "string" }, notes)),
  fc.constant(noted({ type: "string" }, { ref: { A: "alpha", B: "beta" } })),
  fc.constant(noted({}, { opaque: true })),
  fc.subarray([...KINDS], { minLength: 1 }).map((ids) => noted({}, { opaque: true, ids })),
  fc.constant(noted({ type: "string" }, { immutable: true })),
);

/** A field, some of them marked phase 2, some nested, some by name. */
function field(depth: number): fc.Arbitrary<Schema> {
  if (depth === 0) return marked(plain);
  const inner = field(depth - 1);
  const array = fc.constantFrom<FieldNotes>({}, { array: "set" }, { array: "set" }, { array: "sequence" });
  const by = fc.oneof(
    fc.constant({ by: "key" }),
    kind.map((ref) => ({ by: "id", ref })),
  );
  return marked(
    fc.oneof(
      { weight: 3, arbitrary: plain },
      fc.tuple(inner, array).map(([items, notes]) => noted({ type: "array", items }, notes)),
      fc.tuple(marked(object(depth - 1)), by).map(([item, keyed]) => mapOf(item, { array: keyed })),
      inner.map((item) => mapOf(item, {})),
      object(depth - 1),
      fc.constantFrom<Schema>({ $ref: "#/$defs/one" }, { $ref: "#/$defs/two" }),
    ),
  );
}

function object(depth: number): fc.Arbitrary<Schema> {
  const fields = fc.record(
    { a: field(depth), b: field(depth), c: field(depth), d: field(depth) },
    { requiredKeys: [] },
  );
  const ordered = fc.option(plain.map(sequenceWhen), { nil: {}, freq: 3 });
  return fc.tuple(fields, ordered, fc.subarray(["a", "b", "c", "d"])).map(([own, more, needed]) => {
    const properties: Readonly<Record<string, Schema>> = { ...own, ...more };
    const required = needed.filter((name) => isSolid(properties[name]));
    return { type: "object", properties, ...(required.length === 0 ? {} : { required }) };
  });
}

/** A list that is a sequence or a set, as its sibling says. */
function sequenceWhen(items: Schema): Readonly<Record<string, Schema>> {
  const notes = { sequenceWhen: { sibling: "order", is: "SEQUENTIAL" } };
  return { order: { type: "string", enum: ["SEQUENTIAL", "RANDOM"] }, ordered: noted({ type: "array", items }, notes) };
}

/** Has the field always a value in canonical form? Only such a one can be required. */
function isSolid(schema: Schema | undefined): boolean {
  if (schema === undefined || schema.$ref !== undefined || schema.additionalProperties !== undefined) return false;
  if (schema.type === "array") return isSolid(schema.items);
  return schema.type !== "object" || schema.required !== undefined;
}

function noted(schema: Schema, notes: FieldNotes): Schema {
  return { ...schema, "x-lockstep": { ...schema["x-lockstep"], ...notes } };
}

function mapOf(item: Schema, notes: FieldNotes): Schema {
  return noted({ type: "object", additionalProperties: item }, notes);
}

function marked(schemas: fc.Arbitrary<Schema>): fc.Arbitrary<Schema> {
  const isMarked = fc.integer({ min: 0, max: 7 }).map((lot) => lot === 0);
  return fc.tuple(schemas, isMarked).map(([schema, mark]) => (mark ? noted(schema, { phase: 2 }) : schema));
}

/** Patterns of fields called `hidden`, in the objects of a schema down to a depth. */
function hiddenPlaces(schema: Schema, root: Schema, at: string, depth: number): string[] {
  const node = schema.$ref === undefined ? schema : (root.$defs?.[schema.$ref.replace("#/$defs/", "")] ?? {});
  if (depth === 0 || node["x-lockstep"]?.opaque === true) return [];
  const below = (inner: Schema | undefined, name: string): string[] =>
    inner === undefined ? [] : hiddenPlaces(inner, root, `${at}/${name}`, depth - 1);
  return [
    ...(node.properties === undefined ? [] : [`${at}/hidden`]),
    ...Object.entries(node.properties ?? {}).flatMap(([name, inner]) => below(inner, name)),
    ...below(node.items, "*"),
    ...below(typeof node.additionalProperties === "object" ? node.additionalProperties : undefined, "*"),
  ];
}

/** The schemas of kinds: everything that a schema of ours may say, at any depth. */
export const schemas: fc.Arbitrary<Schema> = fc
  .tuple(
    object(2),
    fc.record({ one: object(1), two: field(1).filter(({ $ref }) => $ref === undefined) }),
    fc.subarray(["a", "b"]),
  )
  .map(([root, $defs, parts]): Schema => {
    const properties = Object.entries(root.properties ?? {}).map(
      ([name, schema]) => [name, parts.includes(name) ? noted(schema, { part: true }) : schema] as const,
    );
    return { ...root, properties: { name: { type: "string" }, ...Object.fromEntries(properties) }, $defs };
  })
  .chain((root) => {
    const rule = fc.constantFrom<Excluded["owner"]>("server", "secret", "operational", "org");
    const excluded = fc
      .subarray(hiddenPlaces(root, root, "", 4))
      .chain((patterns) =>
        fc
          .tuple(...patterns.map(() => rule))
          .map((owners) =>
            Object.fromEntries(
              patterns.map((pattern, at) => [pattern, { owner: owners[at] ?? "server", why: "a test" }]),
            ),
          ),
      );
    return excluded.map((rules): Schema => ({ ...root, "x-excluded": rules }));
  });
