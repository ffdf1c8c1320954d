import { textOf } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { schema } from "./generated/response-library.ts";

/** Libraries of canned responses: queues refer to them. The responses in them are not kept in step. */
export const responseLibrary: Kind = {
  name: "response-library",
  title: "Canned response library",
  mode: "write",
  schema,
  key: (entity) => textOf(entity["name"]),
  read: {
    lists: [{ op: "GET /api/v2/responsemanagement/libraries", paging: "page", size: 100 }],
    get: { op: "GET /api/v2/responsemanagement/libraries/{id}" },
  },
  write: {
    create: "POST /api/v2/responsemanagement/libraries",
    update: "PUT /api/v2/responsemanagement/libraries/{id}",
    remove: "DELETE /api/v2/responsemanagement/libraries/{id}",
    style: "full",
    version: "body",
    moveAs: "LIBRARY",
    rename: "update",
  },
  permissions: {
    read: ["responses:library:view"],
    write: ["responses:library:add", "responses:library:edit", "responses:library:delete"],
  },
};
