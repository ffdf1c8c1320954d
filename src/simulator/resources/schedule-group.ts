import { textAt } from "../json.ts";
import { byDivision, byName } from "../listing.ts";
import { referencesIn } from "../references.ts";
import type { Resource } from "../resource.ts";
import { allOf } from "../resource.ts";
import { ref, required, set, text } from "../shape.ts";
import { domainFields } from "./domain-fields.ts";

const fields = {
  ...domainFields,
  name: required(text),
  division: ref("division"),
  description: text,
  timeZone: text,
  openSchedules: set(ref("schedule")),
  closedSchedules: set(ref("schedule")),
  holidaySchedules: set(ref("schedule")),
};

/** Schedule groups: three sets of schedules in one time zone; linked ones cannot be deleted (genesys-api §4.3). */
export const scheduleGroup: Resource = {
  kind: "schedule-group",
  path: "/api/v2/architect/schedulegroups",
  fields,
  deleteStatus: 200,
  needs: {
    list: allOf("routing:scheduleGroup:view"),
    view: allOf("routing:scheduleGroup:view"),
    add: allOf("routing:scheduleGroup:add"),
    edit: allOf("routing:scheduleGroup:edit"),
    remove: allOf("routing:scheduleGroup:delete"),
  },
  listing: {
    paging: "page",
    maxSize: 100,
    filters: {
      name: byName,
      divisionId: byDivision,
      scheduleIds: (entry, values) =>
        referencesIn(entry.data, fields).some(({ kind, id }) => kind === "schedule" && values.includes(textAt(id))),
    },
    sortable: ["name", "id"],
  },
  update: "PUT",
  stamps: "domain",
  staleStatus: 409,
  softDelete: true,
  listsDeleted: true,
  divided: true,
  unique: [{ by: ["name"], status: 400, code: "general.bad.request" }],
  inUse: [{ by: ["ivr"], status: 409, code: "general.conflict" }],
  defaults: () => ({ openSchedules: [], closedSchedules: [], holidaySchedules: [] }),
};
