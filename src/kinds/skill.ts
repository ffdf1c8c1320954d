import { isObj, textOf } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { schema } from "./generated/skill.ts";

/** ACD skills. Only the division can change; another name is another skill (genesys-api §4.2). */
export const skill: Kind = {
  name: "skill",
  title: "Skill",
  mode: "write",
  schema,
  key: (entity) => textOf(entity["name"]),
  keep: (entity) => entity["state"] !== "deleted" || "deleted",
  read: {
    lists: [{ op: "GET /api/v2/routing/skills", paging: "page", size: 500 }],
    get: { op: "GET /api/v2/routing/skills/{id}" },
    denormalise: ({ division, ...rest }) => (isObj(division) ? { ...rest, divisionId: textOf(division["id"]) } : rest),
  },
  write: {
    create: "POST /api/v2/routing/skills",
    update: "PATCH /api/v2/routing/skills/{id}",
    remove: "DELETE /api/v2/routing/skills/{id}",
    style: "patch",
    rename: "recreate",
  },
  permissions: {
    read: ["routing:skill:view"],
    write: ["routing:skill:create", "routing:skill:update", "routing:skill:manage"],
  },
};
