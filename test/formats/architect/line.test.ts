import { expect, it } from "vitest";
import { flowLine } from "../../../src/formats/architect/line.ts";

const text = `inboundCall:
  name: Main
  tasks:
    - task:
        name: Billing
        refId: Task_1
        actions:
          - transferToAcd:
              name: To billing
              targetQueue:
                lit:
                  name: Billing
`;

it.each([
  ["/inboundCall/name", 2],
  ["/inboundCall/tasks/Billing/actions/0/transferToAcd/targetQueue/lit/name", 12],
  ["/inboundCall/tasks/Billing/actions/0/transferToAcd/other", 8],
  ["/inboundCall/tasks/None", 3],
  ["", 1],
])("%s is on line %i of the text, or what is around it", (pointer, line) => {
  expect(flowLine(text, pointer)).toBe(line);
});
