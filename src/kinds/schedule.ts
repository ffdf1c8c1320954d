import { textOf } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { schema } from "./generated/schedule.ts";

/** Schedules. Start and end are local times; the zone belongs to the schedule group (genesys-api §4.3). */
export const schedule: Kind = {
  name: "schedule",
  title: "Schedule",
  mode: "write",
  schema,
  key: (entity) => textOf(entity["name"]),
  keep: (entity) => entity["state"] !== "deleted" || "deleted",
  read: {
    lists: [{ op: "GET /api/v2/architect/schedules", paging: "page", size: 100 }],
    get: { op: "GET /api/v2/architect/schedules/{id}" },
  },
  write: {
    create: "POST /api/v2/architect/schedules",
    update: "PUT /api/v2/architect/schedules/{id}",
    remove: "DELETE /api/v2/architect/schedules/{id}",
    style: "full",
    version: "body",
    moveAs: "ROUTINGSCHEDULES",
    rename: "update",
  },
  permissions: {
    read: ["routing:schedule:view"],
    write: ["routing:schedule:add", "routing:schedule:edit", "routing:schedule:delete"],
  },
};
