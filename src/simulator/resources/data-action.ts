import { ApiError, badRequest, conflict, notFound } from "../errors.ts";
import { cleanObject, demand } from "../clean.ts";
import { filled, objectBody } from "../engine.ts";
import type { Json, JsonObject } from "../json.ts";
import { idAt, isObject, numberAt, objectAt, pick, textAt } from "../json.ts";
import { byProperty, pageAnswer, selected } from "../listing.ts";
import type { Call, Filter, Listing, Resource, Route } from "../resource.ts";
import { anyOf } from "../resource.ts";
import type { Fields } from "../shape.ts";
import { anything, flag, idOf, map, object, required, text, whole } from "../shape.ts";
import { dropEntry, entriesOf, entryOf, newId, putEntry } from "../store.ts";
import type { Entry, Reply } from "../world.ts";
import { actionFile, shownAction } from "./data-action-show.ts";
import { isAuthAction } from "./static-actions.ts";

const path = "/api/v2/integrations/actions";
const viewing = anyOf("integrations:action:view", "bridge:actions:view");
const editing = anyOf("integrations:action:edit");

const configFields: Fields = {
  timeoutSeconds: whole,
  request: object({ requestUrlTemplate: text, requestTemplate: text, requestType: text, headers: map(text) }),
  response: object({ translationMap: map(text), translationMapDefaults: map(text), successTemplate: text }),
};

const fields: Fields = {
  category: required(text),
  name: required(text),
  integrationId: required(idOf("integration")),
  config: required(object(configFields)),
  contract: required(object({ input: object({ inputSchema: anything }), output: object({ successSchema: anything }) })),
  secure: flag,
};

const likeName: Filter = (entry, values) =>
  values.some((value) => textAt(entry.data.name).toLowerCase().includes(value.toLowerCase()));

const listing: Listing = {
  paging: "page",
  maxSize: 100,
  filters: {
    category: byProperty("category"),
    name: likeName,
    ids: (entry, values) => values.includes(entry.id),
    secure: byProperty("secure"),
  },
  sortable: ["name", "category", "id"],
};

function demandSchemas(action: JsonObject): void {
  const { input, output } = objectAt(action.contract);
  for (const schema of [objectAt(input).inputSchema, objectAt(output).successSchema]) {
    if (!isObject(schema) || schema.type === undefined)
      throw badRequest("The contract has no usable schema", "invalid.schema");
  }
}

function newAction(call: Call): JsonObject {
  const body = cleanObject(objectBody(call), fields);
  demand(body, fields);
  demandSchemas(body);
  const integration = entryOf(call.org, "integration", textAt(body.integrationId));
  if (!integration || integration.data.intendedState === "DELETED") {
    throw badRequest(`The integration ${textAt(body.integrationId)} does not exist`, "resource.not.found");
  }
  const config = filled(
    {
      request: { headers: {}, requestTemplate: "${input.rawRequest}" },
      response: { translationMap: {}, translationMapDefaults: {}, successTemplate: "${rawResult}" },
    },
    objectAt(body.config),
  );
  return { ...body, config, secure: body.secure ?? false, version: 1 };
}

function needsDraft(call: Call, action: JsonObject): boolean {
  const integration = entryOf(call.org, "integration", textAt(action.integrationId));
  return idAt(integration?.data.integrationType) === "function-data-actions";
}

function createAction(call: Call): Reply {
  const action = newAction(call);
  if (needsDraft(call, action)) throw badRequest("A function action has to start as a draft", "bad.request");
  const id = `custom_-_${newId(call.org)}`;
  const entry = putEntry(call.org, "data-action", { id, data: { id, ...action }, hidden: {} });
  return { status: 200, json: shownAction(entry, call, "published") };
}

function createDraft(call: Call): Reply {
  const action = newAction(call);
  const id = `custom_-_${newId(call.org)}`;
  const draft = putEntry(call.org, "data-action-draft", { id, data: { id, ...action }, hidden: {} });
  return { status: 200, json: shownAction(draft, call, "draft") };
}

function actionOf(call: Call): Entry {
  const entry = entryOf(call.org, "data-action", call.params.id ?? "");
  if (!entry) throw notFound(`The action ${call.params.id ?? ""}`);
  return entry;
}

function draftOf(call: Call): Entry {
  const draft = entryOf(call.org, "data-action-draft", call.params.id ?? "");
  if (!draft) throw notFound(`The draft of action ${call.params.id ?? ""}`);
  return draft;
}

function demandOwn(entry: Entry): void {
  if (entry.id.startsWith("static")) throw new ApiError(405, "method.not.allowed", "A built-in action is read-only");
}

function demandCurrent(body: JsonObject, current: Json | undefined): void {
  if (typeof body.version !== "number") throw badRequest("version is required", "constraint.validation");
  if (body.version !== current) throw conflict("The action has been changed by someone else.", "general.conflict");
}

function changed(entry: Entry, body: JsonObject, names: readonly string[]): JsonObject {
  const allowed = Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));
  const given = cleanObject(body, allowed);
  const config = filled(objectAt(entry.data.config), objectAt(given.config));
  for (const [part, name] of [
    ["request", "headers"],
    ["response", "translationMap"],
    ["response", "translationMapDefaults"],
  ] as const) {
    const value = objectAt(objectAt(given.config)[part])[name];
    if (value !== undefined) config[part] = { ...objectAt(config[part]), [name]: value };
  }
  return { ...entry.data, ...given, config, version: numberAt(entry.data.version) + 1 };
}

/** A published action: name, category and configuration change; contract and `secure` do not (genesys-api §4.4). */
function changeAction(call: Call): Reply {
  const entry = actionOf(call);
  demandOwn(entry);
  const body = objectBody(call);
  demandCurrent(body, entry.data.version);
  entry.data = changed(entry, body, ["category", "name", "config"]);
  return { status: 200, json: shownAction(entry, call, "published") };
}

function startDraft(call: Call): Reply {
  const entry = actionOf(call);
  demandOwn(entry);
  if (entryOf(call.org, "data-action-draft", entry.id))
    throw conflict("The action already has a draft.", "general.conflict");
  const draft = putEntry(call.org, "data-action-draft", { id: entry.id, data: { ...entry.data }, hidden: {} });
  return { status: 200, json: shownAction(draft, call, "draft") };
}

function changeDraft(call: Call): Reply {
  const draft = draftOf(call);
  const body = objectBody(call);
  demandCurrent(body, draft.data.version);
  draft.data = changed(draft, body, ["category", "name", "config", "contract", "secure"]);
  return { status: 200, json: shownAction(draft, call, "draft") };
}

function problemsOf(draft: Entry): string[] {
  const { request } = objectAt(draft.data.config);
  const url = textAt(objectAt(request).requestUrlTemplate);
  return url === "" ? ["config.request.requestUrlTemplate is missing"] : [];
}

function validateDraft(call: Call): Reply {
  const errors = problemsOf(draftOf(call)).map((message) => ({ message, code: "bad.request", status: 400 }));
  return { status: 200, json: { valid: errors.length === 0, errors } };
}

function publishDraft(call: Call): Reply {
  const draft = draftOf(call);
  demandCurrent(objectBody(call), draft.data.version);
  demandSchemas(draft.data);
  const problems = problemsOf(draft);
  if (problems.length > 0) throw badRequest(problems.join(", "), "bad.request");
  const published = entryOf(call.org, "data-action", draft.id);
  const data = { ...draft.data, version: numberAt(published?.data.version) + 1 };
  const entry = putEntry(call.org, "data-action", { id: draft.id, data, hidden: {} });
  dropEntry(call.org, "data-action-draft", draft.id);
  return { status: 200, json: shownAction(entry, call, "published") };
}

function removed(call: Call, kind: "data-action" | "data-action-draft"): Reply {
  const entry = kind === "data-action" ? actionOf(call) : draftOf(call);
  demandOwn(entry);
  if (kind === "data-action" && isAuthAction(entry.id)) throw new ApiError(405, "method.not.allowed", "A login stays");
  dropEntry(call.org, "data-action-draft", entry.id);
  if (kind === "data-action") dropEntry(call.org, "data-action", entry.id);
  return { status: 204 };
}

function listed(call: Call, kind: "data-action" | "data-action-draft"): Reply {
  const place = kind === "data-action" ? "published" : "draft";
  const logins = call.query.get("includeAuthActions") === "true";
  const present = entriesOf(call.org, kind).filter(({ id }) => logins || !isAuthAction(id));
  const entries = selected(present, listing, call, false);
  return { status: 200, json: pageAnswer(entries, listing, call, (entry) => shownAction(entry, call, place)) };
}

function categories(call: Call): Reply {
  const names = new Set(entriesOf(call.org, "data-action").map(({ data }) => textAt(data.category)));
  const page = pageAnswer([...names].sort(), { paging: "page" }, call, (name) => ({ name }));
  return { status: 200, json: pick(page, ["entities", "pageSize", "pageNumber", "total", "pageCount"]) };
}

const one = `${path}/{id}`;

function files(base: string, find: (call: Call) => Entry): Route[] {
  return ["templates", "schemas"].map((folder) => ({
    method: "GET",
    path: `${base}/${folder}/{file}`,
    needs: viewing,
    handle: (call) => actionFile(find(call), folder, call.params.file ?? ""),
  }));
}

const routes: readonly Route[] = [
  { method: "GET", path, needs: viewing, handle: (call) => listed(call, "data-action") },
  { method: "POST", path, needs: anyOf("integrations:action:add"), handle: createAction },
  { method: "GET", path: `${path}/categories`, needs: viewing, handle: categories },
  { method: "GET", path: `${path}/drafts`, needs: viewing, handle: (call) => listed(call, "data-action-draft") },
  { method: "POST", path: `${path}/drafts`, needs: anyOf("integrations:action:add"), handle: createDraft },
  {
    method: "GET",
    path: one,
    needs: viewing,
    handle: (call) => ({ status: 200, json: shownAction(actionOf(call), call, "published") }),
  },
  { method: "PATCH", path: one, needs: editing, handle: changeAction },
  {
    method: "DELETE",
    path: one,
    needs: anyOf("integrations:action:delete"),
    handle: (call) => removed(call, "data-action"),
  },
  ...files(one, actionOf),
  {
    method: "GET",
    path: `${one}/draft`,
    needs: viewing,
    handle: (call) => ({ status: 200, json: shownAction(draftOf(call), call, "draft") }),
  },
  { method: "POST", path: `${one}/draft`, needs: editing, handle: startDraft },
  { method: "PATCH", path: `${one}/draft`, needs: editing, handle: changeDraft },
  {
    method: "DELETE",
    path: `${one}/draft`,
    needs: anyOf("integrations:action:delete"),
    handle: (call) => removed(call, "data-action-draft"),
  },
  { method: "GET", path: `${one}/draft/validation`, needs: editing, handle: validateDraft },
  { method: "POST", path: `${one}/draft/publish`, needs: editing, handle: publishDraft },
  ...files(`${one}/draft`, draftOf),
];

/** Data actions: updated in place or through a draft, depending on what changes (genesys-api §4.4). */
export const dataAction: Resource = { kind: "data-action", path, fields, needs: {}, routes };

/** Drafts of data actions, under the id of the action that they will become. */
export const dataActionDraft: Resource = { kind: "data-action-draft", path: `${path}/drafts`, fields, needs: {} };
