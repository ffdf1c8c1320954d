import { isObj, textOf, type Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { createCredential, updateCredential } from "./credential/write.ts";
import { schema } from "./generated/credential.ts";

/** Credentials of integrations. Their values cannot be read, so the standby gets its own from the configuration (genesys-api §6). */
export const credential: Kind = {
  name: "credential",
  title: "Credential",
  mode: "write",
  schema,
  key: (entity) => `${typeOf(entity)}:${textOf(entity["name"])}`,
  keep: (entity) => textOf(entity["name"]) !== "" || "has no name",
  read: {
    lists: [{ op: "GET /api/v2/integrations/credentials/listing", paging: "cursor", size: 200 }],
    keyedBy: ["type"],
    get: { op: "GET /api/v2/integrations/credentials/{id}" },
    normalise: (entity) => ({ ...entity, type: typeOf(entity) }),
    denormalise: ({ type, ...rest }) => ({ ...rest, type: { name: textOf(type) } }),
  },
  write: {
    create: createCredential,
    update: updateCredential,
    remove: "DELETE /api/v2/integrations/credentials/{id}",
    style: "full",
    rename: "update",
    twins: true,
    needsSecrets: () => ["/credentialFields/*"],
  },
  permissions: {
    read: ["integrations:integration:view"],
    write: ["integrations:integration:add", "integrations:integration:edit", "integrations:integration:delete"],
  },
};

function typeOf(entity: Obj): string {
  return isObj(entity["type"]) ? textOf(entity["type"]["name"]) : textOf(entity["type"]);
}
