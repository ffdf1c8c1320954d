import { ownOf } from "../json.ts";

/** A key whose children are names of one kind. */
interface KeyedKind {
  readonly kind: string;
  /** The key it has to stand under; without it the key also names a flow's own root. */
  readonly under?: string;
  readonly qualifier?: string;
}

/** Keys under which names are map keys (architect-yaml §4.2, §4.3, §4.7). */
const keyedKinds: Readonly<Partial<Record<string, KeyedKind>>> = {
  dataTable: { kind: "data-table" },
  botFlow: { kind: "flow", under: "callBotFlow", qualifier: "BOT" },
  digitalBotFlow: { kind: "flow", under: "callDigitalBotFlow", qualifier: "DIGITALBOT" },
  commonModule: { kind: "flow", under: "callCommonModule", qualifier: "COMMONMODULE" },
  screenPopScript: { kind: "script" },
  callbackScript: { kind: "script" },
  settingsKnowledge: { kind: "knowledge-base" },
};

/** What the children of a key are the names of, undefined for a key that says nothing about them. */
export function keyedKindOf(key: string): KeyedKind | undefined {
  return ownOf(keyedKinds, key);
}

/** Keys whose value is a bare `{ name }` (architect-yaml §4.2, §4.7). */
export const namedKeys: ReadonlySet<string> = new Set([
  ...["targetFlow", "overrideInQueueFlow", "worktype"],
  // Seen as `{ name }` in a walker of exports that others published; for milestones that is unverified.
  ...["flowOutcome", "milestone", "flowMilestone"],
]);

/** The kind that a value's key tells (architect-yaml §4.1, §4.4 to §4.8). */
const valueKinds: Readonly<Partial<Record<string, string>>> = {
  targetQueue: "queue",
  queue: "queue",
  acdSkill: "skill",
  acdSkills: "skill",
  skill: "skill",
  languageSkill: "language",
  defaultLanguageSkill: "language",
  scheduleGroup: "schedule-group",
  emergencyGroup: "emergency-group",
  schedule: "schedule",
  selectedSchedule: "schedule",
  inServiceSchedules: "schedule",
  wrapupCode: "wrapup-code",
  contactList: "contact-list",
  targetFlow: "flow",
  overrideInQueueFlow: "flow",
  worktype: "worktype",
  group: "group",
  targetGroup: "group",
  user: "user",
  targetUser: "user",
  directAgent: "user",
  preferredAgents: "user",
  agent: "user",
  flowOutcome: "outcome",
  outcome: "outcome",
  milestone: "milestone",
  flowMilestone: "milestone",
  utilizationLabel: "utilization-label",
  knowledgeBase: "knowledge-base",
  script: "script",
  prompt: "prompt",
  dataTable: "data-table",
  library: "response-library",
};

/** Keys that only wrap a value, so that the key above them tells the kind. */
const transparent: ReadonlySet<string> = new Set(["value", "initialValue", "lit", "name"]);

/** The kind of a named value from the keys above it, nearest first; `queueVariable` counts as `queue`. */
export function kindOfKeys(keys: readonly string[]): { kind: string; qualifier?: string } {
  const near = keys.filter((key) => !transparent.has(key)).at(-1) ?? "";
  const kind = ownOf(valueKinds, near) ?? ownOf(valueKinds, near.replace(/Variable$/, "")) ?? "unknown";
  if (kind !== "flow") return { kind };
  if (near === "targetFlow" && keys.includes("transferToFlowSecure")) return { kind, qualifier: "SECURECALL" };
  return { kind };
}

const findActions: Readonly<Partial<Record<string, string>>> = {
  findQueue: "queue",
  findSkill: "skill",
  findLanguageSkill: "language",
  findGroup: "group",
  findUser: "user",
  findSchedule: "schedule",
  findScheduleGroup: "schedule-group",
  findEmergencyGroup: "emergency-group",
  findUserPrompt: "prompt",
  findUtilizationLabel: "utilization-label",
};

/** The kind that an action such as `findQueue` looks for by name. */
export function kindOfFindAction(action: string): string | undefined {
  return ownOf(findActions, action);
}

const irregularTypes: Readonly<Partial<Record<string, string>>> = {
  botFlow: "BOT",
  digitalBotFlow: "DIGITALBOT",
  bot: "BOT",
};

const flowTypes: ReadonlySet<string> = new Set([
  ...["BOT", "COMMONMODULE", "DIGITALBOT", "EMAILSEND", "INBOUNDCALL", "INBOUNDCHAT", "INBOUNDEMAIL"],
  ...["INBOUNDSHORTMESSAGE", "INQUEUECALL", "INQUEUEEMAIL", "INQUEUESHORTMESSAGE", "OUTBOUNDCALL", "SECURECALL"],
  ...["SPEECH", "SURVEYINVITE", "VOICE", "VOICEMAIL", "VOICESURVEY", "WORKFLOW", "WORKITEM"],
]);

/** The API's flow type for a YAML root key, undefined when there is none (architect-yaml §2). */
export function flowTypeOf(root: string): string | undefined {
  const type = ownOf(irregularTypes, root) ?? root.toUpperCase();
  return flowTypes.has(type) ? type : undefined;
}

/** True for a flow type of the official definition. */
export function isFlowType(type: string): boolean {
  return flowTypes.has(type);
}
