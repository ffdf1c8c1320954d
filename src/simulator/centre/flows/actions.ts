import type { SeedObject } from "../types.ts";
import { allUnset, exp, lit, named, quoted, tts, unset } from "./values.ts";
import type { FlowAction } from "./values.ts";

const failure = allUnset("errorType", "errorMessage");
const branch = (actions: readonly FlowAction[]): SeedObject => ({ actions });

export const disconnect = (): FlowAction => ({ disconnect: { name: "Disconnect" } });
export const endTask = (path = "Default"): FlowAction => ({
  endTask: { name: "End Task", outputPath: { name: path } },
});
export const endState = (): FlowAction => ({ endState: { name: "End State" } });

export const playAudio = (audio: SeedObject, name = "Play Audio"): FlowAction => ({ playAudio: { name, audio } });
export const say = (speech: string): FlowAction => playAudio(tts(speech));

/** Hands the interaction to a queue by name; on failure it says so. */
export function transferToAcd(
  queue: string,
  options: {
    readonly priority?: number;
    readonly skills?: readonly string[];
    readonly language?: string;
    readonly inQueueFlow?: string;
    readonly voice?: boolean;
  } = {},
): FlowAction {
  const voice = options.voice ?? true;
  return {
    transferToAcd: {
      name: `Transfer to ${queue}`,
      targetQueue: named(queue),
      ...(voice ? { preTransferAudio: tts(`Connecting you with ${queue}.`), failureTransferAudio: unset } : {}),
      priority: lit(options.priority ?? 0),
      preferredAgents: unset,
      acdSkills: options.skills?.map((skill) => ({ acdSkill: named(skill) })) ?? unset,
      languageSkill: options.language === undefined ? unset : named(options.language),
      directAgent: unset,
      ...(options.inQueueFlow === undefined ? {} : { overrideInQueueFlow: { name: options.inQueueFlow } }),
      failureOutputs: failure,
      outputs: { failure: branch(voice ? [say("Sorry, we could not connect you. Please call again later.")] : []) },
    },
  };
}

/** Leaves a voicemail for a queue. */
export const transferToVoicemail = (queue: string): FlowAction => ({
  transferToVoicemail: {
    name: "Transfer to Voicemail",
    destination: {
      queue: {
        targetQueue: named(queue),
        callbackNumber: exp("ToPhoneNumber(Call.Ani)"),
        calleeName: unset,
        voicemailGreeting: { prompt: "PromptSystem.voicemail_greeting" },
      },
    },
    failureOutputs: failure,
    outputs: { failure: branch([disconnect()]) },
  },
});

/** Hands the call to another flow by name; `secure` for one that may see sensitive data. */
export const transferToFlow = (flow: string, secure = false): FlowAction => ({
  [secure ? "transferToFlowSecure" : "transferToFlow"]: {
    name: "Transfer to Flow",
    targetFlow: { name: flow },
    preTransferAudio: exp("AudioPlaybackOptions(ToAudioBlank(100), true)"),
    failureTransferAudio: exp("AudioPlaybackOptions(ToAudioBlank(100), true)"),
    ...(secure ? { connectTimeout: unset, inputs: unset } : {}),
    failureOutputs: failure,
    outputs: { failure: branch([say("We are having technical difficulties.")]) },
  },
});

/** Two ways on; exports quote the keys, which YAML 1.1 would read as booleans (architect-yaml §10). */
export const decision = (
  name: string,
  condition: string,
  yes: readonly FlowAction[],
  no: readonly FlowAction[] = [],
): FlowAction => ({
  decision: {
    name,
    condition: exp(condition),
    outputs: { yes: branch(yes), ...(no.length > 0 ? { no: branch(no) } : {}) },
  },
});

/** The first case whose condition is true. */
export const switchOn = (
  name: string,
  cases: readonly (readonly [condition: string, actions: readonly FlowAction[]])[],
  otherwise: readonly FlowAction[],
): FlowAction => ({
  switch: {
    name,
    evaluate: {
      firstTrue: {
        default: branch(otherwise),
        cases: cases.map(([condition, actions]) => ({ case: { value: exp(condition), actions } })),
      },
    },
  },
});

/** Sets variables; `[type, variable, value]` each. */
export const updateData = (
  ...statements: readonly (readonly [type: string, variable: string, value: SeedObject])[]
): FlowAction => ({
  updateData: {
    name: "Update Data",
    statements: statements.map(([type, variable, value]) => ({ [type]: { variable, value } })),
  },
});

/** Attributes on the customer's participant. */
export const setParticipantData = (attributes: Readonly<Record<string, SeedObject>>): FlowAction => ({
  setParticipantData: {
    name: "Set Participant Data",
    attributes: Object.entries(attributes).map(([name, value]) => ({ attribute: { name: lit(name), value } })),
  },
});

/** Looks a queue up by a name that is a literal here. */
export const findQueue = (queue: string, result: string, notFound: readonly FlowAction[]): FlowAction => ({
  findQueue: {
    name: "Find Queue",
    findName: lit(queue),
    findResult: { var: result },
    outputs: { found: branch([]), notFound: branch(notFound) },
  },
});

/** Reads headers of the initial INVITE (architect-yaml §5). The shape of its inputs is unverified: no export shows one. */
export const getSipHeaders = (headers: readonly string[], result: string): FlowAction => ({
  getSIPHeaders: {
    name: "Get SIP Headers",
    sipHeaders: lit(headers.map((header) => lit(header))),
    sipHeadersJson: { var: result },
    failureOutputs: failure,
    outputs: { success: branch([]), failure: branch([]) },
  },
});

/** Asks the schedule group, the emergency group first; both names are written twice (architect-yaml §4.5). */
export const evaluateScheduleGroup = (
  groups: { readonly schedule: SeedObject; readonly emergency: SeedObject },
  outputs: Readonly<Record<"open" | "closed" | "holiday" | "emergency", readonly FlowAction[]>>,
): FlowAction => ({
  evaluateScheduleGroup: {
    name: "Evaluate Schedule Group",
    inServiceSchedules: unset,
    evaluate: { now: true },
    scheduleGroup: groups.schedule,
    emergencyGroup: groups.emergency,
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, actions]) => [name, branch(actions)])),
  },
});

/** Collects digits. */
export const collectInput = (
  variable: string,
  digits: number,
  speech: string,
  success: readonly FlowAction[],
): FlowAction => ({
  collectInput: {
    name: "Collect Input",
    inputData: { var: variable },
    digits: { exact: digits },
    interDigitTimeout: unset,
    noEntryTimeout: unset,
    inputAudio: tts(speech),
    acceptJustStar: lit(false),
    acceptJustPound: lit(false),
    verificationType: "none",
    outputs: { success: branch(success), failure: branch([]) },
  },
});

/** A script on the agent's screen. */
export const setScreenPop = (script: string, inputs: Readonly<Record<string, SeedObject>>): FlowAction => ({
  setScreenPop: { name: "Set Screen Pop", screenPopScript: { [script]: { inputs } } },
});

/** A wrap-up code for the flow's own segment. */
export const setWrapupCode = (code: string): FlowAction => ({
  setWrapupCode: { name: "Set Wrap-Up Code", wrapupCode: named(code) },
});

/** Words for the customer in a digital flow. */
export const sendResponse = (text: string): FlowAction => ({
  sendResponse: { name: "Send Response", messageBody: exp(`ToCommunication(${quoted(text)})`) },
});

/** A queue by expression: `FindQueue("…")` holds the name inside a string literal (architect-yaml §7). */
export const queueByExpression = (queue: string): SeedObject => exp(`FindQueue(${quoted(queue)})`);
