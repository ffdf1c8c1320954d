import { textOf } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { schema } from "./generated/skill-group.ts";
import { readConditions, withEmptyLists } from "./skill-group/conditions.ts";
import { readMemberDivisions, writeMemberDivisions } from "./skill-group/member-divisions.ts";

const AUDITED = { service: "Groups", entities: ["SkillGroup", "SkillGroupDefinition"] };

/** Skill groups: people with certain skills. Queues refer to them (genesys-api §3, §4.2). */
export const skillGroup: Kind = {
  name: "skill-group",
  title: "Skill group",
  mode: "write",
  schema,
  key: (entity) => textOf(entity["name"]),
  read: {
    lists: [{ op: "GET /api/v2/routing/skillgroups", paging: "cursor", size: 200 }],
    get: { op: "GET /api/v2/routing/skillgroups/{id}" },
    parts: [
      { at: "skillConditions", read: readConditions, audited: AUDITED },
      { at: "memberDivisions", read: readMemberDivisions, write: writeMemberDivisions, audited: AUDITED },
    ],
    denormalise: withEmptyLists,
  },
  write: {
    create: "POST /api/v2/routing/skillgroups",
    update: "PATCH /api/v2/routing/skillgroups/{id}",
    remove: "DELETE /api/v2/routing/skillgroups/{id}",
    style: "patch",
    moveAs: "SKILLGROUP",
    rename: "update",
  },
  permissions: {
    read: ["routing:skillGroup:view"],
    write: ["routing:skillGroup:add", "routing:skillGroup:edit", "routing:skillGroup:delete"],
  },
};
