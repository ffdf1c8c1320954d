import { describe, expect, test } from "vitest";
import { FlowSyntaxError } from "../../../src/formats/architect/errors.ts";
import { flowTypeOf, parseFlow } from "../../../src/formats/architect/parse.ts";
import { flowYaml, LARGE_FLOW } from "./samples.ts";

function failure(text: string): FlowSyntaxError {
  try {
    parseFlow(text);
  } catch (error) {
    if (error instanceof FlowSyntaxError) return error;
    throw error;
  }
  throw new Error("the text was accepted");
}

describe("parseFlow", () => {
  test("tells type, name and division", () => {
    const { rootKey, type, name, division } = parseFlow(LARGE_FLOW);
    expect({ rootKey, type, name, division }).toEqual({
      rootKey: "inboundCall",
      type: "inboundcall",
      name: "Front Door",
      division: "Support",
    });
    expect(parseFlow("workflow:\n  name: W").division).toBeUndefined();
  });

  test.each([
    ["inboundCall", "inboundcall"],
    ["inboundShortMessage", "inboundshortmessage"],
    ["botFlow", "bot"],
    ["digitalBot", "digitalbot"],
    ["commonModule", "commonmodule"],
  ])("top-level key %s is API type %s", (rootKey, type) => {
    expect(flowTypeOf(rootKey)).toBe(type);
  });

  test("keeps yes and no as keys, and the types of values", () => {
    const text = flowYaml(
      'outputs:\n  yes: 1\n  "no": true\n  lit: "true"\n  401: ~\n  big: 12345678901234567890\n  odd: .inf',
    );
    expect(parseFlow(text).structure).toEqual({
      inboundCall: {
        name: "Sample",
        outputs: { yes: 1, no: true, lit: "true", "401": null, big: "12345678901234567890", odd: ".inf" },
      },
    });
  });

  test("CRLF, a missing final newline and a byte order mark change nothing", () => {
    const text = flowYaml("description: plain text # why\nlist:\n  - a");
    const { structure } = parseFlow(text);
    expect(parseFlow(text.replaceAll("\n", "\r\n")).structure).toEqual(structure);
    expect(parseFlow(text.trimEnd()).structure).toEqual(structure);
    expect(parseFlow("\ufeff" + text).structure).toEqual(structure);
  });

  test("unsubstituted placeholders are maps, as YAML has it", () => {
    const { structure } = parseFlow(flowYaml("tts: {{greeting}}\ncategory:\n  {{integration}}:\n    a: 1"));
    expect(structure.inboundCall).toEqual({
      name: "Sample",
      tts: { "{greeting}": null },
      category: { "{{integration}}": { a: 1 } },
    });
  });

  test("a key named __proto__ is data", () => {
    const { structure } = parseFlow(flowYaml("dataTable:\n  __proto__:\n    a: 1"));
    expect(Object.keys((structure.inboundCall as { dataTable: object }).dataTable)).toEqual(["__proto__"]);
  });

  test.each([
    ["flow-yaml", "inboundCall:\n  name: A\n bad: x", 3],
    ["flow-yaml", "<<<<<<< HEAD\ninboundCall:\n  name: A\n", 1],
    ["flow-yaml", "inboundCall:\n  {{prefix}}-Lambda:\n    a: 1\n", 2],
    ["flow-yaml", "workflow:\n  name: A\n---\nworkflow:\n  name: B\n", 3],
    ["flow-duplicate-key", "workflow:\n  name: A\n  name: B\n", 3],
    ["flow-alias", "workflow:\n  name: &a A\n  description: *a\n", 3],
    ["flow-root", "workflow:\n  name: A\nbotFlow:\n  name: B\n", 3],
    ["flow-root", "- a\n", 1],
    ["flow-root", "", 1],
    ["flow-root", "{}", 1],
    ["flow-root", "workflow: text\n", 1],
    ["flow-name", "workflow:\n  division: Home\n", 2],
    ["flow-name", "workflow:\n  name:\n", 2],
    ["flow-name", "workflow:\n  name: {{name}}\n", 2],
  ])("%s: %j", (code, text, line) => {
    const error = failure(text);
    expect([error.code, error.line]).toEqual([code, line]);
    expect(error.message).toContain(`line ${line}`);
    expect(error.column).toBeGreaterThan(0);
  });
});
