import { badRequest, conflict } from "../errors.ts";
import type { JsonObject } from "../json.ts";
import { idAt, listAt, textAt } from "../json.ts";
import { byName } from "../listing.ts";
import type { Call, Filter, Resource } from "../resource.ts";
import { allOf } from "../resource.ts";
import { ref, required, set, text } from "../shape.ts";
import { entriesOf, isDeleted } from "../store.ts";
import type { Entry } from "../world.ts";
import { domainFields } from "./domain-fields.ts";
import { poolOf } from "./numbers.ts";
import { publishedFlow } from "./published-flow.ts";

const callFlow = publishedFlow("INBOUNDCALL", "general.bad.request");

function checkNumbers(draft: JsonObject, call: Call, previous: Entry | undefined): void {
  const numbers = listAt(draft.dnis).map(textAt);
  const others = entriesOf(call.org, "ivr").filter((ivr) => ivr.id !== previous?.id && !isDeleted(ivr));
  for (const number of numbers) {
    if (!poolOf(call.org, number)) {
      throw badRequest("Field 'didPoolId' is required and cannot be empty", "general.bad.request", {
        params: { dnis: number },
      });
    }
    const holder = others.find((ivr) => listAt(ivr.data.dnis).includes(number));
    if (!holder) continue;
    throw conflict(`The number ${number} is assigned to ${textAt(holder.data.name)}`, "general.conflict", {
      entityId: holder.id,
      entityName: textAt(holder.data.name),
    });
  }
  if (new Set(numbers).size < numbers.length) throw badRequest("dnis has a number twice", "general.bad.request");
}

function check(draft: JsonObject, call: Call, previous: Entry | undefined): void {
  const complete = draft.openHoursFlow !== undefined && draft.closedHoursFlow !== undefined;
  if (draft.scheduleGroup !== undefined && !complete) {
    throw badRequest("A schedule group needs an open and a closed hours flow", "general.bad.request");
  }
  checkNumbers(draft, call, previous);
}

const byNumber: Filter = (entry, values) => listAt(entry.data.dnis).some((number) => values.includes(textAt(number)));

/** Call routes: their numbers are in a DID pool of the org and belong to one IVR only (genesys-api §4.3). */
export const ivr: Resource = {
  kind: "ivr",
  path: "/api/v2/architect/ivrs",
  fields: {
    ...domainFields,
    name: required(text),
    division: ref("division"),
    description: text,
    dnis: set(text),
    openHoursFlow: callFlow,
    closedHoursFlow: callFlow,
    holidayHoursFlow: callFlow,
    scheduleGroup: ref("schedule-group"),
  },
  deleteStatus: 200,
  needs: {
    list: allOf("routing:callRoute:view"),
    view: allOf("routing:callRoute:view"),
    add: allOf("routing:callRoute:add"),
    edit: allOf("routing:callRoute:edit"),
    remove: allOf("routing:callRoute:delete"),
  },
  listing: {
    paging: "page",
    maxSize: 100,
    filters: {
      name: byName,
      dnis: byNumber,
      scheduleGroup: (entry, values) => values.includes(idAt(entry.data.scheduleGroup)),
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
  inUse: [{ by: ["emergency-group"], status: 409, code: "general.conflict" }],
  defaults: () => ({ dnis: [] }),
  check,
};
