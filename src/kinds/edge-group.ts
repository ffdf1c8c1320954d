import { textOf } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { schema } from "./generated/edge-group.ts";
import { keepUnmanaged } from "./telephony/keep.ts";

/** Edge groups: the phone trunks of a site. Callback settings of queues refer to them (genesys-api §5.5). */
export const edgeGroup: Kind = {
  name: "edge-group",
  title: "Edge group",
  mode: "write",
  schema,
  key: (entity) => textOf(entity["name"]),
  keep: keepUnmanaged,
  read: {
    lists: [{ op: "GET /api/v2/telephony/providers/edges/edgegroups", paging: "page", size: 100 }],
    get: { op: "GET /api/v2/telephony/providers/edges/edgegroups/{id}" },
    // The definition requires the list, and a snapshot leaves out an empty one.
    denormalise: (object) => ({ phoneTrunkBases: [], ...object }),
  },
  write: {
    create: "POST /api/v2/telephony/providers/edges/edgegroups",
    update: "PUT /api/v2/telephony/providers/edges/edgegroups/{id}",
    remove: "DELETE /api/v2/telephony/providers/edges/edgegroups/{id}",
    style: "full",
    version: "body",
    rename: "update",
  },
  permissions: {
    read: ["telephony:plugin:all"],
    write: ["telephony:plugin:all"],
  },
};
