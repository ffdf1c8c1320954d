import { cleanObject } from "../clean.ts";
import { ApiError, badRequest, notFound } from "../errors.ts";
import { listBody, objectBody, show } from "../engine.ts";
import type { JsonObject } from "../json.ts";
import { idAt, ownOf, textAt } from "../json.ts";
import { byId, byName, cursorAnswer, selected } from "../listing.ts";
import type { Call, Resource, Route } from "../resource.ts";
import { anyOf } from "../resource.ts";
import { demandDivision } from "../access.ts";
import { flag, required, server, text } from "../shape.ts";
import { dropEntry, entriesOf, entryOf, isDeleted, putEntry } from "../store.ts";
import type { Entry, Org, Reply } from "../world.ts";

/** The object types that can be moved between divisions, and the kinds they are here (genesys-api §4.2). */
const movableTypes: Readonly<Record<string, string>> = {
  QUEUE: "queue",
  CONTACTLIST: "contact-list",
  FLOW: "flow",
  FLOWMILESTONE: "milestone",
  FLOWOUTCOME: "outcome",
  USER: "user",
  CALLROUTE: "ivr",
  EMERGENCYGROUPS: "emergency-group",
  ROUTINGSCHEDULES: "schedule",
  ROUTINGSCHEDULEGROUPS: "schedule-group",
  DATATABLES: "data-table",
  TEAM: "team",
  EXTENSIONPOOL: "extension-pool",
  WORKTYPE: "worktype",
  SKILLGROUP: "skill-group",
  SCRIPT: "script",
  LIBRARY: "response-library",
};

function objectsIn(org: Org, divisionId: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [type, kind] of Object.entries(movableTypes)) {
    const held = entriesOf(org, kind).filter((entry) => !isDeleted(entry) && idAt(entry.data.division) === divisionId);
    if (held.length > 0) counts.set(type, held.length);
  }
  return counts;
}

function move(call: Call): Reply {
  const kind = ownOf(movableTypes, call.params.type ?? "");
  if (kind === undefined) throw badRequest(`unknown object type ${call.params.type ?? ""}`, "invalid.value");
  const division = entryOf(call.org, "division", call.params.id ?? "");
  if (!division) throw notFound("The division");
  demandDivision(call, division.id);
  const entries = listBody(call).map((id) => {
    const entry = entryOf(call.org, kind, textAt(id));
    if (!entry || isDeleted(entry)) throw notFound(`The ${kind} ${textAt(id)}`);
    return entry;
  });
  for (const entry of entries) entry.data = { ...entry.data, division: { id: division.id } };
  return { status: 204 };
}

function deletedDivisions(call: Call): Reply {
  const entities = entriesOf(call.org, "division-deleted").map((entry) => show(division, entry, call));
  return { status: 200, json: { entities, pageSize: 25, pageNumber: 1, total: entities.length, pageCount: 1 } };
}

function restore(call: Call): Reply {
  const entry = entryOf(call.org, "division-deleted", call.params.id ?? "");
  if (!entry) throw notFound("The deleted division");
  dropEntry(call.org, "division-deleted", entry.id);
  const body = cleanObject(objectBody(call), division.fields);
  putEntry(call.org, "division", { ...entry, data: { ...entry.data, ...body } });
  return { status: 200, json: show(division, entryOf(call.org, "division", entry.id) ?? entry, call) };
}

function home(call: Call): Reply {
  const entry = entryOf(call.org, "division", call.org.homeDivisionId);
  if (!entry) throw notFound("The home division");
  return { status: 200, json: show(division, entry, call) };
}

const routes: readonly Route[] = [
  { method: "GET", path: "/api/v2/authorization/divisions/home", needs: anyOf(), handle: home },
  {
    method: "GET",
    path: "/api/v2/authorization/divisions/limit",
    needs: anyOf(),
    handle: () => ({ status: 200, json: 50 }),
  },
  {
    method: "GET",
    path: "/api/v2/authorization/divisions/query",
    needs: anyOf(),
    handle(call) {
      const listing = { paging: "cursor", maxSize: 200, filters: { id: byId, name: byName } } as const;
      const entries = selected(entriesOf(call.org, "division"), listing, call, false);
      return { status: 200, json: cursorAnswer(entries, listing, call, (entry) => show(division, entry, call)) };
    },
  },
  {
    method: "GET",
    path: "/api/v2/authorization/divisions/deleted",
    needs: anyOf("authorization:divisionDeleted:view"),
    handle: deletedDivisions,
  },
  {
    method: "POST",
    path: "/api/v2/authorization/divisions/{id}/restore",
    needs: anyOf("authorization:division:add"),
    handle: restore,
  },
  { method: "POST", path: "/api/v2/authorization/divisions/{id}/objects/{type}", needs: anyOf(), handle: move },
];

function refuseDelete(entry: Entry, call: Call): void {
  if (entry.data.homeDivision === true) throw badRequest("The home division cannot be deleted", "precondition.failure");
  const held = objectsIn(call.org, entry.id);
  if (held.size > 0 && call.query.get("force") !== "true") {
    throw new ApiError(400, "precondition.failure", `The division still has objects: ${[...held.keys()].join(", ")}`, {
      entityId: entry.id,
      entityName: textAt(entry.data.name),
    });
  }
  putEntry(call.org, "division-deleted", entry);
}

function withCounts(shown: JsonObject, entry: Entry, call: Call): JsonObject {
  if (call.query.get("objectCount") !== "true") return shown;
  return { ...shown, objectCounts: Object.fromEntries(objectsIn(call.org, entry.id)) };
}

/** Divisions: genesys-api §3, §4.2; a Home division exists from the start and cannot be deleted. */
export const division: Resource = {
  kind: "division",
  path: "/api/v2/authorization/divisions",
  fields: { name: required(text), description: text, homeDivision: server(flag) },
  needs: {
    list: anyOf(),
    view: anyOf(),
    add: { all: ["authorization:division:add", "authorization:grant:add"] },
    edit: anyOf("authorization:division:edit"),
    remove: anyOf("authorization:division:delete"),
  },
  listing: { paging: "page", maxSize: 100, filters: { id: byId, name: byName }, sortable: ["name", "id"] },
  update: "PUT",
  unique: [{ by: ["name"], status: 409, code: "resource.already.exists" }],
  defaults: () => ({ description: "" }),
  beforeStore(entry) {
    entry.data = { homeDivision: false, ...entry.data };
  },
  beforeDelete: refuseDelete,
  show: withCounts,
  provision({ org, homeName }) {
    const data = { id: org.homeDivisionId, name: homeName, description: "The default division", homeDivision: true };
    putEntry(org, "division", { id: org.homeDivisionId, data, hidden: {} });
  },
  routes,
};
