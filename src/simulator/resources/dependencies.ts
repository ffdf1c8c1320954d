import { notFound } from "../errors.ts";
import type { Json, JsonObject } from "../json.ts";
import { listAt, objectAt, textAt } from "../json.ts";
import { pageAnswer } from "../listing.ts";
import type { Call, Resource } from "../resource.ts";
import { anyOf } from "../resource.ts";
import { entriesOf, entryOf } from "../store.ts";
import type { Entry, Reply } from "../world.ts";

const base = "/api/v2/architect/dependencytracking";
const viewing = anyOf("architect:dependencyTracking:view");

/** The names of the platform's dependency types for kinds here (architect-yaml §9). */
const types: Readonly<Partial<Record<string, string>>> = {
  queue: "QUEUE",
  skill: "ACDSKILL",
  language: "ACDLANGUAGE",
  "wrapup-code": "ACDWRAPUPCODE",
  "data-action": "DATAACTION",
  "data-table": "DATATABLE",
  prompt: "USERPROMPT",
  schedule: "SCHEDULE",
  "schedule-group": "SCHEDULEGROUP",
  "emergency-group": "EMERGENCYGROUP",
  script: "COMPOSERSCRIPT",
  "contact-list": "CONTACTLIST",
  "knowledge-base": "KNOWLEDGEBASE",
  milestone: "FLOWMILESTONE",
  outcome: "FLOWOUTCOME",
  group: "GROUP",
  user: "USER",
  "utilization-label": "UTILIZATIONLABEL",
};

function typeOf(kind: string, entry: Entry | undefined): string {
  const flowType = textAt(entry?.data.type);
  return kind === "flow"
    ? flowType === "WORKFLOW"
      ? flowType
      : `${flowType}FLOW`
    : (types[kind] ?? kind.toUpperCase());
}

function dependency(call: Call, kind: string, id: string): JsonObject {
  const entry = entryOf(call.org, kind, id);
  return { id, name: textAt(entry?.data.name), type: typeOf(kind, entry), deleted: false, updated: false };
}

function consumed(call: Call): Reply {
  const flow = entryOf(call.org, "flow", call.query.get("id") ?? "");
  if (!flow) throw notFound("The object");
  const version = entryOf(call.org, "flow-version", call.query.get("version") ?? "", flow.id);
  const uses = listAt((version ?? flow).hidden.uses).map(objectAt);
  const items = uses.map((use): Json => dependency(call, textAt(use.kind), textAt(use.id)));
  return { status: 200, json: pageAnswer(items, { paging: "page" }, call, (item) => item) };
}

function consuming(call: Call): Reply {
  const id = call.query.get("id") ?? "";
  const flows = entriesOf(call.org, "flow").filter(
    ({ data, hidden }) => data.deleted !== true && listAt(hidden.uses).some((use) => objectAt(use).id === id),
  );
  return {
    status: 200,
    json: pageAnswer(flows, { paging: "page" }, call, (flow) => dependency(call, "flow", flow.id)),
  };
}

/** Dependency tracking: what a flow version uses and which flows use an object (genesys-api §4.3). */
export const dependencies: Resource = {
  kind: "dependency",
  path: base,
  fields: {},
  needs: {},
  routes: [
    { method: "GET", path: `${base}/consumedresources`, needs: viewing, handle: consumed },
    { method: "GET", path: `${base}/consumingresources`, needs: viewing, handle: consuming },
  ],
};
