import { isoTime } from "../engine.ts";
import { numberAt, without } from "../json.ts";
import { byNameStart } from "../listing.ts";
import type { Resource } from "../resource.ts";
import { anyOf } from "../resource.ts";
import { anything, idOf, list, ref, required, server, set, text } from "../shape.ts";

/** Skill groups: the list has no conditions and no status, membership is computed later (genesys-api §3, §4.2). */
export const skillGroup: Resource = {
  kind: "skill-group",
  path: "/api/v2/routing/skillgroups",
  fields: {
    name: required(text),
    division: ref("division"),
    description: text,
    dateCreated: server(text),
    dateModified: server(text),
    skillConditions: required(list(anything)),
    memberDivisions: set(idOf("division", { also: "*" })),
  },
  needs: {
    list: anyOf("routing:skillGroup:view"),
    view: anyOf("routing:skillGroup:view"),
    add: anyOf("routing:skillGroup:add"),
    edit: anyOf("routing:skillGroup:edit"),
    remove: anyOf("routing:skillGroup:delete"),
  },
  listing: {
    paging: "cursor",
    maxSize: 200,
    filters: { name: byNameStart },
    omit: ["skillConditions", "status", "memberDivisions"],
  },
  update: "PATCH",
  divided: true,
  unique: [{ by: ["name"], status: 400, code: "group.name.in.use" }],
  defaults: () => ({ skillConditions: [] }),
  beforeStore(entry, call, previous) {
    const now = isoTime(call.now);
    entry.data = { ...entry.data, dateCreated: previous?.data.dateCreated ?? now, dateModified: now };
    entry.hidden = { ...entry.hidden, settlesAt: call.now + call.world.settings.jobMs };
  },
  show(shown, entry, call, place) {
    const answer = call.method === "POST" ? shown : without(shown, ["memberDivisions"]);
    const status = call.now >= numberAt(entry.hidden.settlesAt) ? "Complete" : "InProgress";
    return place === "list" ? { ...answer, memberCount: 0 } : { ...answer, memberCount: 0, status };
  },
};
