import type { Fields, Shape } from "../shape.ts";
import {
  between,
  decimal,
  flag,
  idOf,
  list,
  map,
  object,
  oneOf,
  ref,
  refWith,
  required,
  server,
  set,
  text,
  whole,
} from "../shape.ts";
import { textAt } from "../json.ts";
import { publishedFlow } from "./published-flow.ts";

const groupKinds: Readonly<Record<string, string>> = { TEAM: "team", GROUP: "group", SKILLGROUP: "skill-group" };

/** A group, team or skill group: its own `type` says which (genesys-api §4.1). */
const memberGroup: Shape = refWith((group) => groupKinds[textAt(group.type)], {
  type: required(oneOf(...Object.keys(groupKinds))),
});

/** The share is "between 0 and 1" (definition ServiceLevel), the time a second at least (genesys-api §4.1). */
const serviceLevel = object({ percentage: { ...decimal, min: 0, max: 1 }, durationMs: { ...whole, min: 1000 } });

const mediaFields: Fields = {
  enableAutoAnswer: flag,
  alertingTimeoutSeconds: { ...whole, min: 7 },
  serviceLevel,
  autoAnswerAlertToneSeconds: decimal,
  manualAnswerAlertToneSeconds: decimal,
};

const reaction = oneOf("HangUp", "TransferToQueue", "TransferToFlow");

const mediaSettings = object({
  call: object(mediaFields),
  callback: object({
    ...mediaFields,
    mode: oneOf("AgentFirst", "CustomerFirst"),
    enableAutoDialAndEnd: flag,
    autoDialDelaySeconds: whole,
    autoEndDelaySeconds: whole,
    pacingModifier: decimal,
    maxRetryCount: whole,
    retryDelaySeconds: whole,
    liveVoiceReactionType: reaction,
    liveVoiceFlow: ref("flow", { code: "invalid.live.voice.flow" }),
    answeringMachineReactionType: reaction,
    answeringMachineFlow: ref("flow", { code: "invalid.answering.machine.flow" }),
    edgeGroup: ref("edge-group"),
    site: ref("site"),
  }),
  chat: object(mediaFields),
  email: object(mediaFields),
  message: object({
    ...mediaFields,
    subTypeSettings: map(object({ enableAutoAnswer: flag, enableInactivityTimeout: flag })),
    enableInactivityTimeout: flag,
    inactivityTimeoutSettings: object({
      timeoutSeconds: whole,
      actionType: oneOf("DISCONNECT", "SEND_TO_ARCHITECT_FLOW"),
      flowId: ref("flow"),
    }),
  }),
});

const comparisons = ["GreaterThan", "GreaterThanOrEqualTo", "LessThan", "LessThanOrEqualTo"];

const conditions = list(
  object({
    simpleMetric: object({ metric: oneOf("EstimatedWaitTime", "IdleAgentCount", "ServiceLevel"), queue: ref("queue") }),
    operator: oneOf(...comparisons, "EqualTo", "NotEqualTo"),
    value: decimal,
  }),
);

const agentAddress = object({ useAgentAddressOutbound: flag });

/** The properties of a queue (definitions Queue, QueueRequest and CreateQueueRequest). */
export const queueFields: Fields = {
  name: required(text),
  division: ref("division"),
  description: text,
  dateCreated: server(text),
  dateModified: server(text),
  modifiedBy: server(text),
  createdBy: server(text),
  mediaSettings,
  routingRules: list(object({ operator: oneOf("MEETS_THRESHOLD", "ANY"), threshold: whole, waitSeconds: decimal })),
  conditionalGroupRouting: object({
    rules: list(
      object({
        queue: ref("queue"),
        metric: oneOf("EstimatedWaitTime", "ServiceLevel"),
        operator: oneOf(...comparisons),
        conditionValue: decimal,
        groups: set(memberGroup),
        waitSeconds: whole,
      }),
    ),
  }),
  conditionalGroupActivation: object({
    pilotRule: object({ conditions, conditionExpression: text }),
    rules: list(object({ conditions, conditionExpression: text, groups: set(memberGroup) })),
  }),
  bullseye: object({
    rings: list(
      object({
        expansionCriteria: list(object({ type: oneOf("TIMEOUT_SECONDS"), threshold: decimal })),
        actions: object({ skillsToRemove: set(ref("skill", { code: "skill.does.not.exist" })) }),
        memberGroups: set(memberGroup),
      }),
    ),
  }),
  scoringMethod: oneOf("TimestampAndPriority", "PriorityOnly"),
  lastAgentRoutingMode: oneOf("Disabled", "QueueMembersOnly", "AnyAgent"),
  acwSettings: object({
    wrapupPrompt: oneOf("MANDATORY", "OPTIONAL", "MANDATORY_TIMEOUT", "MANDATORY_FORCED_TIMEOUT", "AGENT_REQUESTED"),
    timeoutMs: whole,
  }),
  skillEvaluationMethod: oneOf("NONE", "BEST", "ALL"),
  memberGroups: set(memberGroup),
  queueFlow: publishedFlow("INQUEUECALL", "invalid.inqueue.call.flow"),
  emailInQueueFlow: publishedFlow("INQUEUEEMAIL", "invalid.inqueue.email.flow"),
  messageInQueueFlow: publishedFlow("INQUEUESHORTMESSAGE", "invalid.inqueue.message.flow"),
  whisperPrompt: ref("prompt"),
  onHoldPrompt: ref("prompt"),
  autoAnswerOnly: flag,
  cannedResponseLibraries: object({
    libraryIds: set(idOf("response-library", { code: "invalid.library.ids" })),
    mode: oneOf("All", "SelectedOnly", "None"),
  }),
  enableTranscription: flag,
  enableAudioMonitoring: flag,
  enableManualAssignment: flag,
  agentOwnedRouting: object({
    enableAgentOwnedCallbacks: flag,
    maxOwnedCallbackHours: between(1, 168),
    maxOwnedCallbackDelayHours: between(1, 720),
  }),
  directRouting: object({
    callMediaSettings: agentAddress,
    emailMediaSettings: agentAddress,
    messageMediaSettings: agentAddress,
    backupQueueId: idOf("queue"),
    waitForAgent: flag,
    agentWaitSeconds: whole,
  }),
  callingPartyName: text,
  callingPartyNumber: text,
  defaultScripts: map(ref("script")),
  outboundMessagingAddresses: object({
    smsAddress: object({ id: text }),
    openMessagingRecipient: object({ id: text }),
    whatsAppRecipient: object({ id: text }),
  }),
  outboundEmailAddress: object({
    domain: ref("email-domain"),
    route: ref("email-route", { shows: ["name"] }),
  }),
  peerId: text,
  suppressInQueueCallRecording: flag,
};
