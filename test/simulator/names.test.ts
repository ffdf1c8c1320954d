import { parse } from "yaml";
import { describe, expect, it } from "vitest";
import { namesIn } from "../../src/simulator/architect/names.ts";
import { readFlow, withHeader } from "../../src/simulator/architect/document.ts";
import { literalLookups, promptTokens } from "../../src/simulator/architect/expression.ts";
import type { JsonObject } from "../../src/simulator/json.ts";

const forms: readonly (readonly [string, string, string, string])[] = [
  ["4.1 queue value", "transferToAcd: { targetQueue: { lit: { name: Q } } }", "queue", "Q"],
  ["4.1 queue of a menu choice", "menuTransferToAcd: { targetQueue: { lit: { name: Q } } }", "queue", "Q"],
  ["4.1 find queue by literal", 'findQueue: { findName: { lit: "Q" } }', "queue", "Q"],
  ["4.1 queue variable", "queueVariable: { name: Flow.q, initialValue: { lit: { name: Q } } }", "queue", "Q"],
  ["4.1 update data", "updateData: { statements: [{ queue: { value: { lit: { name: Q } } } }] }", "queue", "Q"],
  ["4.2 bot as key", "callBotFlow: { botFlow: { Bot A: { ver_latestPublished: {} } } }", "flow", "Bot A"],
  ["4.2 common module as key", "callCommonModule: { commonModule: { M: {} } }", "flow", "M"],
  ["4.2 bare name", "transferToFlow: { targetFlow: { name: F } }", "flow", "F"],
  ["4.2 in-queue flow", "transferToAcd: { overrideInQueueFlow: { name: F } }", "flow", "F"],
  ["4.3 data action", "callData: { category: { C: { dataAction: { A (1): {} } } } }", "data-action", "A (1)"],
  ["4.3 data table", "dataTableLookup: { dataTable: { T: { foundOutputs: {} } } }", "data-table", "T"],
  ["4.3 script", "setScreenPop: { screenPopScript: { S: { inputs: {} } } }", "script", "S"],
  ["4.4 skill", "transferToAcd: { acdSkills: [{ acdSkill: { lit: { name: S } } }] }", "skill", "S"],
  ["4.4 language", "transferToAcd: { languageSkill: { lit: { name: L } } }", "language", "L"],
  ["4.4 contact list", "settingsOutboundCall: { contactList: { lit: { name: C } } }", "contact-list", "C"],
  ["4.4 wrap-up code", "settingsOutboundCall: { wrapupCode: { lit: { name: W } } }", "wrapup-code", "W"],
  ["4.5 schedule", "evaluationType: { schedule: { selectedSchedule: { lit: { name: S } } } }", "schedule", "S"],
  [
    "4.5 emergency group in an expression",
    "emergencyGroup: { exp: 'FindEmergencyGroup(\"E\")' }",
    "emergency-group",
    "E",
  ],
  ["4.6 prompt scalar", "playAudio: { audio: { prompt: Prompt.hello } }", "prompt", "hello"],
  ["4.6 prompt in an expression", "audio: { exp: ToAudio(Prompt.hello) }", "prompt", "hello"],
  ["4.6 prompt as name", "holdMusic: { lit: { name: Prompt.hello } }", "prompt", "hello"],
  ["4.7 knowledge base as key", "settingsKnowledge: { K: {} }", "knowledge-base", "K"],
  ["4.7 worktype", "worktype: { name: W }", "worktype", "W"],
  ["4.8 group", "transferToGroup: { targetGroup: { lit: { name: G } } }", "group", "G"],
  ["11 unknown key", "somethingNew: { lit: { name: X } }", "unknown", "X"],
];

describe("names in a flow (architect-yaml §4, §7, §11)", () => {
  it.each(forms)("§%s", (_form, yaml, kind, name) => {
    expect(namesIn("inboundCall", parse(yaml) as JsonObject)).toMatchObject([{ kind, name }]);
  });

  it("a doubled name counts twice (§4.5)", () => {
    const content = parse("scheduleGroup: { lit: { name: A }, name: B }") as JsonObject;
    const found = namesIn("inboundCall", content).map(({ kind, name }) => `${kind} ${name}`);
    expect(found).toEqual(["schedule-group A", "schedule-group B"]);
  });

  it.each([
    ["own parts (§3)", 'startUpRef: "/inboundCall/tasks/task[A_1]"'],
    ["system prompts (§4.6)", "prompt: PromptSystem.on_hold_music\nholdMusic: { lit: { name: PromptSystem.x } }"],
    ["unset values (§6)", "targetQueue: { noValue: true }\nscreenPopScript: { none: true }"],
    ["copies of definitions (§2)", "referencedObjects: { flows: [{ flow: { targetQueue: { lit: { name: Q } } } }] }"],
    ["variables of the flow", "stringVariable: { name: Flow.x, initialValue: { lit: Billing } }"],
  ])("leaves out %s", (_case, yaml) => {
    expect(namesIn("inboundCall", parse(yaml) as JsonObject)).toEqual([]);
  });

  it("looks into string literals for lookups and around them for prompts (§7)", () => {
    const expression = 'If(findqueue( "A \\"1\\"" ).id == "Prompt.no", Prompt.yes, FindSkill(Flow.x))';
    expect(literalLookups(expression)).toEqual([{ kind: "queue", name: 'A "1"' }]);
    expect(promptTokens(expression)).toEqual(["yes"]);
  });
});

describe("a flow's YAML (architect-yaml §2, genesys-api §4.3)", () => {
  it.each([
    ["two roots", "inboundCall: { name: A }\nworkflow: { name: B }", "exactly one"],
    ["an unknown type", "outboundChat: { name: A }", "not a flow type"],
    ["no name", "inboundCall: { description: x }", "no name"],
    ["a slash", "inboundCall: { name: a/b }", "slash"],
    ["-debug", "inboundCall: { name: a-debug }", "-debug"],
    ["no YAML", "inboundCall: [", "cannot be read"],
  ])("is refused with %s", (_case, yaml, message) => {
    expect(JSON.stringify(readFlow(yaml))).toContain(message);
  });

  it.each([
    ["botFlow", "BOT"],
    ["digitalBot", "DIGITALBOT"],
    ["inboundShortMessage", "INBOUNDSHORTMESSAGE"],
    ["surveyInvite", "SURVEYINVITE"],
  ])("root key %s is type %s", (root, type) => {
    expect(readFlow(`${root}:\n  name: A\n`)).toMatchObject({ flow: { type } });
  });

  it("takes another name or division without touching any other byte", () => {
    const yaml = 'inboundCall:\r\n  name: "A" # comment\r\n  division: Home\r\n  "yes": 1';
    const changed = withHeader(yaml, "inboundCall", { name: "B: c", division: "Home" });
    expect(changed).toBe(yaml.replace('"A"', '"B: c"'));
  });
});
