import { textOf } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { schema } from "./generated/emergency-group.ts";

/**
 * Emergency groups: which flow takes the calls of which IVRs while the group is switched on. The switch is operational state;
 * flows name the groups that they ask (genesys-api §4.3).
 */
export const emergencyGroup: Kind = {
  name: "emergency-group",
  title: "Emergency group",
  mode: "write",
  schema,
  callers: "pass",
  key: (entity) => textOf(entity["name"]),
  keep: (entity) => entity["state"] !== "deleted" || "deleted",
  read: {
    lists: [{ op: "GET /api/v2/architect/emergencygroups", paging: "page", size: 100 }],
    get: { op: "GET /api/v2/architect/emergencygroups/{id}" },
  },
  write: {
    create: "POST /api/v2/architect/emergencygroups",
    update: "PUT /api/v2/architect/emergencygroups/{id}",
    remove: "DELETE /api/v2/architect/emergencygroups/{id}",
    style: "full",
    version: "body",
    moveAs: "EMERGENCYGROUPS",
    rename: "update",
    protect: true,
  },
  permissions: {
    read: ["routing:emergencyGroup:view"],
    write: ["routing:emergencyGroup:add", "routing:emergencyGroup:edit", "routing:emergencyGroup:delete"],
  },
};
