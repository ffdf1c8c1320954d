import { textOf } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { schema } from "./generated/group.ts";

/** Groups: queues refer to them; who is in them differs between organisations. */
export const group: Kind = {
  name: "group",
  title: "Group",
  mode: "map",
  schema,
  key: (entity) => textOf(entity["name"]),
  keep: (entity) => entity["state"] !== "deleted" || "deleted",
  read: {
    lists: [{ op: "GET /api/v2/groups", paging: "page", size: 500 }],
    get: { op: "GET /api/v2/groups/{id}" },
  },
  permissions: { read: [], write: [] },
};
