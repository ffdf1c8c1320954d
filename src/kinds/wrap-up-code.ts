import { textOf } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { schema } from "./generated/wrap-up-code.ts";

/** Wrap-up codes (genesys-api §4.2). */
export const wrapUpCode: Kind = {
  name: "wrap-up-code",
  title: "Wrap-up code",
  mode: "write",
  schema,
  key: (entity) => textOf(entity["name"]),
  read: {
    lists: [{ op: "GET /api/v2/routing/wrapupcodes", paging: "page", size: 100 }],
    get: { op: "GET /api/v2/routing/wrapupcodes/{id}" },
  },
  write: {
    create: "POST /api/v2/routing/wrapupcodes",
    update: "PUT /api/v2/routing/wrapupcodes/{id}",
    remove: "DELETE /api/v2/routing/wrapupcodes/{id}",
    style: "full",
    rename: "update",
  },
  permissions: {
    read: ["routing:wrapupCode:view"],
    write: ["routing:wrapupCode:add", "routing:wrapupCode:edit", "routing:wrapupCode:delete"],
  },
};
