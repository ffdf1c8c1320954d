import { textOf } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { schema } from "./generated/team.ts";

/** Teams: queues refer to them. */
export const team: Kind = {
  name: "team",
  title: "Team",
  mode: "map",
  schema,
  key: (entity) => textOf(entity["name"]),
  read: {
    lists: [{ op: "GET /api/v2/teams", paging: "cursor", size: 100 }],
    get: { op: "GET /api/v2/teams/{id}" },
  },
  permissions: { read: ["groups:team:view"], write: [] },
};
