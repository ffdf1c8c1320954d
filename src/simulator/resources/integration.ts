import { ApiError, badRequest, notFound } from "../errors.ts";
import { objectBody } from "../engine.ts";
import type { Json, JsonObject } from "../json.ts";
import { idAt, isObject, numberAt, objectAt, pick, textAt } from "../json.ts";
import { byId, pageAnswer, queryValues, selected } from "../listing.ts";
import type { Call, Listing, Resource, Route } from "../resource.ts";
import { anyOf } from "../resource.ts";
import { map, object, ref, text, whole, anything } from "../shape.ts";
import { addEntry, entriesOf, entryOf, putEntry } from "../store.ts";
import type { Entry, Reply } from "../world.ts";
import { isSettled, settling } from "../settling.ts";
import { addAuthAction, addBuiltInActions, dropAuthAction } from "./static-actions.ts";
import { integrationTypes, shownType } from "./integration-types.ts";

const path = "/api/v2/integrations";
const viewing = anyOf("integrations:integration:view");
const states = ["ENABLED", "DISABLED", "DELETED", "RESTORED"];

const listing: Listing = {
  paging: "page",
  maxSize: 100,
  filters: {
    ids: byId,
    integrationType: (entry, values) => values.includes(idAt(entry.data.integrationType)),
  },
};

/** The state that the platform reports follows the intended one after a while (genesys-api §4.4). */
function reportedState(entry: Entry, call: Call): JsonObject {
  const wanted = entry.data.intendedState === "ENABLED";
  const settled = isSettled(entry, call);
  const code = wanted ? (settled ? "ACTIVE" : "ACTIVATING") : settled ? "INACTIVE" : "DEACTIVATING";
  return { code, effective: code.charAt(0) + code.slice(1).toLowerCase() };
}

function typeOf(entry: Entry): JsonObject {
  const kind = integrationTypes.find(({ id }) => id === idAt(entry.data.integrationType));
  return kind ? shownType(kind) : { id: idAt(entry.data.integrationType) };
}

function configOf(call: Call, integrationId: string): Entry {
  const config = entryOf(call.org, "integration-config", "current", integrationId);
  if (!config) throw notFound("The configuration");
  return config;
}

function shownCredential(call: Call, reference: Json): JsonObject {
  const found = entryOf(call.org, "credential", idAt(reference));
  const shown = pick(found?.data ?? {}, ["name", "type", "createdDate", "modifiedDate"]);
  return { id: idAt(reference), ...shown, selfUri: `${path}/credentials/${idAt(reference)}` };
}

function shownConfig(call: Call, integrationId: string): JsonObject {
  const { data } = configOf(call, integrationId);
  const slots = Object.entries(objectAt(data.credentials));
  const credentials = Object.fromEntries(slots.map(([slot, reference]) => [slot, shownCredential(call, reference)]));
  return { ...data, id: "current", credentials, selfUri: `${path}/${integrationId}/config/current` };
}

function shown(entry: Entry, call: Call): JsonObject {
  const { name = "", notes = "" } = configOf(call, entry.id).data;
  const expanded = queryValues(call, "expand").some((part) => part.startsWith("config"));
  return {
    id: entry.id,
    name,
    notes,
    integrationType: typeOf(entry),
    intendedState: entry.data.intendedState ?? "DISABLED",
    reportedState: reportedState(entry, call),
    attributes: {},
    ...(expanded ? { config: { current: shownConfig(call, entry.id) } } : {}),
    selfUri: `${path}/${entry.id}`,
  };
}

function integrationOf(call: Call): Entry {
  const entry = entryOf(call.org, "integration", call.params.id ?? call.params.parentId ?? "");
  const restoring = call.method === "PATCH";
  if (!entry || (entry.data.intendedState === "DELETED" && !restoring)) throw notFound("The integration");
  return entry;
}

function live(call: Call): Entry[] {
  return entriesOf(call.org, "integration").filter(({ data }) => data.intendedState !== "DELETED");
}

function createIntegration(call: Call): Reply {
  const body = objectBody(call);
  const typeId = idAt(body.integrationType);
  const kind = integrationTypes.find(({ id }) => id === typeId);
  if (!kind) throw badRequest(`Unknown integration type ${typeId}`, "invalid.value");
  const same = live(call).filter(({ data }) => idAt(data.integrationType) === typeId);
  if (kind.maxInstances !== undefined && same.length >= kind.maxInstances) {
    throw badRequest(`Only ${kind.maxInstances} integration of this type is allowed`, "max.integrations.reached");
  }
  const name = textAt(body.name) || kind.name;
  const entry = addEntry(call.org, "integration", { integrationType: { id: typeId }, intendedState: "DISABLED" });
  const data: JsonObject = {
    id: "current",
    name,
    version: 1,
    properties: {},
    advanced: {},
    notes: "",
    credentials: {},
  };
  putEntry(call.org, "integration-config", { id: "current", data, hidden: {} }, entry.id);
  if (typeId === "purecloud-data-actions") addBuiltInActions(call.org, entry.id, name);
  return { status: 200, json: shown(entry, call) };
}

function intend(entry: Entry, call: Call, state: string): Reply {
  const intendedState = state === "RESTORED" ? "DISABLED" : state;
  entry.data = { ...entry.data, intendedState };
  settling(entry, call);
  return { status: 200, json: shown(entry, call) };
}

function changeState(call: Call): Reply {
  const entry = integrationOf(call);
  const state = textAt(objectBody(call).intendedState);
  if (!states.includes(state)) throw badRequest("intendedState is required", "invalid.value");
  return intend(entry, call, state);
}

const configParts = ["name", "version", "properties", "advanced", "notes", "credentials"];

function changeConfig(call: Call): Reply {
  const { id, data: integration } = integrationOf(call);
  const body = objectBody(call);
  const missing = configParts.filter((name) => body[name] === undefined || body[name] === null);
  if (missing.length > 0) throw badRequest(`Missing: ${missing.join(", ")}`, "constraint.validation");
  const config = configOf(call, id);
  if (body.version !== config.data.version) {
    throw new ApiError(409, "version.conflict", "The configuration has been changed by someone else.");
  }
  const credentials = Object.entries(objectAt(body.credentials)).map(([slot, value]): [string, JsonObject] => {
    if (!entryOf(call.org, "credential", idAt(value))) {
      throw badRequest(`The credential ${idAt(value)} does not exist`, "resource.not.found", {
        params: { credential: slot },
      });
    }
    return [slot, { id: idAt(value) }];
  });
  if (!isObject(body.properties) || !isObject(body.advanced)) throw badRequest("properties and advanced are objects");
  const data: JsonObject = {
    ...pick(body, ["name", "properties", "advanced", "notes"]),
    id: "current",
    credentials: Object.fromEntries(credentials),
    version: numberAt(config.data.version) + 1,
  };
  putEntry(call.org, "integration-config", { id: "current", data, hidden: {} }, id);
  const types = Object.values(objectAt(body.credentials)).map((value) => credentialType(call, value));
  const ownLogin = idAt(integration.integrationType) === "custom-rest-actions" && types.includes("userDefinedOAuth");
  if (ownLogin) addAuthAction(call.org, id, textAt(body.name));
  else dropAuthAction(call.org, id);
  return { status: 200, json: shownConfig(call, id) };
}

function credentialType(call: Call, reference: Json): string {
  return textAt(objectAt(entryOf(call.org, "credential", idAt(reference))?.data.type).name);
}

function withCredential(call: Call): (entry: Entry) => boolean {
  const wanted = queryValues(call, "credentialId");
  return ({ id }) => {
    const used = Object.values(objectAt(configOf(call, id).data.credentials)).map(idAt);
    return wanted.length === 0 || used.some((credential) => wanted.includes(credential));
  };
}

const routes: readonly Route[] = [
  {
    method: "GET",
    path,
    needs: viewing,
    handle(call) {
      const entries = selected(live(call), listing, call, false).filter(withCredential(call));
      return { status: 200, json: pageAnswer(entries, listing, call, (entry) => shown(entry, call)) };
    },
  },
  { method: "POST", path, needs: anyOf("integrations:integration:add"), handle: createIntegration },
  {
    method: "GET",
    path: `${path}/{id}`,
    needs: viewing,
    handle: (call) => ({ status: 200, json: shown(integrationOf(call), call) }),
  },
  { method: "PATCH", path: `${path}/{id}`, needs: anyOf("integrations:integration:edit"), handle: changeState },
  {
    method: "DELETE",
    path: `${path}/{id}`,
    needs: anyOf("integrations:integration:delete"),
    handle: (call) => intend(integrationOf(call), call, "DELETED"),
  },
  {
    method: "GET",
    path: `${path}/{id}/config/current`,
    needs: viewing,
    handle: (call) => ({ status: 200, json: shownConfig(call, integrationOf(call).id) }),
  },
  {
    method: "PUT",
    path: `${path}/{id}/config/current`,
    needs: anyOf("integrations:integration:edit"),
    handle: changeConfig,
  },
  {
    method: "GET",
    path: `${path}/types`,
    needs: viewing,
    handle: (call) => ({ status: 200, json: pageAnswer(integrationTypes, { paging: "page" }, call, shownType) }),
  },
  {
    method: "GET",
    path: `${path}/types/{id}`,
    needs: viewing,
    handle(call) {
      const kind = integrationTypes.find(({ id }) => id === call.params.id);
      if (!kind) throw notFound("The integration type");
      return { status: 200, json: shownType(kind) };
    },
  },
  {
    method: "GET",
    path: `${path}/types/{id}/configschemas/{configType}`,
    needs: viewing,
    handle: (call) => ({ status: 200, json: { title: call.params.configType ?? "", type: "object", properties: {} } }),
  },
];

/** Integrations: configured apart from themselves, switched by their intended state (genesys-api §4.4). */
export const integration: Resource = { kind: "integration", path, fields: {}, needs: {}, routes };

/** The current configuration of an integration; a stale version is `version.conflict` (genesys-api §1.4). */
export const integrationConfig: Resource = {
  kind: "integration-config",
  path: `${path}/{parentId}/config`,
  parent: "integration",
  fields: {
    name: text,
    version: whole,
    properties: object({}),
    advanced: anything,
    notes: text,
    credentials: map(ref("credential")),
  },
  needs: {},
};
