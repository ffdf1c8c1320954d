import { notFound } from "../errors.ts";
import type { JsonObject } from "../json.ts";
import { objectAt, textAt } from "../json.ts";
import { queryValues } from "../listing.ts";
import type { Call } from "../resource.ts";
import type { Entry, Reply } from "../world.ts";

const base = "/api/v2/integrations/actions";

/** The configuration with the addresses of its templates in the place of their text (genesys-api §4.4). */
function shownConfig(config: JsonObject, address: string): JsonObject {
  const { requestTemplate: _requestTemplate, ...request } = objectAt(config.request);
  const { successTemplate: _successTemplate, ...response } = objectAt(config.response);
  return {
    ...config,
    request: { ...request, requestTemplateUri: `${address}/templates/requesttemplate.vm` },
    response: { ...response, successTemplateUri: `${address}/templates/successtemplate.vm` },
  };
}

function shownContract(contract: JsonObject, address: string): JsonObject {
  return {
    input: { ...objectAt(contract.input), inputSchemaUri: `${address}/schemas/inputschema.json` },
    output: { ...objectAt(contract.output), successSchemaUri: `${address}/schemas/successschema.json` },
  };
}

/** An action as answers show it: contract and configuration only when asked for (genesys-api §3). */
export function shownAction(entry: Entry, call: Call, place: "published" | "draft"): JsonObject {
  const address = `${base}/${entry.id}${place === "draft" ? "/draft" : ""}`;
  const { config, contract, ...shown } = entry.data;
  const writing = call.method !== "GET";
  const answer: JsonObject = { ...shown, selfUri: address };
  if (writing || call.query.get("includeConfig") === "true") answer.config = shownConfig(objectAt(config), address);
  if (writing || queryValues(call, "expand").includes("contract")) {
    answer.contract = shownContract(objectAt(contract), address);
  }
  return answer;
}

/** A template as raw text or a schema as JSON. */
export function actionFile(entry: Entry, folder: string, file: string): Reply {
  const { request, response } = objectAt(entry.data.config);
  const { input, output } = objectAt(entry.data.contract);
  const name = `${folder}/${file}`.toLowerCase();
  const velocity = (body: string): Reply => ({ status: 200, raw: { type: "text/plain;charset=UTF-8", body } });
  if (name === "templates/requesttemplate.vm") return velocity(textAt(objectAt(request).requestTemplate));
  if (name === "templates/successtemplate.vm") return velocity(textAt(objectAt(response).successTemplate));
  if (name === "schemas/inputschema.json") return { status: 200, json: objectAt(objectAt(input).inputSchema) };
  if (name === "schemas/successschema.json") return { status: 200, json: objectAt(objectAt(output).successSchema) };
  throw notFound(`The file ${name}`);
}
