import { describe, expect, test } from "vitest";
import { flowReferences } from "../../../src/formats/architect/references.ts";
import { flowYaml, LARGE_FLOW, taskYaml } from "./samples.ts";

/** `form kind[:type] [category/]name` of every reference, dynamic ones with a question mark. */
function named(text: string): string[] {
  return flowReferences(text).map(({ form, kind, type, category, name, dynamic }) => {
    const what = type === undefined ? kind : `${kind}:${type}`;
    return `${form} ${what} ${category === undefined ? "" : `${category}/`}${name}${dynamic ? " ?" : ""}`;
  });
}

describe("names as values", () => {
  test.each([
    ["- transferToAcd:\n    targetQueue:\n      lit:\n        name: Billing", "value queue Billing"],
    ["- menuTransferToAcd:\n    targetQueue: { lit: { name: Billing } }", "value queue Billing"],
    [
      "- transferToVoicemail:\n    destination:\n      queue:\n        targetQueue:\n          lit:\n            name: Q",
      "value queue Q",
    ],
    ["- createCallback:\n    queue:\n      lit:\n        name: Q", "value queue Q"],
    [
      "- updateData:\n    statements:\n      - queue:\n          variable: Flow.q\n          value:\n            lit:\n              name: Q",
      "value queue Q",
    ],
    [
      "- transferToAcd:\n    acdSkills:\n      - acdSkill:\n          lit:\n            name: French",
      "value skill French",
    ],
    ["- transferToAcd:\n    languageSkill:\n      lit:\n        name: French", "value language French"],
    ["- transferToUser:\n    targetUser:\n      lit:\n        name: a@example.com", "value user a@example.com"],
    ["- transferToGroup:\n    targetGroup:\n      lit:\n        name: Admins", "value group Admins"],
    ["- setWrapupCode:\n    wrapupCode:\n      lit:\n        name: Done", "value wrap-up-code Done"],
    ["- setFlowOutcome:\n    flowOutcome:\n      lit:\n        name: Paid", "value outcome Paid"],
    ["- addFlowMilestone:\n    flowMilestone:\n      lit:\n        name: Seen", "value milestone Seen"],
    ["- setUtilizationLabel:\n    utilizationLabel:\n      lit:\n        name: Busy", "value utilization-label Busy"],
    [
      "- evaluateSchedule:\n    evaluationType:\n      schedule:\n        selectedSchedule:\n          lit:\n            name: Open\n          name: Open",
      "value schedule Open",
    ],
    [
      "- evaluateScheduleGroup:\n    scheduleGroup:\n      lit:\n        name: Open\n      name: Open",
      "value schedule-group Open",
    ],
    [
      "- evaluateScheduleGroup:\n    emergencyGroup:\n      lit:\n        name: Fire\n      name: Fire",
      "value emergency-group Fire",
    ],
    ["- findQueue:\n    findName:\n      lit: Billing\n    findResult:\n      var: Flow.q", "value queue Billing"],
    ["- callGuide:\n    guide:\n      id: abc\n      name: Helper", "value guide Helper"],
    ["- transferToAcd:\n    acdSkills:\n      lit:\n        - lit:\n            name: French", "value skill French"],
    ["- transferToAcd:\n    acdSkills:\n      lit:\n        - name: French", "value skill French"],
    ["- somethingNew:\n    target:\n      lit:\n        name: X", "value unknown X"],
    ["- callBotFlow:\n    inputs:\n      Slot.targetQueue:\n        lit:\n          name: X", "value unknown X"],
    ["- transferToAcd:\n    targetQueue:\n      lit:\n        name: 401", "value queue 401"],
  ])("%j", (action, expected) => {
    expect(named(taskYaml(action))).toEqual([expected]);
  });

  test.each([
    ["inboundCall", "transferToFlow", "flow:inboundcall"],
    ["inboundCall", "transferToFlowSecure", "flow:securecall"],
    ["inboundEmail", "transferToFlow", "flow:inboundemail"],
    ["workflow", "transferToFlow", "flow"],
  ])("in %s, %s names a %s", (rootKey, action, kind) => {
    expect(named(taskYaml(`- ${action}:\n    name: Go\n    targetFlow:\n      name: Next`, rootKey))).toEqual([
      `value ${kind} Next`,
    ]);
  });

  test.each([
    ["inboundCall", "inqueuecall"],
    ["inboundEmail", "inqueueemail"],
    ["inboundShortMessage", "inqueueshortmessage"],
  ])("the in-queue flow of %s is of type %s", (rootKey, type) => {
    const text = taskYaml("- transferToAcd:\n    overrideInQueueFlow:\n      name: Waiting", rootKey);
    expect(named(text)).toEqual([`value flow:${type} Waiting`]);
  });

  test("settings, variables, division and work type", () => {
    const text = flowYaml(`
division: Home, ind,
worktype:
  name: Claim
variables:
  - queueVariable:
      name: Flow.q
      initialValue:
        lit:
          name: Billing
settingsOutboundCall:
  contactList:
    lit:
      name: Callers
  wrapupCode:
    lit:
      name: No Answer
settingsErrorHandling:
  errorHandling:
    queue:
      targetQueue:
        lit:
          name: Fallback
supportedLanguages:
  en-us:
    defaultLanguageSkill:
      lit:
        name: English
    speechToText:
      engine:
        name: Listener
        defaultEngine: false`);
    expect(named(text)).toEqual([
      "value division Home, ind,",
      "value worktype Claim",
      "value queue Billing",
      "value contact-list Callers",
      "value wrap-up-code No Answer",
      "value queue Fallback",
      "value language English",
      "value stt-engine Listener",
    ]);
  });
});

describe("names as keys", () => {
  test.each([
    [
      "- callBotFlow:\n    botFlow:\n      My Bot:\n        ver_latestPublished:\n          inputs:\n            Slot.a:\n              lit: 1",
      "key flow:bot My Bot",
    ],
    [
      "- callDigitalBotFlow:\n    digitalBotFlow:\n      My Bot:\n        ver_latestPublished:\n          none: true",
      "key flow:digitalbot My Bot",
    ],
    [
      "- callCommonModule:\n    commonModule:\n      Mod:\n        ver_latestPublished:\n          none: true",
      "key flow:commonmodule Mod",
    ],
    [
      "- callData:\n    category:\n      CRM:\n        dataAction:\n          Get (all):\n            inputs:\n              a:\n                lit: x",
      "key data-action CRM/Get (all)",
    ],
    [
      "- callBridge:\n    category:\n      Old:\n        bridgeAction:\n          Get:\n            inputs:\n              a:\n                lit: x",
      "key bridge-action Old/Get",
    ],
    [
      "- dataTableLookup:\n    dataTable:\n      Hours:\n        foundOutputs:\n          open:\n            var: Flow.x",
      "key data-table Hours",
    ],
    [
      "- setScreenPop:\n    screenPopScript:\n      Agent View:\n        inputs:\n          a:\n            lit: x",
      "key script Agent View",
    ],
    ["- createCallback:\n    callbackScript:\n      Call Back:\n        none: true", "key script Call Back"],
    [
      "- callLexV2Bot:\n    lexBot:\n      us-east-1:\n        Helper:\n          en_US:\n            prod:\n              none: true",
      "key lex-bot Helper",
    ],
  ])("%j", (action, expected) => {
    expect(named(taskYaml(action))).toEqual([expected]);
  });

  test("speech engines and knowledge bases, but not their defaults", () => {
    const text = flowYaml(
      "supportedLanguages:\n  en-us:\n    textToSpeech:\n      defaultEngine:\n        voice: Jill\n  fr-fr:\n    textToSpeech:\n      Amazon Polly:\n        voice: Lea\nsettingsKnowledge:\n  Help Pages:\n    none: true",
      "botFlow",
    );
    expect(named(text)).toEqual(["key tts-engine Amazon Polly", "key knowledge-base Help Pages"]);
    expect(named(flowYaml("settingsKnowledge:\n  none: true", "botFlow"))).toEqual([]);
  });

  test("a name that is also the key of a naming map names nothing below it", () => {
    const bot = "- callBotFlow:\n    botFlow:\n      dataTable:\n        ver_latestPublished:\n          none: true";
    expect(named(taskYaml(bot))).toEqual(["key flow:bot dataTable"]);
    const action =
      "- callData:\n    category:\n      C:\n        dataAction:\n          botFlow:\n            inputs:\n              a:\n                lit: 1";
    expect(named(taskYaml(action))).toEqual(["key data-action C/botFlow"]);
  });

  test("a flow type that is also the key of a naming map is not a name", () => {
    expect(named(flowYaml("settingsCommonModule:\n  a: 1", "commonModule"))).toEqual([]);
    expect(named(flowYaml("settingsBotFlow:\n  a: 1", "botFlow"))).toEqual([]);
  });
});

describe("names in expressions and prompts", () => {
  test.each([
    ['FindEmergencyGroup("My Group")', ["expression emergency-group My Group"]],
    ['findqueue( "A" )', ["expression queue A"]],
    ['FindSkill("say \\"hi\\"")', ['expression skill say "hi"']],
    ['If(x, FindQueue("A"), FindQueue("B"))', ["expression queue A", "expression queue B"]],
    ["FindUserById(Flow.id)", ["expression user Flow.id ?"]],
    ['FindQueue(Append("A", Flow.b)).id', ['expression queue Append("A", Flow.b) ?']],
    ['FindString("FindQueue(x)", "x")', []],
    ["ToAudio(Prompt.Hold)", ["prompt prompt Hold"]],
    ['Append("Prompt.Hold", PromptSystem.silence, Flow.Prompt)', []],
  ])("%s", (expression, expected) => {
    expect(named(taskYaml(`- playAudio:\n    audio:\n      exp: ${JSON.stringify(expression)}`))).toEqual(expected);
  });

  test.each([
    ["- playAudio:\n    audio:\n      prompt: Prompt.Hold", ["prompt prompt Hold"]],
    ["- playAudio:\n    audio:\n      prompt: PromptSystem.hold", []],
    ["- callData:\n    processingPrompt:\n      lit:\n        name: Prompt.Hold", ["prompt prompt Hold"]],
    ["- callData:\n    processingPrompt:\n      lit:\n        name: PromptSystem.processing", []],
    ["- holdMusic:\n    prompt:\n      exp: PromptSystem.on_hold_music", []],
    ["- holdMusic:\n    prompt:\n      exp: Flow.HoldPrompt", []],
    ["- holdMusic:\n    prompt:\n      exp: Flow.music", ["expression prompt Flow.music ?"]],
    ["- transferToAcd:\n    targetQueue:\n      exp: Flow.queue", ["expression queue Flow.queue ?"]],
    ["- evaluateScheduleGroup:\n    scheduleGroup:\n      exp: ToScheduleGroup(NOT_SET)", []],
    ['- findQueue:\n    findName:\n      exp: "\\"A\\""', ["expression queue A"]],
    ["- findQueue:\n    findName:\n      exp: Message.Message.body", ["expression queue Message.Message.body ?"]],
    [
      "- findUserById:\n    findId:\n      exp: Flow.id\n    findResult:\n      var: Flow.u",
      ["expression user Flow.id ?"],
    ],
  ])("%j", (action, expected) => {
    expect(named(taskYaml(action))).toEqual(expected);
  });
});

describe("ids", () => {
  const id = "9de579c5-74bf-45b4-9d01-234724dfb4b5";

  test("literal ids are findings, with the kind that the key suggests", () => {
    expect(named(taskYaml(`- callData:\n    inputs:\n      QUEUE_ID:\n        lit: ${id}`))).toEqual([
      `guid queue ${id}`,
    ]);
    expect(named(taskYaml(`- callData:\n    inputs:\n      url:\n        lit: https://x/${id}/y`))).toEqual([
      `guid unknown ${id}`,
    ]);
    expect(named(taskYaml(`- findQueueById:\n    findId:\n      lit: ${id}`))).toEqual([`guid queue ${id}`]);
    expect(named(taskYaml(`- playAudio:\n    audio:\n      exp: "FindUserById(\\"${id}\\")"`))).toEqual([
      `guid unknown ${id}`,
    ]);
  });

  test("ids of a bot's own language model and inside names are not", () => {
    const model = flowYaml(
      `settingsNaturalLanguageUnderstanding:\n  nluDomainVersion:\n    intents:\n      - id: ${id}\n        name: A`,
      "botFlow",
    );
    expect(named(model)).toEqual([]);
    expect(named(flowYaml(`division: Home${id}\ndescription: made by ${id}`))).toEqual([`value division Home${id}`]);
  });
});

describe("flowReferences", () => {
  test("leaves the flow's own parts alone and gives stable pointers", () => {
    expect(flowReferences(LARGE_FLOW).map(({ kind, name, path }) => `${kind} ${name} ${path}`)).toEqual([
      "division Support /inboundCall/division",
      "tts-engine Amazon Polly /inboundCall/supportedLanguages/en-us/textToSpeech/Amazon Polly",
      "queue Billing /inboundCall/variables/Flow.queue/queueVariable/initialValue/lit/name",
      'queue It\'s "Sales" /inboundCall/menus/Main/choices/Talk/menuTransferToAcd/targetQueue/lit/name',
      "flow Waiting /inboundCall/menus/Main/choices/Talk/menuTransferToAcd/overrideInQueueFlow/name",
      "data-table Office Hours /inboundCall/tasks/Billing/actions/0/dataTableLookup/dataTable/Office Hours",
      "data-action Get Customer /inboundCall/tasks/Billing/actions/1/callData/category/CRM/dataAction/Get Customer",
      "queue 9de579c5-74bf-45b4-9d01-234724dfb4b5 /inboundCall/tasks/Billing/actions/1/callData/category/CRM/dataAction/Get Customer/inputs/queueId/lit",
      "queue Billing /inboundCall/tasks/Billing/actions/2/transferToAcd/targetQueue/exp",
      "queue Flow.last /inboundCall/tasks/Billing/actions/2/transferToAcd/targetQueue/exp",
      "prompt Hold_On /inboundCall/tasks/Billing/actions/2/transferToAcd/preTransferAudio/exp",
      "emergency-group Evacuation /inboundCall/tasks/Billing/actions/3/evaluateScheduleGroup/emergencyGroup/lit/name",
      "flow Back Door /inboundCall/tasks/Billing/actions/4/decision/outputs/no/actions/0/transferToFlow/targetFlow/name",
    ]);
  });

  test("copies in referencedObjects are no references of their own", () => {
    const text = flowYaml("referencedObjects:\n  flows:\n    - flow:\n        name: My Bot\n        type: botFlow");
    expect(flowReferences(text)).toEqual([]);
  });
});
