import { ApiError, badRequest } from "../errors.ts";
import type { JsonObject } from "../json.ts";
import { isObject, listAt, objectAt, textAt } from "../json.ts";
import { byDivision, byId, byName } from "../listing.ts";
import type { Call, Resource } from "../resource.ts";
import { allOf, anyOf } from "../resource.ts";
import { text } from "../shape.ts";
import { dropParts, entriesOf, entryOf } from "../store.ts";
import type { Entry } from "../world.ts";
import { queueFields } from "./queue-fields.ts";

function media(alertingTimeoutSeconds: number, percentage: number, durationMs: number): JsonObject {
  return { enableAutoAnswer: false, alertingTimeoutSeconds, serviceLevel: { percentage, durationMs } };
}

/**
 * What a new queue has where the body says nothing; the exact figures are not documented. Alert tones, libraries of canned
 * responses and direct routing are absent then: the official provider would plan to remove them.
 */
const queueDefaults: JsonObject = {
  mediaSettings: {
    call: media(8, 0.8, 20_000),
    callback: {
      ...media(30, 0.8, 20_000),
      mode: "AgentFirst",
      enableAutoDialAndEnd: false,
      autoDialDelaySeconds: 300,
      autoEndDelaySeconds: 300,
    },
    chat: media(30, 0.8, 20_000),
    email: media(300, 0.8, 86_400_000),
    message: { ...media(30, 0.8, 20_000), subTypeSettings: {}, enableInactivityTimeout: false },
  },
  routingRules: [],
  bullseye: { rings: [] },
  scoringMethod: "TimestampAndPriority",
  lastAgentRoutingMode: "AnyAgent",
  acwSettings: { wrapupPrompt: "OPTIONAL" },
  skillEvaluationMethod: "ALL",
  memberGroups: [],
  autoAnswerOnly: true,
  enableTranscription: false,
  enableAudioMonitoring: false,
  enableManualAssignment: false,
  suppressInQueueCallRecording: true,
  agentOwnedRouting: { enableAgentOwnedCallbacks: false, maxOwnedCallbackHours: 168, maxOwnedCallbackDelayHours: 168 },
  defaultScripts: {},
};

const timedPrompts = ["AGENT_REQUESTED", "MANDATORY_TIMEOUT", "MANDATORY_FORCED_TIMEOUT"];

function checkGroups(draft: JsonObject): void {
  const first = objectAt(listAt(objectAt(draft.conditionalGroupRouting).rules)[0]);
  if (first.queue !== undefined) {
    throw badRequest("The first conditional group routing rule always uses the queue itself", "invalid.rule");
  }
  const activation = objectAt(draft.conditionalGroupActivation);
  // An empty pilot rule makes the service itself fail (genesys-api §4.1).
  if (isObject(activation.pilotRule) && listAt(activation.pilotRule.conditions).length === 0) {
    throw new ApiError(500, "internal.server.error", "The server encountered an unexpected condition");
  }
}

function checkRings(draft: JsonObject, call: Call, previous: Entry): void {
  const rings = listAt(objectAt(draft.bullseye).rings).length;
  const before = listAt(objectAt(previous.data.bullseye).rings).length;
  const used = entriesOf(call.org, "queue-member", previous.id).some((member) => {
    const ring = Number(member.data.ringNumber ?? 1);
    return ring > rings && ring <= before;
  });
  if (rings < before && used) throw badRequest("A ring that is removed still has members", "queue.ring.has.members");
}

function check(draft: JsonObject, call: Call, previous: Entry | undefined): void {
  const acw = objectAt(draft.acwSettings);
  if (acw.timeoutMs !== undefined && !timedPrompts.includes(textAt(acw.wrapupPrompt))) {
    throw badRequest("acwSettings.timeoutMs cannot be used with this wrapupPrompt", "invalid.value");
  }
  checkGroups(draft);
  if (!previous) return;
  if (objectAt(draft.directRouting).backupQueueId === previous.id) {
    throw badRequest("A queue cannot be its own backup queue", "invalid.value");
  }
  checkRings(draft, call, previous);
}

function cloneSource(given: JsonObject, call: Call): JsonObject {
  const sourceId = textAt(given.sourceQueueId);
  if (sourceId === "") return queueDefaults;
  const source = entryOf(call.org, "queue", sourceId);
  if (!source) throw badRequest("The source queue does not exist", "source.queue.not.found");
  const { id: _id, name: _name, ...settings } = source.data;
  return settings;
}

function withCounts(shown: JsonObject, entry: Entry, call: Call): JsonObject {
  const members = entriesOf(call.org, "queue-member", entry.id);
  const joinedMemberCount = members.filter((member) => member.data.joined === true).length;
  return { ...shown, memberCount: members.length, userMemberCount: members.length, joinedMemberCount };
}

function beforeDelete(entry: Entry, call: Call): void {
  // What makes a queue "active" is not documented; here a joined member does (genesys-api §4.1).
  const active = entriesOf(call.org, "queue-member", entry.id).some((member) => member.data.joined === true);
  if (active && call.query.get("forceDelete") !== "true") throw badRequest("The queue is active", "active.queue");
  dropParts(call.org, "queue-member", entry.id);
  dropParts(call.org, "queue-wrapup-code", entry.id);
}

/** Queues: a PUT replaces everything and erases what is omitted (genesys-api §4.1). */
export const queue: Resource = {
  kind: "queue",
  path: "/api/v2/routing/queues",
  fields: queueFields,
  createFields: { ...queueFields, sourceQueueId: text },
  deleteStatus: 200,
  needs: {
    list: anyOf("routing:queue:view"),
    view: allOf("routing:queue:view"),
    add: anyOf("routing:queue:add"),
    edit: anyOf("routing:queue:edit"),
    remove: allOf("routing:queue:delete"),
  },
  listing: {
    paging: "page",
    maxSize: 500,
    filters: {
      id: byId,
      name: byName,
      divisionId: byDivision,
      peerId: (entry, values) => values.includes(textAt(entry.data.peerId)),
      hasPeer: (entry, values) => values.includes(String(textAt(entry.data.peerId) !== "")),
      cannedResponseLibraryId: (entry, values) =>
        listAt(objectAt(entry.data.cannedResponseLibraries).libraryIds).some((id) => values.includes(textAt(id))),
    },
  },
  update: "PUT",
  stamps: "dates",
  divided: true,
  unique: [{ by: ["name"], status: 400, code: "duplicate.name" }],
  defaults: cloneSource,
  check,
  beforeStore(entry) {
    delete entry.data.sourceQueueId;
  },
  beforeDelete,
  show: withCounts,
};
