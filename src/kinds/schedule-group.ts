import { textOf } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { schema } from "./generated/schedule-group.ts";

/** Schedule groups: sets of open, closed and holiday schedules in one time zone (genesys-api §4.3). */
export const scheduleGroup: Kind = {
  name: "schedule-group",
  title: "Schedule group",
  mode: "write",
  schema,
  key: (entity) => textOf(entity["name"]),
  keep: (entity) => entity["state"] !== "deleted" || "deleted",
  read: {
    lists: [{ op: "GET /api/v2/architect/schedulegroups", paging: "page", size: 100 }],
    get: { op: "GET /api/v2/architect/schedulegroups/{id}" },
  },
  write: {
    create: "POST /api/v2/architect/schedulegroups",
    update: "PUT /api/v2/architect/schedulegroups/{id}",
    remove: "DELETE /api/v2/architect/schedulegroups/{id}",
    style: "full",
    version: "body",
    moveAs: "ROUTINGSCHEDULEGROUPS",
    rename: "update",
  },
  permissions: {
    read: ["routing:scheduleGroup:view"],
    write: ["routing:scheduleGroup:add", "routing:scheduleGroup:edit", "routing:scheduleGroup:delete"],
  },
};
