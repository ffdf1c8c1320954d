import { isObj, textOf, type Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { schema } from "./generated/integration.ts";
import { readConfiguration } from "./integration/configuration.ts";
import { createIntegration, updateIntegration } from "./integration/write.ts";

/** Brings the configuration into lists (cx-as-code §2.4). The definition does not enumerate the names, so this one is unverified. */
const EXPANDED = { expand: "config.current" } as const;

/** Integrations with their current configuration. Types have the same readable ids in every organisation (genesys-api §4.4). */
export const integration: Kind = {
  name: "integration",
  title: "Integration",
  mode: "write",
  schema,
  key: (entity) => `${typeOf(entity)}:${textOf(entity["name"])}`,
  keep: (entity) => entity["intendedState"] !== "DELETED" || "deleted",
  read: {
    lists: [{ op: "GET /api/v2/integrations", paging: "page", size: 100, query: EXPANDED }],
    keyedBy: ["name", "integrationType"],
    get: { op: "GET /api/v2/integrations/{id}", query: EXPANDED },
    parts: [{ at: "configuration", read: readConfiguration, requests: 0 }],
    normalise: (entity) => ({ ...entity, integrationType: typeOf(entity) }),
  },
  write: {
    create: createIntegration,
    update: updateIntegration,
    remove: "DELETE /api/v2/integrations/{id}",
    style: "full",
    rename: "update",
    twins: true,
    noted: "create",
  },
  permissions: {
    read: ["integrations:integration:view"],
    write: ["integrations:integration:add", "integrations:integration:edit", "integrations:integration:delete"],
  },
};

function typeOf(entity: Obj): string {
  return isObj(entity["integrationType"]) ? textOf(entity["integrationType"]["id"]) : textOf(entity["integrationType"]);
}
