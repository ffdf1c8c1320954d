import { expect, it } from "vitest";
import { flowReferences } from "../../../src/formats/architect/references.ts";
import { withoutReferences } from "../../../src/formats/architect/without.ts";

const flow = `inboundCall:
  name: First
  division: Home
  startUpRef: "/inboundCall/tasks/task[Main_1]"
  defaultLanguage: en-us
  tasks:
    - task:
        name: Main
        refId: Main_1
        actions:
          - playAudio:
              name: Hello
              audio:
                tts: "yes: hello"
          - transferToFlow:
              name: Go on
              targetFlow:
                name: Second
          - transferToAcd:
              name: Queue
              targetQueue:
                lit:
                  name: Billing
`;

it("leaves out the action that names an object, and nothing else (architect-yaml §11)", () => {
  const left = withoutReferences(flow, ({ kind, name }) => kind === "flow" && name === "Second");
  expect(flowReferences(left).map(({ kind, name }) => `${kind}/${name}`)).toEqual(["division/Home", "queue/Billing"]);
  expect(left).toContain('tts: "yes: hello"');
  expect(left).not.toContain("Go on");
});

it("keeps the flow when nothing is dropped", () => {
  expect(withoutReferences(flow, () => false)).toBe(flow);
});
