import { byDivision, byName } from "../listing.ts";
import type { Resource } from "../resource.ts";
import { allOf } from "../resource.ts";
import { localTime, ref, required, text } from "../shape.ts";
import { domainFields } from "./domain-fields.ts";

/** Schedules: local times without a zone; a schedule that a group holds cannot be deleted (genesys-api §4.3). */
export const schedule: Resource = {
  kind: "schedule",
  path: "/api/v2/architect/schedules",
  fields: {
    ...domainFields,
    name: required(text),
    division: ref("division"),
    description: text,
    start: required(localTime),
    end: required(localTime),
    rrule: text,
  },
  deleteStatus: 200,
  needs: {
    list: allOf("routing:schedule:view"),
    view: allOf("routing:schedule:view"),
    add: allOf("routing:schedule:add"),
    edit: allOf("routing:schedule:edit"),
    remove: allOf("routing:schedule:delete"),
  },
  listing: {
    paging: "page",
    maxSize: 100,
    filters: { name: byName, divisionId: byDivision },
    sortable: ["name", "id"],
  },
  update: "PUT",
  stamps: "domain",
  staleStatus: 409,
  softDelete: true,
  listsDeleted: true,
  divided: true,
  unique: [{ by: ["name"], status: 400, code: "general.bad.request" }],
  inUse: [{ by: ["schedule-group"], status: 409, code: "general.conflict" }],
};
