import { textOf } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { schema } from "./generated/language.ts";

/** ACD languages. They are created and deleted, never changed (genesys-api §4.2). */
export const language: Kind = {
  name: "language",
  title: "ACD language",
  mode: "write",
  schema,
  key: (entity) => textOf(entity["name"]),
  keep: (entity) => entity["state"] !== "deleted" || "deleted",
  read: {
    lists: [{ op: "GET /api/v2/routing/languages", paging: "page", size: 100 }],
    get: { op: "GET /api/v2/routing/languages/{id}" },
  },
  write: {
    create: "POST /api/v2/routing/languages",
    remove: "DELETE /api/v2/routing/languages/{id}",
    style: "full",
    rename: "recreate",
  },
  permissions: { read: [], write: ["routing:skill:manage"] },
};
