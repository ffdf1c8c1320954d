import fc from "fast-check";
import { KINDS } from "../../../src/kinds/index.ts";
import type { Json, Obj } from "../../../src/model/json.ts";
import type { Kind } from "../../../src/model/kind.ts";
import type { Schema } from "../../../src/model/schema.ts";
import { canonicalInputs } from "../../../src/importers/provider/check/canonical-inputs.ts";

/** The kinds that are written. */
export const WRITTEN: readonly Kind[] = [...KINDS.values()].filter(({ mode }) => mode === "write");

/** Names as an organisation may have them, hostile ones included. */
const name = fc.oneof(
  fc.constantFrom("a", "Billing", "a.b", 'say "x"', "c:\\", "x[0]", "a/b", "~", "constructor", "10", "a@b", " "),
  fc.string({ minLength: 1, maxLength: 4 }),
);

const { free, record } = fc.letrec<{ free: Json; record: Obj }>((tie) => ({
  free: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom<Json>(true, 0, 1, "text", "", []),
    fc.array(tie("free"), { maxLength: 2 }),
    tie("record"),
  ),
  record: fc.dictionary(name, tie("free"), { maxKeys: 2, noNullPrototype: true }),
}));

const FLOW = (to: string, prompt: string): string => `inboundCall:
  name: Main
  defaultLanguage: en-us
  menus:
    - mainMenu:
        name: Main menu
        refId: Main menu_1
        choices:
          - menuTransferToAcd:
              name: ${prompt}
              dtmf: digit_1
              targetQueue:
                lit:
                  name: ${to}
`;

/** Texts with different meanings, by the queue that they name. */
export const FLOWS: readonly string[] = [FLOW("Billing", "One"), FLOW("Sales", "One"), FLOW("Sales", "Two")];

/** A random object of a kind in canonical form. Its key need not fit its name. */
export function objects(kind: Kind): fc.Arbitrary<Obj> {
  return valueOf(kind.schema, kind.schema)
    .map((object) => canonicalInputs(kind, object as Obj))
    .filter((object) => (kind.schema.required ?? []).every((property) => object[property] !== undefined));
}

/** Definitions that contain themselves end here, as an empty list. */
const DEEPEST = 3;

function valueOf(root: Schema, node: Schema, property = "", within: readonly string[] = []): fc.Arbitrary<Json> {
  const definition = node.$ref?.replace("#/$defs/", "");
  const path = definition === undefined ? within : [...within, definition];
  const schema = definition === undefined ? node : { ...root.$defs?.[definition], ...node };
  const notes = schema["x-lockstep"] ?? {};
  if (property === "yaml") return fc.constantFrom(...FLOWS);
  if (notes.opaque === true) return schema.type === "object" ? record : free;
  if (notes.ref !== undefined) {
    const kinds = typeof notes.ref === "string" ? [notes.ref] : Object.values(notes.ref);
    return fc.tuple(fc.constantFrom(...kinds), name).map(([kind, key]) => `${kind}/${key}`);
  }
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case "string":
      return schema.pattern === undefined ? name : fc.stringMatching(new RegExp(schema.pattern));
    case "integer":
      return fc.integer({ min: schema.minimum ?? 0, max: (schema.minimum ?? 0) + 3 });
    case "number":
      return fc.constantFrom(0, 0.5, 1);
    case "boolean":
      return fc.boolean();
    case "array":
      if (path.length > DEEPEST) return fc.constant([]);
      return fc.array(valueOf(root, schema.items ?? {}, "", path), { maxLength: 3 });
    default:
      return recordOf(root, schema, path);
  }
}

function recordOf(root: Schema, schema: Schema, path: readonly string[]): fc.Arbitrary<Json> {
  const { additionalProperties } = schema;
  if (typeof additionalProperties === "object")
    return fc.dictionary(name, valueOf(root, additionalProperties, "", path), { maxKeys: 3, noNullPrototype: true });
  const fields = Object.entries(schema.properties ?? {}).map(([property, child]) => {
    const value = valueOf(root, child, property, path);
    const asked = schema.required?.includes(property) === true;
    return (asked ? value : fc.option(value, { nil: undefined, freq: 2 })).map((one) => [property, one] as const);
  });
  return fc
    .tuple(...fields)
    .map((entries) =>
      Object.fromEntries(entries.filter((entry): entry is readonly [string, Json] => entry[1] !== undefined)),
    );
}
