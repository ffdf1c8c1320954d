import { describe, expect, test } from "vitest";
import { FlowPointerError } from "../../../src/formats/architect/errors.ts";
import { getAt, setAt } from "../../../src/formats/architect/literals.ts";
import type { Json } from "../../../src/model/json.ts";
import { flowYaml, LARGE_FLOW } from "./samples.ts";

const QUEUE = "/inboundCall/menus/Main/choices/Talk/menuTransferToAcd/targetQueue/lit/name";

describe("getAt", () => {
  test("takes pointers as comparisons show them, and raw ones", () => {
    expect(getAt(LARGE_FLOW, QUEUE)).toBe('It\'s "Sales"');
    expect(getAt(LARGE_FLOW, "/inboundCall/menus/0/menu/choices/0/menuTransferToAcd/targetQueue/lit/name")).toBe(
      'It\'s "Sales"',
    );
    expect(getAt(LARGE_FLOW, "/inboundCall/tasks/Billing/actions/0/dataTableLookup/name")).toBe("Hours");
    expect(getAt(LARGE_FLOW, "/inboundCall/menus/Main/choices/Talk#2/menuTask/refId")).toBe("Talk_15");
  });

  test("a part's name comes before its position", () => {
    const text = flowYaml("tasks:\n  - task:\n      name: A\n      x: 1\n  - task:\n      name: 0\n      x: 2");
    expect(getAt(text, "/inboundCall/tasks/0/x")).toBe(2);
    expect(getAt(text, "/inboundCall/tasks/1/task/x")).toBe(2);
  });

  test("sets go by the order in which they are compared", () => {
    const text = flowYaml("compatibleFlowTypes:\n  - b\n  - a");
    expect(getAt(text, "/inboundCall/compatibleFlowTypes/0")).toBe("a");
    expect(setAt(text, "/inboundCall/compatibleFlowTypes/0", "c")).toBe(text.replace("- a", "- c"));
  });
});

describe("setAt", () => {
  test.each([
    ["/inboundCall/description", 'description: ""', "new", 'description: "new"'],
    ["/inboundCall/division", "division: Support", "yes", 'division: "yes"'],
    ["/inboundCall/division", "division: Support", 12, "division: 12"],
    ["/inboundCall/division", "division: Support", null, "division: null"],
    ["/inboundCall/division", "division: Support", "Help", "division: Help"],
    [QUEUE, "'It''s \"Sales\"'", "it's", "'it''s'"],
    ["/inboundCall/variables/Flow.last/stringVariable/initialValue/noValue", "noValue: true", false, "noValue: false"],
    [
      "/inboundCall/tasks/Billing/actions/1/callData/category/CRM/dataAction/Get Customer/inputs/queueId/lit",
      "9de579c5-74bf-45b4-9d01-234724dfb4b5",
      "other",
      "other",
    ],
  ])("%s", (pointer, old, value, expected) => {
    const text = setAt(LARGE_FLOW, pointer, value);
    expect(text).toBe(LARGE_FLOW.replace(old, expected));
    expect(getAt(text, pointer)).toBe(value);
  });

  test("both copies of a doubled name change, from either side and from above", () => {
    const group = "/inboundCall/tasks/Billing/actions/3/evaluateScheduleGroup/emergencyGroup";
    const both = LARGE_FLOW.replaceAll("name: Evacuation", "name: Fire");
    expect(setAt(LARGE_FLOW, `${group}/lit/name`, "Fire")).toBe(both);
    expect(setAt(LARGE_FLOW, `${group}/name`, "Fire")).toBe(both);
    expect(getAt(setAt(LARGE_FLOW, `${group}/lit`, { name: "Fire" }), group)).toEqual({
      lit: { name: "Fire" },
      name: "Fire",
    });
  });

  test.each<[string, string, Json, string]>([
    ["a:\n  b: 1\n  c:\n    - 2 # two\nz: 1", "/inboundCall/a", "x", "a: x # two\nz: 1"],
    ["a:\n- b\n- c\nz: 1", "/inboundCall/a", [1, "no"], 'a: [1, "no"]\nz: 1'],
    ["a: # why\n  b: 1\nz: 1", "/inboundCall/a", { lit: "x" }, 'a: # why\n  {"lit": "x"}\nz: 1'],
    ["a:\nz: 1", "/inboundCall/a", "x", "a: x\nz: 1"],
    ["a: # why\nz: 1", "/inboundCall/a", "x", "a: x # why\nz: 1"],
    ["a: {{x}}\nz: 1", "/inboundCall/a", "w", "a: w\nz: 1"],
    ["a: {b}\nz: 1", "/inboundCall/a/b", "w", "a: {b: w}\nz: 1"],
    ["a: {b: 1, c: 2}\nz: 1", "/inboundCall/a/b", "y, z", 'a: {b: "y, z", c: 2}\nz: 1'],
    ["a:\n  - b: 1\n    c: 2\n  - d\nz: 1", "/inboundCall/a/0", "x", "a:\n  - x\n  - d\nz: 1"],
    ["a:\n  -\n  - d\nz: 1", "/inboundCall/a/0", "x", "a:\n  - x\n  - d\nz: 1"],
    ["a: |\n  one\n  two\nz: 1", "/inboundCall/a", "x\ny", 'a: "x\\ny"\nz: 1'],
    ["a: 1\nz:\n  b:", "/inboundCall/z", true, "a: 1\nz: true"],
    ["a: one\n  two\nz: 1", "/inboundCall/a", "x", "a: x\nz: 1"],
  ])("%j at %s", (lines, pointer, value, expected) => {
    const text = setAt(flowYaml(lines), pointer, value);
    expect(text).toBe(flowYaml(expected));
    expect(getAt(text, pointer)).toEqual(value);
  });

  test("a whole task", () => {
    const task = { name: "Billing", refId: "Billing_12", actions: [{ disconnect: { name: "Bye" } }] };
    const text = setAt(LARGE_FLOW, "/inboundCall/tasks/Billing", task);
    expect(getAt(text, "/inboundCall/tasks/0/task")).toEqual(task);
    expect(getAt(text, QUEUE)).toBe(getAt(LARGE_FLOW, QUEUE));
  });

  test.each([
    "/inboundCall/tasks/Sales",
    "/inboundCall/tasks/7",
    "/inboundCall/division/x",
    "/workflow",
    "/inboundCall/constructor",
  ])("%s matches nothing", (pointer) => {
    expect(() => setAt(LARGE_FLOW, pointer, 1)).toThrow(FlowPointerError);
    expect(() => getAt(LARGE_FLOW, pointer)).toThrow(/^Flow "Front Door" has nothing at/);
  });
});
