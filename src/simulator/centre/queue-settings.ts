import type { Plan } from "./plan.ts";
import { cycle } from "./random.ts";
import type { SeedObject } from "./types.ts";
import { ref, to } from "./types.ts";
import { mailDomain, mailRoute, scriptNames, serviceAddresses } from "./companions.ts";

/** Service level and alerting of one medium. */
const media = (alertingTimeoutSeconds: number, percentage: number, seconds: number): SeedObject => ({
  alertingTimeoutSeconds,
  enableAutoAnswer: false,
  autoAnswerAlertToneSeconds: 0.3,
  manualAnswerAlertToneSeconds: 300,
  serviceLevel: { percentage, durationMs: seconds * 1000 },
});

/** Media settings of an ordinary queue; `index` varies them. */
export const ordinaryMedia = (index: number): SeedObject => ({
  call: media(8 + (index % 5), cycle([0.8, 0.9, 0.7], index), cycle([20, 30, 45], index)),
  callback: {
    ...media(30, 0.8, 60),
    mode: "AgentFirst",
    enableAutoDialAndEnd: index % 2 === 0,
    autoDialDelaySeconds: 300,
    autoEndDelaySeconds: 300,
  },
  chat: media(30, 0.8, 20),
  email: media(300, 0.8, 86400),
  message: media(30, 0.8, 20),
});

const reactions = (flow: SeedObject): SeedObject => ({
  mode: "CustomerFirst",
  enableAutoDialAndEnd: true,
  autoDialDelaySeconds: 120,
  autoEndDelaySeconds: 60,
  pacingModifier: 1.5,
  maxRetryCount: 3,
  retryDelaySeconds: 600,
  liveVoiceReactionType: "TransferToFlow",
  liveVoiceFlow: flow,
  answeringMachineReactionType: "TransferToFlow",
  answeringMachineFlow: flow,
});

function fullMedia(plan: Plan, flow: SeedObject): SeedObject {
  const inactivity = {
    timeoutSeconds: 900,
    actionType: "SEND_TO_ARCHITECT_FLOW",
    flowId: flowOf(plan, "inboundshortmessage"),
  };
  return {
    ...ordinaryMedia(2),
    callback: { ...media(25, 0.85, 90), ...reactions(flow), site: to("site", cycle(plan.sites, 0)) },
    message: {
      ...media(20, 0.75, 30),
      enableInactivityTimeout: true,
      inactivityTimeoutSettings: inactivity,
      subTypeSettings: {
        webmessaging: { enableAutoAnswer: true, enableInactivityTimeout: true },
        sms: { enableAutoAnswer: false, enableInactivityTimeout: false },
      },
    },
  };
}

const member = (type: "TEAM" | "GROUP" | "SKILLGROUP", name: string): SeedObject => {
  const kinds = { TEAM: "team", GROUP: "group", SKILLGROUP: "skill-group" } as const;
  return { id: ref(kinds[type], name), type };
};

/** A group, a team and a skill group of the plan, as members. */
const members = (plan: Plan): readonly SeedObject[] => {
  const name = cycle(plan.groups, 0);
  return [member("GROUP", name), member("TEAM", `${name} Team`), member("SKILLGROUP", `${name} by Skill`)];
};

/** A flow of that type whose name is not specific to one organisation, as a reference. */
export function flowOf(plan: Plan, type: string, index = 0): SeedObject {
  const flow = cycle(
    plan.flows.filter((entry) => entry.type === type),
    index,
  );
  return to("flow", `${flow.type}:${flow.name}`);
}

/** Routing to groups of other queues when callers wait too long; the first rule means the queue itself (genesys-api §4.1). */
export const groupRouting = (plan: Plan, otherQueue: string): SeedObject => ({
  rules: [
    {
      metric: "EstimatedWaitTime",
      operator: "GreaterThan",
      conditionValue: 60,
      groups: members(plan).slice(0, 1),
      waitSeconds: 20,
    },
    {
      queue: to("queue", otherQueue),
      metric: "ServiceLevel",
      operator: "LessThan",
      conditionValue: 0.7,
      groups: members(plan).slice(2),
      waitSeconds: 30,
    },
  ],
});

const condition = (metric: string, value: number, queue?: string): SeedObject => ({
  simpleMetric: { metric, ...(queue === undefined ? {} : { queue: to("queue", queue) }) },
  operator: "GreaterThan",
  value,
});

const groupActivation = (plan: Plan, otherQueue: string): SeedObject => ({
  pilotRule: { conditions: [condition("EstimatedWaitTime", 30)], conditionExpression: "C1" },
  rules: [
    {
      conditions: [condition("EstimatedWaitTime", 60), condition("IdleAgentCount", 2, otherQueue)],
      conditionExpression: "C1 and C2",
      groups: members(plan).slice(2),
    },
  ],
});

const rings = (plan: Plan): SeedObject => ({
  rings: [10, 20, 40].map((threshold, index) => ({
    expansionCriteria: [{ type: "TIMEOUT_SECONDS", threshold }],
    actions: { skillsToRemove: index === 0 ? [] : [to("skill", cycle(plan.skills, index))] },
    memberGroups: index === 2 ? members(plan).slice(0, 1) : [],
  })),
});

/** Every writable property that the definition gives a queue, except those that name things only Genesys can create. */
export function fullQueue(plan: Plan, otherQueue: string): SeedObject {
  const script = to("script", cycle(scriptNames(plan), 0));
  return {
    description: "Takes everything that matters; has every setting",
    mediaSettings: fullMedia(plan, flowOf(plan, "inboundcall")),
    routingRules: [
      { operator: "MEETS_THRESHOLD", threshold: 80, waitSeconds: 10 },
      { operator: "ANY", threshold: 0, waitSeconds: 20 },
    ],
    conditionalGroupRouting: groupRouting(plan, otherQueue),
    conditionalGroupActivation: groupActivation(plan, otherQueue),
    bullseye: rings(plan),
    scoringMethod: "PriorityOnly",
    lastAgentRoutingMode: "AnyAgent",
    acwSettings: { wrapupPrompt: "MANDATORY_TIMEOUT", timeoutMs: 45000 },
    skillEvaluationMethod: "BEST",
    memberGroups: members(plan),
    queueFlow: flowOf(plan, "inqueuecall"),
    emailInQueueFlow: flowOf(plan, "inqueueemail"),
    messageInQueueFlow: flowOf(plan, "inqueueshortmessage"),
    whisperPrompt: to("prompt", plan.prompts[5] ?? ""),
    onHoldPrompt: to("prompt", plan.prompts[6] ?? ""),
    autoAnswerOnly: false,
    cannedResponseLibraries: { libraryIds: [ref("response-library", "Standard Replies")], mode: "SelectedOnly" },
    enableTranscription: true,
    enableAudioMonitoring: true,
    enableManualAssignment: true,
    agentOwnedRouting: { enableAgentOwnedCallbacks: true, maxOwnedCallbackHours: 48, maxOwnedCallbackDelayHours: 72 },
    directRouting: {
      callMediaSettings: { useAgentAddressOutbound: true },
      emailMediaSettings: { useAgentAddressOutbound: false },
      messageMediaSettings: { useAgentAddressOutbound: true },
      backupQueueId: ref("queue", otherQueue),
      waitForAgent: true,
      agentWaitSeconds: 40,
    },
    callingPartyName: plan.company.slice(0, 15),
    callingPartyNumber: "+18005550100",
    defaultScripts: { CALL: script, CALLBACK: script, CHAT: script, EMAIL: script, MESSAGE: script },
    outboundMessagingAddresses: {
      smsAddress: to("message-recipient", serviceAddresses.sms),
      openMessagingRecipient: to("message-recipient", serviceAddresses.open),
      whatsAppRecipient: to("message-recipient", serviceAddresses.whatsapp),
    },
    outboundEmailAddress: { domain: to("email-domain", mailDomain(plan)), route: to("email-route", mailRoute) },
    suppressInQueueCallRecording: true,
  };
}

/** Properties that may point back to something that needs the queue first (genesys-api §7). */
export const lateQueueProperties = [
  "mediaSettings",
  "conditionalGroupRouting",
  "conditionalGroupActivation",
  "queueFlow",
  "emailInQueueFlow",
  "messageInQueueFlow",
  "directRouting",
  "outboundEmailAddress",
] as const;
