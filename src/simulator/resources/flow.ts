import { demandDivision } from "../access.ts";
import { nameProblem } from "../architect/document.ts";
import { isFlowType } from "../architect/vocabulary.ts";
import { cleanObject } from "../clean.ts";
import { ApiError, badRequest, conflict } from "../errors.ts";
import { objectBody } from "../engine.ts";
import type { JsonObject } from "../json.ts";
import { idAt, objectAt, textAt } from "../json.ts";
import { byDivision, byId, byName, pageAnswer, queryValues, selected } from "../listing.ts";
import type { Call, Filter, Listing, Resource, Route } from "../resource.ts";
import { anyOf } from "../resource.ts";
import { flag, ref, required, text } from "../shape.ts";
import { addEntry, entriesOf, entryOf } from "../store.ts";
import type { Entry, Reply } from "../world.ts";
import { flowActionRoutes } from "./flow-actions.ts";
import { defaultInQueueFlow } from "./flow-default.ts";
import { flowJobRoutes, flowJobTasks } from "./flow-jobs.ts";
import { flowNamed } from "./flow-publish.ts";
import { shownConfiguration, shownFlow, shownVersion } from "./flow-show.ts";
import { flowUsers } from "./flow-users.ts";

const path = "/api/v2/flows";

const byType: Filter = (entry, values) => values.some((value) => value.toUpperCase() === entry.data.type);

const likeText =
  (name: "name" | "description"): Filter =>
  (entry, values) =>
    values.some((value) => textAt(entry.data[name]).toLowerCase().includes(value.replaceAll("*", "").toLowerCase()));

const listing: Listing = {
  paging: "page",
  maxSize: 500,
  sortable: ["id", "name", "description", "type"],
  filters: {
    id: byId,
    name: byName,
    type: byType,
    divisionId: byDivision,
    description: likeText("description"),
    publishVersionId: (entry, values) => values.includes(textAt(objectAt(entry.data.publishedVersion).id)),
    lockedByClientId: (entry, values) => values.includes(idAt(entry.data.lockedClient)),
  },
};

function flowOf(call: Call): Entry {
  const entry = entryOf(call.org, "flow", call.params.id ?? "");
  const hidden = entry?.data.deleted === true && call.query.get("deleted") !== "true";
  if (!entry || hidden) throw new ApiError(404, "architect.flow.not.found", "The flow was not found.");
  demandDivision(call, idAt(entry.data.division));
  return entry;
}

function listFlows(call: Call): Reply {
  const deleted = call.query.get("deleted") === "true";
  const entries = entriesOf(call.org, "flow").filter((entry) => deleted || entry.data.deleted !== true);
  const json = pageAnswer(selected(entries, listing, call, true), listing, call, (entry) => shownFlow(entry, call));
  return { status: 200, json };
}

function settingsOf(body: JsonObject): JsonObject {
  return cleanObject(body, { worktypeId: text, virtualAgentEnabled: flag });
}

function createFlow(call: Call): Reply {
  const body = objectBody(call);
  const [name, type] = [textAt(body.name), textAt(body.type).toUpperCase()];
  const problem = nameProblem(name);
  if (problem !== undefined) throw badRequest(problem, "architect.flow.validate.failed");
  if (!isFlowType(type)) throw badRequest("The flow type is missing", "architect.flow.validate.failed.missing.type");
  demandFreeName(call, type, name, undefined);
  const division = { id: idAt(body.division) || call.org.homeDivisionId };
  demandDivision(call, division.id);
  const description = textAt(body.description);
  const entry = addEntry(call.org, "flow", {
    ...{ name, type, description, division, active: true, system: false, deleted: false, virtualAgentEnabled: false },
    ...settingsOf(body),
    lockedClient: { id: call.clientId },
  });
  return { status: 200, json: shownFlow(entry, call) };
}

function demandFreeName(call: Call, type: string, name: string, self: string | undefined): void {
  const twin = flowNamed(call.org, type, name);
  if (!twin || twin.id === self) return;
  throw conflict(`A flow named '${name}' already exists.`, "architect.flow.already.exists", {
    entityId: twin.id,
    entityName: name,
  });
}

function changeFlow(call: Call): Reply {
  const entry = flowOf(call);
  const body = objectBody(call);
  const problem = nameProblem(textAt(body.name));
  if (problem !== undefined) throw badRequest(problem, "architect.flow.validate.failed");
  if (entry.data.system === true) {
    throw badRequest("A system flow cannot be changed", "architect.system.flow.name.or.description.error");
  }
  demandFreeName(call, textAt(entry.data.type), textAt(body.name), entry.id);
  const named = { name: textAt(body.name), description: textAt(body.description) };
  entry.data = { ...entry.data, ...named, ...settingsOf(body) };
  return { status: 200, json: shownFlow(entry, call) };
}

function deleteFlow(entry: Entry, call: Call): void {
  if (entry.data.system === true) {
    throw new ApiError(405, "architect.default.flow.cannot.delete", "A default flow cannot be deleted.");
  }
  const user = flowUsers(call, entry.id)[0];
  if (user) {
    const code = `architect.flow.cannot.delete.used.${user.place}`;
    throw conflict(`The flow is used by ${user.name}.`, code, { entityId: entry.id, entityName: user.name });
  }
  const { publishedVersion: _publishedVersion, ...data } = entry.data;
  entry.data = { ...data, deleted: true, active: false };
}

function deleteFlows(call: Call): Reply {
  for (const id of queryValues(call, "id")) deleteFlow(flowOf({ ...call, params: { id } }), call);
  return { status: 200, json: { id: "batch-delete", complete: true, actionName: "DELETE", actionStatus: "SUCCESS" } };
}

function versionOf(call: Call, flow: Entry): Entry {
  const version = entryOf(call.org, "flow-version", call.params.version ?? "", flow.id);
  if (!version) throw new ApiError(404, "architect.flow.version.missing", "The flow has no such version.");
  return version;
}

function versions(call: Call): Reply {
  const flow = flowOf(call);
  const page = { paging: "page", maxSize: 100 } as const;
  const entries = selected(entriesOf(call.org, "flow-version", flow.id), page, call, false);
  return { status: 200, json: pageAnswer(entries, page, call, (entry) => shownVersion(flow.id, entry.data)) };
}

const viewing = anyOf("architect:flow:view");

const routes: readonly Route[] = [
  { method: "GET", path, needs: viewing, handle: listFlows },
  { method: "POST", path, needs: anyOf("architect:flow:add"), handle: createFlow },
  { method: "DELETE", path, needs: anyOf("architect:flow:delete"), handle: deleteFlows },
  {
    method: "GET",
    path: `${path}/{id}`,
    needs: viewing,
    handle: (call) => ({ status: 200, json: shownFlow(flowOf(call), call) }),
  },
  { method: "PUT", path: `${path}/{id}`, needs: anyOf("architect:flow:edit"), handle: changeFlow },
  {
    method: "DELETE",
    path: `${path}/{id}`,
    needs: anyOf("architect:flow:delete"),
    handle(call) {
      deleteFlow(flowOf(call), call);
      return { status: 204 };
    },
  },
  { method: "GET", path: `${path}/{id}/versions`, needs: viewing, handle: versions },
  {
    method: "GET",
    path: `${path}/{id}/versions/{version}`,
    needs: viewing,
    handle(call) {
      const flow = flowOf(call);
      return { status: 200, json: shownVersion(flow.id, versionOf(call, flow).data) };
    },
  },
  {
    method: "GET",
    path: `${path}/{id}/versions/{version}/configuration`,
    needs: viewing,
    handle(call) {
      const flow = flowOf(call);
      return { status: 200, json: shownConfiguration(flow, versionOf(call, flow), call) };
    },
  },
  {
    method: "GET",
    path: `${path}/{id}/latestconfiguration`,
    needs: viewing,
    handle(call) {
      const flow = flowOf(call);
      const version = entriesOf(call.org, "flow-version", flow.id).at(-1);
      if (!version) throw new ApiError(404, "architect.flow.version.missing", "The flow has no version.");
      return { status: 200, json: shownConfiguration(flow, version, call) };
    },
  },
  ...flowActionRoutes,
  ...flowJobRoutes,
];

/** Flows: metadata here, content by jobs; a deleted flow stays readable with `deleted=true` (genesys-api §4.3, §8). */
export const flow: Resource = {
  kind: "flow",
  path,
  fields: { name: required(text), description: text, type: text, division: ref("division"), deleted: flag },
  needs: {},
  divided: true,
  routes,
  tasks: flowJobTasks,
  provision: defaultInQueueFlow,
};

/** Versions of a flow; the control interface shows the YAML of each one. */
export const flowVersion: Resource = {
  kind: "flow-version",
  path: `${path}/{parentId}/versions`,
  parent: "flow",
  fields: {},
  needs: {},
  dump: (entry: Entry): JsonObject => ({ yaml: textAt(entry.hidden.yaml) }),
};
