import { textOf } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { schema } from "./generated/extension-pool.ts";

/** Extension pools: ranges of internal numbers, known by their first and last one (genesys-api §5.5). */
export const extensionPool: Kind = {
  name: "extension-pool",
  title: "Extension pool",
  mode: "write",
  schema,
  unique: [{ at: "startNumber", to: "endNumber", per: "organisation" }],
  key: (entity) => `${textOf(entity["startNumber"])}..${textOf(entity["endNumber"])}`,
  keep: (entity) => entity["state"] !== "deleted" || "deleted",
  read: {
    lists: [{ op: "GET /api/v2/telephony/providers/edges/extensionpools", paging: "page", size: 100 }],
    keyedBy: ["startNumber", "endNumber"],
    get: { op: "GET /api/v2/telephony/providers/edges/extensionpools/{id}" },
  },
  write: {
    create: "POST /api/v2/telephony/providers/edges/extensionpools",
    update: "PUT /api/v2/telephony/providers/edges/extensionpools/{id}",
    remove: "DELETE /api/v2/telephony/providers/edges/extensionpools/{id}",
    style: "full",
    version: "body",
    moveAs: "EXTENSIONPOOL",
    // A PUT takes another range (definition ExtensionPool); that it keeps the extensions in use is unverified.
    rename: "update",
  },
  permissions: {
    read: ["telephony:extensionPool:view"],
    write: ["telephony:extensionPool:add", "telephony:extensionPool:edit", "telephony:extensionPool:delete"],
  },
};
