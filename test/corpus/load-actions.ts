import { createIntegration } from "./create-objects.ts";
import { corpusFiles } from "./flow-files.ts";
import type { Refused } from "./load-flows.ts";
import { accepted, type Send } from "./place.ts";

/** What a file of a data action holds: an export, or the body of a request. */
interface ActionFile {
  readonly name: string;
  readonly category?: string;
  readonly integrationType?: string;
  readonly actionType?: string;
  readonly config: ActionConfig;
  readonly contract: object;
  readonly secure?: boolean;
}

interface ActionConfig {
  readonly request: { readonly requestTemplate?: string };
  readonly response: { readonly successTemplate?: string };
}

/** A data action that was created, and the texts that its file gave. */
export interface LoadedAction {
  readonly file: string;
  readonly id: string;
  readonly templates: readonly [request: string | undefined, success: string | undefined];
}

/** What became of the files. */
export interface LoadedActions {
  readonly loaded: readonly LoadedAction[];
  readonly refused: readonly Refused[];
  /** Names of the credentials that logins needed. */
  readonly credentials: readonly string[];
}

/** The field that those credentials have, and its value in the primary: must not turn up anywhere. */
export const SECRET = { field: "client_secret", primary: "canary-of-the-primary", standby: "canary-of-the-standby" };

/** Creates the data actions of the corpus: each repository has an integration of each type, each login one of its own. */
export async function loadActions(send: Send): Promise<LoadedActions> {
  const integrations = new Map<string, string>();
  const credentials: string[] = [];
  const loaded: LoadedAction[] = [];
  const refused: Refused[] = [];
  const owner = async (name: string, type: string): Promise<string> => {
    const id = integrations.get(name) ?? (await createIntegration(send, type, name));
    integrations.set(name, id);
    return id;
  };
  for (const { file, text } of corpusFiles("data-actions", ".json")) {
    const action = JSON.parse(text) as ActionFile;
    const { integrationType: type = "custom-rest-actions", config } = action;
    const repository = file.split("/")[0] ?? "";
    const templates = [config.request.requestTemplate, config.response.successTemplate] as const;
    let answer;
    if (action.actionType === "customAuth") {
      const name = `${repository} ${action.name}`;
      const id = await owner(name, type);
      credentials.push(name);
      answer = await changeLogin(send, id, name, action);
    } else {
      const integrationId = await owner(`${repository} ${type}`, type);
      const { name, category = `${repository} ${type}`, contract, secure = false } = action;
      const body = { name, category, integrationId, config, contract, secure };
      answer = await send("POST", "/api/v2/integrations/actions", body);
    }
    if (answer.status < 300) loaded.push({ file, id: answer.body.id, templates });
    else refused.push({ file, reasons: [answer.text] });
  }
  return { loaded, refused, credentials };
}

/** A login comes with a credential of the user's own OAuth, and is changed then. */
async function changeLogin(send: Send, integrationId: string, name: string, action: ActionFile): ReturnType<Send> {
  const credentialFields = { [SECRET.field]: SECRET.primary };
  const body = { name, type: { name: "userDefinedOAuth" }, credentialFields };
  const credential = await accepted(send("POST", "/api/v2/integrations/credentials", body), `credential of ${name}`);
  const credentials = { basicAuth: { id: credential.id } };
  const configuration = { name, version: 1, properties: {}, advanced: {}, notes: "", credentials };
  await accepted(send("PUT", `/api/v2/integrations/${integrationId}/config/current`, configuration), name);
  const id = `customAuth_-_${integrationId}`;
  const change = { name: action.name, category: name, version: 1, config: action.config };
  return send("PATCH", `/api/v2/integrations/actions/${id}`, change);
}

/** A data action without what belongs to one organisation; its templates as text. */
export interface PlainAction {
  readonly key: string;
  readonly action: unknown;
  readonly templates: readonly string[];
}

/** Every data action that was not there from the start, read over HTTP. */
export async function readActions(send: Send): Promise<PlainAction[]> {
  const names = new Map<string, string>();
  for (const integration of await readAll(send, "/api/v2/integrations?")) {
    names.set(integration.id, String(integration["name"]));
  }
  const found: PlainAction[] = [];
  for (const { id, version } of await readAll(send, "/api/v2/integrations/actions?includeAuthActions=true&")) {
    const isLogin = id.startsWith("customAuth_-_");
    if (id.startsWith("static") || (isLogin && version === 1)) continue;
    const base = `/api/v2/integrations/actions/${id}`;
    const { body } = await send("GET", `${base}?expand=contract&includeConfig=true`);
    const { name, category, secure, config, contract } = body;
    const template = async (file: string): Promise<string> => (await send("GET", `${base}/templates/${file}`)).text;
    found.push({
      key: [names.get(String(body["integrationId"])), category, name].join(" / "),
      action: {
        secure,
        config: withoutAddresses(config),
        ...(isLogin ? {} : { contract: withoutAddresses(contract) }),
      },
      templates: [await template("requesttemplate.vm"), await template("successtemplate.vm")],
    });
  }
  return found.sort((a, b) => (a.key < b.key ? -1 : 1));
}

async function readAll(send: Send, path: string): Promise<{ id: string; [name: string]: unknown }[]> {
  const found: { id: string }[] = [];
  for (let page = 1; ; page += 1) {
    const { body } = await send("GET", `${path}pageSize=100&pageNumber=${String(page)}`);
    found.push(...body.entities);
    if (body.entities.length < 100) return found;
  }
}

/** Addresses hold the id, which is another one in every organisation. */
function withoutAddresses(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (name, item: unknown) => (name.endsWith("Uri") ? undefined : item));
}
