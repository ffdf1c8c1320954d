import { textOf } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { schema } from "./generated/edge-group.ts";

/** Edge groups: callback settings of queues refer to them. */
export const edgeGroup: Kind = {
  name: "edge-group",
  title: "Edge group",
  mode: "map",
  schema,
  key: (entity) => textOf(entity["name"]),
  keep: (entity) => entity["state"] !== "deleted" || "deleted",
  read: {
    lists: [{ op: "GET /api/v2/telephony/providers/edges/edgegroups", paging: "page", size: 100 }],
    get: { op: "GET /api/v2/telephony/providers/edges/edgegroups/{id}" },
  },
  permissions: { read: ["telephony:plugin:all"], write: [] },
};
