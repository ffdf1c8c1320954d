import { describe, expect, it } from "vitest";
import { flow } from "../../src/kinds/flow.ts";

const text = `inboundCall:
  name: Main
  division: Claims
  startUpRef: "/inboundCall/tasks/task[Start_10]"
  tasks:
    - task:
        name: Start
        refId: Start_10
        actions:
          - callBotFlow:
              name: Ask
              botFlow:
                FAQ:
                  ver_latestPublished: {}
          - callData:
              name: Look up
              category:
                CRM:
                  dataAction:
                    Get/Customer:
                      inputs: {}
          - transferToAcd:
              name: To billing
              targetQueue:
                lit:
                  name: Billing
          - findQueueById:
              name: Dynamic
              findId:
                exp: Flow.queueId
`;

describe("references", () => {
  const found = flow.content?.references(text) ?? [];

  it("are natural keys where the text can tell them", () => {
    expect(found.map(({ kind, name, partial }) => [kind, name, partial])).toEqual([
      ["flow", "bot:FAQ", undefined],
      ["data-action", "CRM/Get~1Customer", true],
      ["queue", "Billing", undefined],
    ]);
  });

  it("point into the text", () => {
    expect(found.at(-1)?.path).toBe("/inboundCall/tasks/Start/actions/2/transferToAcd/targetQueue/lit/name");
  });
});

describe("rename", () => {
  it("asks for every name in the form of the references, and for the flow's own name and division", () => {
    const asked: string[] = [];
    flow.content?.rename(text, (kind, name) => {
      asked.push(`${kind}/${name}`);
      return undefined;
    });
    expect(asked).toEqual(
      expect.arrayContaining([
        "flow/inboundcall:Main",
        "division/Claims",
        "flow/bot:FAQ",
        "data-action/CRM/Get~1Customer",
        "queue/Billing",
      ]),
    );
  });

  it("writes only the part of a key that is in the text", () => {
    const answers = new Map([
      ["flow/inboundcall:Main", "inboundcall:Main 2"],
      ["flow/bot:FAQ", "bot:Questions"],
      ["data-action/CRM/Get~1Customer", "rest:Integration/CRM/Fetch~1Customer"],
    ]);
    const renamed = flow.content?.rename(text, (kind, name) => answers.get(`${kind}/${name}`));
    expect(renamed?.text).toBe(
      text
        .replace("name: Main", "name: Main 2")
        .replace("FAQ:", "Questions:")
        .replace("Get/Customer:", "Fetch/Customer:"),
    );
  });
});

it("compares what a flow means, not how it is written", () => {
  const content = flow.content;
  const same = text.replaceAll("Start_10", "Start_99");
  expect(content?.comparable(same)).toEqual(content?.comparable(text));
  expect(content?.comparable(text.replace("Billing", "Sales"))).not.toEqual(content?.comparable(text));
});

it("overrides a value by the pointer that a comparison shows", () => {
  const pointer = "/inboundCall/tasks/Start/actions/2/transferToAcd/targetQueue/lit/name";
  expect(flow.content?.override(text, pointer, "Sales")).toBe(text.replace("name: Billing", "name: Sales"));
});
