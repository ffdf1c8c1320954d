import type { Change } from "../audit/watch.ts";
import { idOf, messageOf } from "../audit/message.ts";
import { idAt, without } from "../json.ts";
import type { JsonObject } from "../json.ts";
import type { AuditRecord, Org, World } from "../world.ts";

/** The topics of the kinds that have one of their own (genesys-api §14.1), by the simulator's names of kinds. */
const ownTopics: Readonly<Record<string, string>> = {
  flow: "v2.flows.",
  outcome: "v2.flows.outcomes.",
  prompt: "v2.architect.prompts.",
  "web-configuration": "v2.webdeployments.configurations.",
  "web-deployment": "v2.webdeployments.deployments.",
};

function send(org: Org, world: World, topicName: string, eventBody: JsonObject): void {
  for (const { org: owner, topics, sockets } of world.channels.values()) {
    if (owner !== org.name || !topics.has(topicName)) continue;
    const event = { topicName, version: "2", eventBody, metadata: { CorrelationId: `${topicName}/${world.requests}` } };
    for (const socket of sockets) socket.hear(JSON.stringify(event));
  }
}

/** What an event about a thing says: its new data, or that it is gone. */
function bodyOf({ id, before, after }: Change): JsonObject {
  return after === undefined ? { id, name: before?.name ?? "", deleted: true } : { ...after, id };
}

/** Sends the events of what was changed, to whoever is subscribed and connected. Nothing waits for those who are not. */
export function publishChanges(org: Org, world: World, changes: readonly Change[]): void {
  if (world.channels.size === 0 || world.settings.sockets === "silent") return;
  for (const change of changes) {
    const topic = Object.hasOwn(ownTopics, change.kind) ? ownTopics[change.kind] : undefined;
    if (topic !== undefined) send(org, world, `${topic}${change.id}`, bodyOf(change));
  }
}

/** Sends a message of the audit log, when it can be found there, to whoever is subscribed to what it is about. */
export function publishAudit(org: Org, world: World, record: AuditRecord): void {
  if (world.channels.size === 0 || world.settings.sockets === "silent") return;
  const message = messageOf(record, org);
  const { entity, entityType } = message as { entity: JsonObject; entityType: string };
  const body = { ...without(message, ["user", "client"]), id: idOf(record, org), userId: record.clientId };
  send(org, world, `v2.audits.entitytype.${entityType}.entityid.${idAt(entity)}`, body);
}
