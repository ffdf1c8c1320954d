import { guidFrom } from "../ids.ts";
import type { JsonObject } from "../json.ts";
import { objectAt } from "../json.ts";
import type { AuditRecord, Org } from "../world.ts";

/** A client that logged in as itself is the user too. */
function actorOf(clientId: string, org: Org): JsonObject {
  if (clientId === "") return { user: {}, client: { id: "" }, remoteIp: [], level: "SYSTEM" };
  return {
    userHomeOrgId: org.id,
    user: { id: clientId, selfUri: `/api/v2/users/${clientId}` },
    client: { id: clientId, selfUri: `/api/v2/oauth/clients/${clientId}` },
    remoteIp: ["127.0.0.1"],
    level: "USER",
  };
}

/** The id of a message of the log. */
export function idOf({ n }: AuditRecord, org: Org): string {
  return guidFrom(`${org.id}/audit/${n}`);
}

/** A record as answers show it (definition AuditLogMessage); what public samples never have is empty here too. */
export function messageOf(record: AuditRecord, org: Org): JsonObject {
  const { service = "", entityType = "", action = "", entity, propertyChanges = [], context } = record.told;
  return {
    id: idOf(record, org),
    ...actorOf(record.clientId, org),
    serviceName: service,
    eventDate: new Date(record.at).toISOString().replace(".000Z", "Z"),
    action,
    entity: objectAt(entity),
    entityType,
    status: "SUCCESS",
    application: "",
    initiatingAction: {},
    transactionInitiator: false,
    propertyChanges,
    context: objectAt(context),
    entityChanges: [],
  };
}
