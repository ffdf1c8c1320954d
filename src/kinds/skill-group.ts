import { textOf } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { schema } from "./generated/skill-group.ts";

/** Skill groups: queues refer to them. */
export const skillGroup: Kind = {
  name: "skill-group",
  title: "Skill group",
  mode: "map",
  schema,
  key: (entity) => textOf(entity["name"]),
  read: {
    lists: [{ op: "GET /api/v2/routing/skillgroups", paging: "cursor", size: 100 }],
    get: { op: "GET /api/v2/routing/skillgroups/{id}" },
  },
  permissions: { read: ["routing:skillGroup:view"], write: [] },
};
