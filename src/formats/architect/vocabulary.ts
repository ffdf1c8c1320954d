/** Endings of YAML keys and of variable types that tell the kind of the object named below; the first that fits counts. */
const ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/(languageskill|acdlanguage)s?$/, "language"],
  [/skills?$/, "skill"],
  [/queues?$/, "queue"],
  [/emergencygroups?$/, "emergency-group"],
  [/schedulegroups?$/, "schedule-group"],
  [/schedules?$/, "schedule"],
  [/utilizationlabels?$/, "utilization-label"],
  [/wrapupcodes?$/, "wrap-up-code"],
  [/milestones?$/, "milestone"],
  [/outcomes?$/, "outcome"],
  [/contactlists?$/, "contact-list"],
  [/datatables?$/, "data-table"],
  [/knowledgebases?$/, "knowledge-base"],
  [/worktypes?$/, "worktype"],
  [/scripts?$/, "script"],
  [/librar(y|ies)$/, "response-library"],
  [/groups?$/, "group"],
  [/(users?|agents?)$/, "user"],
  [/(prompts?|holdmusic)$/, "prompt"],
  [/(flows?|commonmodules?)$/, "flow"],
];

/**
 * The kind of object that a key announces (`targetQueue`, `queueVariable`, `QUEUE_ID`), or undefined. The list is
 * architect-yaml §4 plus the forms it expects by analogy (§4.8).
 */
export function kindOfKey(key: string): string | undefined {
  const plain = key
    .toLowerCase()
    .replaceAll("_", "")
    .replace(/(collection)?variable$/, "")
    .replace(/ids?$/, "");
  return ENDINGS.find(([ending]) => ending.test(plain))?.[1];
}

/** Kinds that a Find function, or the action of the same name, looks up (architect-yaml §7, §4.8). */
const FINDS: ReadonlyMap<string, string> = new Map([
  ["findqueue", "queue"],
  ["findskill", "skill"],
  ["findlanguageskill", "language"],
  ["findgroup", "group"],
  ["finduser", "user"],
  ["findschedule", "schedule"],
  ["findschedulegroup", "schedule-group"],
  ["findemergencygroup", "emergency-group"],
  ["finduserprompt", "prompt"],
  ["findutilizationlabel", "utilization-label"],
]);

/** What `findQueue`, `FindQueueById`, `findUsersById` … look up; undefined for other functions, such as `FindString`. */
export function kindFound(finder: string): { kind: string; byId: boolean } | undefined {
  const lower = finder.toLowerCase();
  const base = lower.replace(/s?byids?$/, "");
  const kind = FINDS.get(base);
  return kind === undefined ? undefined : { kind, byId: base !== lower };
}

/** Maps whose keys are names (architect-yaml §4): key of the map → kind, and the type where it is a flow. */
const NAMING_MAPS: ReadonlyMap<string, { kind: string; type?: string }> = new Map([
  ["botFlow", { kind: "flow", type: "bot" }],
  ["digitalBotFlow", { kind: "flow", type: "digitalbot" }],
  ["commonModule", { kind: "flow", type: "commonmodule" }],
  ["dataTable", { kind: "data-table" }],
  ["screenPopScript", { kind: "script" }],
  ["callbackScript", { kind: "script" }],
  ["settingsKnowledge", { kind: "knowledge-base" }],
  ["textToSpeech", { kind: "tts-engine" }],
]);

/** What the keys of the map under `key` name, if they are names at all. */
export function namedByKeys(key: string): { kind: string; type?: string } | undefined {
  return NAMING_MAPS.get(key);
}

/** Keys that stand in a naming map without being a name (architect-yaml §4.6, §6). */
export const NOT_NAMES: ReadonlySet<string> = new Set(["none", "noValue", "lit", "exp", "var", "defaultEngine"]);

/** Type of the flow that a transfer leads to, by the type of the flow it starts in. Beyond calls, by analogy. */
const TRANSFER_TARGET: ReadonlyMap<string, string> = new Map([
  ["inboundcall", "inboundcall"],
  ["outboundcall", "inboundcall"],
  ["inqueuecall", "inboundcall"],
  ["securecall", "inboundcall"],
  ["inboundchat", "inboundchat"],
  ["inboundemail", "inboundemail"],
  ["inqueueemail", "inboundemail"],
  ["inboundshortmessage", "inboundshortmessage"],
  ["inqueueshortmessage", "inboundshortmessage"],
]);

const IN_QUEUE: ReadonlyMap<string, string> = new Map([
  ["inboundcall", "inqueuecall"],
  ["outboundcall", "inqueuecall"],
  ["securecall", "inqueuecall"],
  ["inqueuecall", "inqueuecall"],
  ["inboundemail", "inqueueemail"],
  ["inqueueemail", "inqueueemail"],
  ["inboundshortmessage", "inqueueshortmessage"],
  ["inqueueshortmessage", "inqueueshortmessage"],
]);

/**
 * The type of a flow that is named as a value, as far as the place tells (architect-yaml §4.2).
 * @param key the key the name stands under, such as `targetFlow`
 * @param action the action around it
 * @param caller API type of the flow that holds the reference
 */
export function targetFlowType(key: string, action: string, caller: string): string | undefined {
  if (/secure$/i.test(action)) return "securecall";
  if (/inqueueflow$/i.test(key)) return IN_QUEUE.get(caller);
  return /^targetflow$/i.test(key) ? TRANSFER_TARGET.get(caller) : undefined;
}
