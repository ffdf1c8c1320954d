import { badRequest } from "../errors.ts";
import { bodyOf, isoTime, show, wanted } from "../engine.ts";
import { objectAt, textAt } from "../json.ts";
import { byId, byNameStart } from "../listing.ts";
import type { Resource } from "../resource.ts";
import { anyOf } from "../resource.ts";
import { required, server, text } from "../shape.ts";
import { entryOf } from "../store.ts";

/** Routing skills: no rename, a PATCH only moves them to another division, deletion is soft (genesys-api §1.5, §4.2). */
export const skill: Resource = {
  kind: "skill",
  path: "/api/v2/routing/skills",
  fields: { name: required(text), dateModified: server(text), state: server(text), version: server(text) },
  deleteStatus: 200,
  needs: {
    list: anyOf("routing:skill:view"),
    view: anyOf("routing:skill:view"),
    add: anyOf("routing:skill:manage", "routing:skill:create"),
    remove: anyOf("routing:skill:manage", "routing:skill:delete"),
  },
  listing: { paging: "page", maxSize: 500, filters: { id: byId, name: byNameStart } },
  softDelete: true,
  listsDeleted: true,
  unique: [{ by: ["name"], status: 409, code: "general.conflict" }],
  beforeStore(entry, call) {
    entry.data = { ...entry.data, state: "active", dateModified: isoTime(call.now), version: "1" };
  },
  routes: [
    {
      method: "PATCH",
      path: "/api/v2/routing/skills/{id}",
      needs: anyOf("routing:skill:update"),
      handle(call) {
        const entry = wanted(skill, call);
        const divisionId = textAt(objectAt(bodyOf(call)).divisionId);
        if (!entryOf(call.org, "division", divisionId))
          throw badRequest("The division does not exist", "invalid.value");
        entry.hidden = { ...entry.hidden, divisionId };
        return { status: 200, json: show(skill, entry, call) };
      },
    },
  ],
};
