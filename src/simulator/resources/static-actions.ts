import { guidFrom } from "../ids.ts";
import type { JsonObject } from "../json.ts";
import { dropEntry, entryOf, putEntry } from "../store.ts";
import type { Org } from "../world.ts";

const text: JsonObject = { type: "string" };

/** Start of the id of the action by which an integration logs in; its integration's id follows (official provider, customAuthIdPrefix). */
const authPrefix = "customAuth_-_";

function builtIn(
  name: string,
  input: readonly string[],
  output: readonly string[],
  url: string,
  requestType = "GET",
): JsonObject {
  const schema = (names: readonly string[]): JsonObject => ({
    $schema: "http://json-schema.org/draft-04/schema#",
    type: "object",
    properties: Object.fromEntries(names.map((field) => [field, text])),
  });
  return {
    name,
    contract: { input: { inputSchema: schema(input) }, output: { successSchema: schema(output) } },
    config: {
      request: { requestUrlTemplate: url, requestType, headers: {}, requestTemplate: "${input.rawRequest}" },
      response: { translationMap: {}, translationMapDefaults: {}, successTemplate: "${rawResult}" },
    },
    secure: false,
    version: 1,
  };
}

const builtIns: readonly JsonObject[] = [
  builtIn("Get User Presence", ["userId"], ["presence"], "/api/v2/users/${input.userId}/presences/purecloud"),
  builtIn("Get Queue By Name", ["name"], ["id"], "/api/v2/routing/queues?name=${input.name}"),
];

/** The read-only actions that come with a Genesys Cloud data actions integration; their ids start with `static`. */
export function addBuiltInActions(org: Org, integrationId: string, category: string): void {
  for (const action of builtIns) {
    const id = `static_-_${guidFrom(`${integrationId}/${JSON.stringify(action.name)}`)}`;
    putEntry(org, "data-action", { id, data: { id, ...action, category, integrationId }, hidden: {} });
  }
}

/** Is it the action by which an integration logs in? Lists leave it out unless asked for it (genesys-api §4.4). */
export function isAuthAction(id: string): boolean {
  return id.startsWith(authPrefix);
}

/**
 * The login that comes with a web services integration whose credential is of the user's own OAuth: it is there from then
 * on, and version 1 is the unmodified default (genesys-api §4.4; what the default holds is not documented).
 */
export function addAuthAction(org: Org, integrationId: string, category: string): void {
  const id = authPrefix + integrationId;
  if (entryOf(org, "data-action", id)) return;
  const action = builtIn(`${category} (Auth)`, [], ["access_token"], "${credentials.loginUrl}", "POST");
  putEntry(org, "data-action", { id, data: { id, ...action, category, integrationId }, hidden: {} });
}

/** Takes the login away: it goes when the credential is of another type (official provider, on deleting the resource). */
export function dropAuthAction(org: Org, integrationId: string): void {
  dropEntry(org, "data-action", authPrefix + integrationId);
}
