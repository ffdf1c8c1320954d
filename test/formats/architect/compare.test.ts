import { describe, expect, test } from "vitest";
import { comparableFlow } from "../../../src/formats/architect/compare.ts";
import { valueAt } from "../../../src/model/pointer.ts";
import { flowYaml, LARGE_FLOW, taskYaml } from "./samples.ts";

describe("comparableFlow", () => {
  test("parts go by name, generated ids are gone, references lead to parts", () => {
    const flow = comparableFlow(LARGE_FLOW);
    expect(valueAt(flow, "/inboundCall/startUpRef")).toBe("/inboundCall/tasks/Billing");
    expect(valueAt(flow, "/inboundCall/menus/Main/defaultChildMenuRef")).toBe(
      "/inboundCall/menus/Main/choices/Talk#2/menuTask",
    );
    expect(valueAt(flow, "/inboundCall/menus/Main/choices/Talk#2/menuTask/task/actions/0/callTask")).toEqual({
      name: "Go",
      targetTaskRef: "/inboundCall/tasks/Billing",
    });
    expect(valueAt(flow, "/inboundCall/variables/Flow.queue/queueVariable/initialValue/lit/name")).toBe("Billing");
    expect(valueAt(flow, "/inboundCall/tasks/Billing/actions/3/evaluateScheduleGroup/emergencyGroup")).toEqual({
      lit: { name: "Evacuation" },
    });
    expect(JSON.stringify(flow)).not.toContain("refId");
  });

  test("other numbers in generated ids, other order of parts and keys: the same flow", () => {
    const part = (name: string, id: number, target: string): string =>
      `- task:\n    name: ${name}\n    refId: ${name}_${id}\n    actions:\n      - jumpToTask:\n          trackingId: ${id}\n          name: Jump\n          targetTaskRef: "/inboundCall/tasks/task[${target}]"`;
    const flow = (start: string, ...parts: string[]): string =>
      flowYaml(`startUpRef: "/inboundCall/tasks/task[${start}]"\ntasks:\n${parts.join("\n").replace(/^/gm, "  ")}`);
    const one = flow("A_10", part("A", 10, "B_11"), part("B", 11, "A_10"));
    const same = flow("A_7", part("B", 3, "A_7"), part("A", 7, "B_3"));
    const other = flow("B_3", part("B", 3, "A_7"), part("A", 7, "B_3"));
    expect(comparableFlow(same)).toEqual(comparableFlow(one));
    expect(comparableFlow(other)).not.toEqual(comparableFlow(one));
  });

  test("hand-written references by name mean the same part", () => {
    const byName = flowYaml('startUpRef: "./tasks/task[Sales/East]"\ntasks:\n  - task:\n      name: Sales/East');
    const byId = flowYaml(
      'startUpRef: "/inboundCall/tasks/task[Sales/East_12]"\ntasks:\n  - task:\n      name: Sales/East\n      refId: Sales/East_12',
    );
    expect(comparableFlow(byName)).toEqual(comparableFlow(byId));
    expect(comparableFlow(byName)).toMatchObject({ inboundCall: { startUpRef: "/inboundCall/tasks/Sales~1East" } });
  });

  test("a reference to no part, or to two, stays as it is", () => {
    const twice = "tasks:\n  - task:\n      name: A\n  - task:\n      name: A";
    expect(comparableFlow(flowYaml(`startUpRef: "/x/task[A]"\n${twice}`))).toMatchObject({
      inboundCall: { startUpRef: "/x/task[A]" },
    });
    expect(comparableFlow(flowYaml('startUpRef: "/x/task[B]"'))).toMatchObject({
      inboundCall: { startUpRef: "/x/task[B]" },
    });
  });

  test("comments, quoting and layout mean nothing", () => {
    const one = flowYaml('outputs:\n  yes: &x plain # why\n  list: [a, b]\n  text: "a\\nb"');
    const same = flowYaml(
      "outputs:\n  list:\n    - a\n    - 'b'\n  text: |-\n    a\n    b\n  \"yes\": 'plain'",
    ).replaceAll("\n", "\r\n");
    expect(comparableFlow(same)).toEqual(comparableFlow(one));
  });

  test.each([
    [
      "order of actions",
      taskYaml("- a:\n    name: A\n- b:\n    name: B"),
      taskYaml("- b:\n    name: B\n- a:\n    name: A"),
    ],
    ["a string and a boolean", flowYaml("x: true"), flowYaml('x: "true"')],
    ["unset and absent", flowYaml("x:\n  noValue: true"), flowYaml("y: 1")],
    ["the name of an action", taskYaml("- a:\n    name: A"), taskYaml("- a:\n    name: B")],
    [
      "the type of a variable",
      flowYaml("variables:\n  - stringVariable:\n      name: Flow.x"),
      flowYaml("variables:\n  - jsonVariable:\n      name: Flow.x"),
    ],
    ["large numbers", flowYaml("x: 12345678901234567890"), flowYaml("x: 12345678901234567891")],
    [
      "a doubled name out of step",
      flowYaml("s:\n  lit:\n    name: A\n  name: A"),
      flowYaml("s:\n  lit:\n    name: A\n  name: B"),
    ],
  ])("%s make a difference", (_what, one, other) => {
    expect(comparableFlow(one)).not.toEqual(comparableFlow(other));
  });

  test("a bot's language model compares without ids and order", () => {
    const model = (...intents: string[]): string =>
      flowYaml(
        `settingsNaturalLanguageUnderstanding:\n  nluDomainVersion:\n    intents:\n${intents.join("\n").replace(/^/gm, "      ")}`,
        "botFlow",
      );
    const one = model(
      "- id: 1\n  name: Pay\n  entityNameReferences:\n    - A\n    - B\n  utterances:\n    - id: 2\n      segments:\n        - text: pay\n    - segments:\n        - text: 'bill '\n        - text: now",
      "- name: Stop\n  utterances: []",
    );
    const same = model(
      "- name: Stop\n  utterances: []",
      "- name: Pay\n  entityNameReferences: [B, A]\n  utterances:\n    - segments:\n        - text: 'bill '\n        - text: now\n    - id: 9\n      segments:\n        - text: pay",
    );
    expect(comparableFlow(same)).toEqual(comparableFlow(one));
    expect(
      valueAt(
        comparableFlow(one),
        "/botFlow/settingsNaturalLanguageUnderstanding/nluDomainVersion/intents/Pay/utterances/bill now",
      ),
    ).toEqual({
      segments: [{ text: "bill " }, { text: "now" }],
    });
  });

  test("a list with an item that has no name stays a list", () => {
    expect(comparableFlow(flowYaml("tasks:\n  - task:\n      name: A\n  - other:\n      name: B"))).toEqual({
      inboundCall: { name: "Sample", tasks: [{ task: { name: "A" } }, { other: { name: "B" } }] },
    });
  });
});
