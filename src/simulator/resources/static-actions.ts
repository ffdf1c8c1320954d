import { guidFrom } from "../ids.ts";
import type { JsonObject } from "../json.ts";
import { putEntry } from "../store.ts";
import type { Org } from "../world.ts";

const text: JsonObject = { type: "string" };

function builtIn(name: string, input: readonly string[], output: readonly string[], url: string): JsonObject {
  const schema = (names: readonly string[]): JsonObject => ({
    $schema: "http://json-schema.org/draft-04/schema#",
    type: "object",
    properties: Object.fromEntries(names.map((field) => [field, text])),
  });
  return {
    name,
    contract: { input: { inputSchema: schema(input) }, output: { successSchema: schema(output) } },
    config: {
      request: { requestUrlTemplate: url, requestType: "GET", headers: {}, requestTemplate: "${input.rawRequest}" },
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
