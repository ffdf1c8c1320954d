import { entriesOf, dropEntry } from "../store.ts";
import { byDivision, byId, byName } from "../listing.ts";
import type { Resource } from "../resource.ts";
import { allOf } from "../resource.ts";
import { ref, required, server, text } from "../shape.ts";

/** Wrap-up codes: a PUT replaces, the division may be `*` for all (genesys-api §3, §4.2). */
export const wrapupCode: Resource = {
  kind: "wrapup-code",
  path: "/api/v2/routing/wrapupcodes",
  fields: {
    name: required(text),
    division: ref("division", { also: "*" }),
    description: text,
    dateCreated: server(text),
    dateModified: server(text),
    createdBy: server(text),
    modifiedBy: server(text),
  },
  deleteStatus: 200,
  needs: {
    list: allOf("routing:wrapupCode:view"),
    view: allOf("routing:wrapupCode:view"),
    add: allOf("routing:wrapupCode:add"),
    edit: allOf("routing:wrapupCode:edit"),
    remove: allOf("routing:wrapupCode:delete"),
  },
  listing: {
    paging: "page",
    maxSize: 100,
    filters: { id: byId, name: byName, divisionId: byDivision },
    sortable: ["name", "id"],
  },
  update: "PUT",
  stamps: "dates",
  divided: true,
  movesByUpdate: true,
  unique: [{ by: ["name"], status: 400, code: "duplicate.name" }],
  beforeDelete(entry, call) {
    for (const queue of entriesOf(call.org, "queue")) dropEntry(call.org, "queue-wrapup-code", entry.id, queue.id);
  },
};
