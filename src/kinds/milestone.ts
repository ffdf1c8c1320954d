import { textOf } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { schema } from "./generated/milestone.ts";

/** Milestones that flows report (genesys-api §4.3). */
export const milestone: Kind = {
  name: "milestone",
  title: "Flow milestone",
  mode: "write",
  schema,
  key: (entity) => textOf(entity["name"]),
  read: {
    lists: [{ op: "GET /api/v2/flows/milestones", paging: "page", size: 100 }],
    get: { op: "GET /api/v2/flows/milestones/{id}" },
  },
  write: {
    create: "POST /api/v2/flows/milestones",
    update: "PUT /api/v2/flows/milestones/{id}",
    remove: "DELETE /api/v2/flows/milestones/{id}",
    style: "full",
    moveAs: "FLOWMILESTONE",
    rename: "update",
  },
  permissions: {
    read: ["architect:flowMilestone:view"],
    write: ["architect:flowMilestone:add", "architect:flowMilestone:edit", "architect:flowMilestone:delete"],
  },
};
