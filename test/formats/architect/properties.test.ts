import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { comparableFlow } from "../../../src/formats/architect/compare.ts";
import { getAt, setAt } from "../../../src/formats/architect/literals.ts";
import { parseFlow } from "../../../src/formats/architect/parse.ts";
import { renameReferences, type RenamedName } from "../../../src/formats/architect/rename.ts";
import { flowReferences, type FlowReference } from "../../../src/formats/architect/references.ts";
import type { Json, Obj } from "../../../src/model/json.ts";
import { renameIndependently } from "./oracle.ts";
import { LARGE_FLOW } from "./samples.ts";

/** Names as people choose them, and as nobody should. */
const awkward = fc.constantFrom(
  "yes",
  "No",
  "null",
  "401",
  "12:30",
  "a: b",
  "- x",
  "trailing ",
  "__proto__",
  "#1",
  "é☎😀",
  "~",
  "'",
  '"',
);
const readable = fc.stringMatching(/^[A-Z][a-z]{1,8}( [A-Z(][a-z0-9)]{1,5})?$/);
const anyName = fc
  .oneof(readable, awkward, fc.string({ minLength: 1, maxLength: 12 }))
  .filter((name) => name !== "none");
const inExpressions = fc.oneof(readable, awkward).filter((name) => !/["\\]/.test(name));

function action(name: string, body: Obj): Obj {
  return { [name]: { name: `Do ${name}`, ...body } };
}

const actions = fc.oneof(
  anyName.map((name) => action("transferToAcd", { targetQueue: { lit: { name } } })),
  anyName.map((name) => action("evaluateScheduleGroup", { emergencyGroup: { lit: { name }, name } })),
  anyName.map((name) => action("transferToFlow", { targetFlow: { name } })),
  anyName.map((name) =>
    action("dataTableLookup", { dataTable: { [name]: { foundOutputs: { yes: { var: "Flow.x" } } } } }),
  ),
  anyName.map((name) => action("callBotFlow", { botFlow: { [name]: { ver_latestPublished: { none: true } } } })),
  fc
    .tuple(anyName, anyName)
    .map(([category, name]) =>
      action("callData", { category: { [category]: { dataAction: { [name]: { inputs: {} } } } } }),
    ),
  inExpressions.map((name) =>
    action("updateData", { statements: [{ queue: { value: { exp: `FindQueue("${name}")` } } }] }),
  ),
  inExpressions.map((name) => action("findQueue", { findName: { lit: name } })),
  fc
    .stringMatching(/^[A-Za-z]\w{0,8}$/)
    .map((name) => action("playAudio", { audio: { exp: `Append(ToAudio(Prompt.${name}), "x")` } })),
  fc.string().map((text) => action("playAudio", { audio: { tts: text } })),
);

const structures = fc
  .record({
    name: anyName,
    division: anyName,
    parts: fc.array(fc.tuple(readable, fc.array(actions, { maxLength: 4 })), { maxLength: 3 }),
  })
  .map(({ name, division, parts }): Obj => {
    const tasks: Json[] = parts.map(([part, list], at) => ({
      task: { name: part, refId: `${part}_${at}`, actions: list },
    }));
    return { inboundCall: { name, division, tasks } };
  });

/** The same flow in several styles of writing. */
const texts = fc
  .tuple(
    structures,
    fc.record({
      defaultStringType: fc.constantFrom("PLAIN" as const, "QUOTE_DOUBLE" as const, "QUOTE_SINGLE" as const),
      lineWidth: fc.constantFrom(0, 40),
      blockQuote: fc.constantFrom(false, "literal" as const),
    }),
    fc.boolean(),
  )
  .map(([structure, options, crlf]) => {
    const text = stringify(structure, { version: "1.2", schema: "core", defaultKeyType: null, ...options });
    return crlf ? text.replaceAll("\n", "\r\n") : text;
  });

const twice = ({ name }: RenamedName): string => `${name}${name}`;
const marked = ({ kind, name }: RenamedName): string => (kind === "prompt" ? `Renamed_${name}` : `Renamed ${name}`);
const onlyInValues = ({ kind, name }: RenamedName): string | undefined => (kind === "queue" ? `${name} 2` : undefined);
const unmarked = ({ name }: RenamedName): string => name.replace(/^Renamed[ _]/, "");

describe("renameReferences, for any flow", () => {
  test("reads as the same rename done on data", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { structure } = parseFlow(text);
        const expected = renameIndependently(structure, (_kind, name) => `${name}${name}`);
        expect(parseFlow(renameReferences(text, twice).text).structure).toEqual(expected);
      }),
    );
  });

  test("there and back means the same flow", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const back = renameReferences(renameReferences(text, marked).text, unmarked).text;
        expect(parseFlow(back).structure).toEqual(parseFlow(text).structure);
      }),
    );
  });

  test("there and back is the same text when the names need no quotes", () => {
    // YAML 1.1 reads these as something else, so that a text gets quotes around them when it is written again.
    const needsQuotes = /^(on|off|yes|no|y|n|true|false|null)$/i;
    const unquoted = readable.filter((name) => !needsQuotes.test(name));
    const plain = unquoted.map((name) =>
      stringify({
        inboundCall: { name, tasks: [{ task: { name, actions: [action("findQueue", { findName: { lit: name } })] } }] },
      }),
    );
    fc.assert(
      fc.property(plain, (text) => {
        expect(renameReferences(renameReferences(text, marked).text, unmarked).text).toBe(text);
      }),
    );
  });

  test("without a new name every byte stays", () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(renameReferences(text, () => undefined)).toMatchObject({ text, count: 0 });
      }),
    );
  });

  test("tells what the new text names as reading it does, or leaves it open", () => {
    const written = (references: readonly FlowReference[]): FlowReference[] =>
      references.filter(({ dynamic }) => dynamic !== true);
    const renamings = fc.constantFrom(twice, marked, () => undefined, onlyInValues);
    fc.assert(
      fc.property(texts, renamings, (text, renaming) => {
        const { text: next, references } = renameReferences(text, renaming);
        if (references !== undefined) expect(written(references)).toEqual(written(flowReferences(next)));
      }),
    );
    expect(renameReferences(LARGE_FLOW, onlyInValues).references).toBeDefined();
  });
});

describe("setAt, for any value at any place", () => {
  test("is read back, and leaves every other place alone", () => {
    const values = fc.oneof(
      anyName,
      fc.boolean(),
      fc.integer(),
      fc.constant(null),
      fc.constant<Json>({ lit: { no: ["a", 1] } }),
    );
    fc.assert(
      fc.property(texts, values, fc.nat(), (text, value, pick) => {
        const pointers = pointersOf(comparableFlow(text), "").filter((pointer) =>
          /^\/inboundCall\/(division|tasks\/[^/]+\/actions.*)$/.test(pointer),
        );
        const pointer = pointers[pick % pointers.length] ?? "/inboundCall/division";
        const changed = setAt(text, pointer, value);
        expect(getAt(changed, pointer)).toEqual(value);
        expect(getAt(changed, "/inboundCall/name")).toEqual(getAt(text, "/inboundCall/name"));
      }),
    );
  });
});

function pointersOf(value: Json, pointer: string): string[] {
  if (typeof value !== "object" || value === null) return [pointer];
  const below = Object.entries(value).flatMap(([key, item]) =>
    pointersOf(item, `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`),
  );
  return pointer === "" ? below : [pointer, ...below];
}
