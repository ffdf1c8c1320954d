import { expect, it } from "vitest";
import type { Body, Send } from "./lab.ts";
import { created, lab } from "./lab.ts";

const path = "/api/v2/integrations";
const actions = `${path}/actions`;

const schema = (property: string): object => ({
  $schema: "http://json-schema.org/draft-04/schema#",
  id: `urn:${property}`,
  title: "Shape",
  description: "What is passed",
  type: "object",
  required: [property],
  properties: { [property]: { type: "string" } },
  additionalProperties: true,
});

const content = {
  contract: { input: { inputSchema: schema("number") }, output: { successSchema: schema("name") } },
  config: {
    timeoutSeconds: 10,
    request: {
      requestUrlTemplate: "https://crm.example.com/${input.number}",
      requestType: "POST",
      requestTemplate: "${input.rawRequest}",
      headers: { "X-Key": "1" },
    },
    response: {
      translationMap: { name: "$.name" },
      translationMapDefaults: { name: '""' },
      successTemplate: '{"name": ${name}}',
    },
  },
};

async function draftOf(admin: Send): Promise<{ draft: Body; integrationId: string }> {
  const integrationId = await created(admin, path, { name: "CRM", integrationType: { id: "custom-rest-actions" } });
  const body = { name: "Find", category: "CRM", integrationId, secure: true, ...content };
  const answer = await admin("POST", `${actions}/drafts`, body);
  if (answer.status !== 200) throw new Error(answer.text);
  return { draft: answer.body, integrationId };
}

it("a draft is listed, read with its contract, published and deleted (genesys-api §4.4)", async () => {
  const admin = await lab().login("standby", "admin");
  const { draft } = await draftOf(admin);
  const one = `${actions}/${draft.id}/draft`;
  const listed = (await admin("GET", `${actions}/drafts?includeConfig=true`)).body.entities;
  expect(listed).toMatchObject([{ id: draft.id, name: "Find", config: { timeoutSeconds: 10 } }]);
  const read = (await admin("GET", `${one}?expand=contract&includeConfig=true`)).body;
  expect(read).toMatchObject({ name: "Find", category: "CRM", secure: true, contract: content.contract });
  expect((await admin("DELETE", one)).status).toBe(204);
  expect((await admin("GET", one)).status).toBe(404);
});

it("templates and schemas of an action and of its draft stand at addresses of their own (genesys-api §4.4)", async () => {
  const admin = await lab().login("standby", "admin");
  const { draft } = await draftOf(admin);
  const ofDraft = (folder: string, file: string) => admin("GET", `${actions}/${draft.id}/draft/${folder}/${file}`);
  expect((await ofDraft("templates", "successtemplate.vm")).text).toBe(content.config.response.successTemplate);
  expect((await ofDraft("schemas", "inputschema.json")).body).toMatchObject(content.contract.input.inputSchema);
  await admin("POST", `${actions}/${draft.id}/draft/publish`, { version: draft["version"] });
  const published = (folder: string, file: string) => admin("GET", `${actions}/${draft.id}/${folder}/${file}`);
  expect((await published("templates", "requesttemplate.vm")).text).toBe(content.config.request.requestTemplate);
  const whole = (await admin("GET", `${actions}/${draft.id}?expand=contract&includeConfig=true`)).body;
  expect(whole["contract"]).toMatchObject(content.contract);
  expect((await published("schemas", "successschema.json")).body).toMatchObject(content.contract.output.successSchema);
});

it("an action is found by its category and deleted; an integration goes with a last look (genesys-api §4.4)", async () => {
  const admin = await lab().login("standby", "admin");
  const { draft, integrationId } = await draftOf(admin);
  await admin("POST", `${actions}/${draft.id}/draft/publish`, { version: draft["version"] });
  const categories = (await admin("GET", `${actions}/categories`)).body.entities;
  expect(categories).toContainEqual({ name: "CRM" });
  expect((await admin("DELETE", `${actions}/${draft.id}`)).status).toBe(204);
  expect((await admin("GET", `${actions}/${draft.id}`)).status).toBe(404);
  expect((await admin("DELETE", `${path}/${integrationId}`)).body).toMatchObject({ intendedState: "DELETED" });
  expect((await admin("GET", path)).body.entities.map(({ id }) => id)).not.toContain(integrationId);
});

it("types say how an integration is configured (genesys-api §4.4)", async () => {
  const admin = await lab().login("standby", "admin");
  const id = "custom-rest-actions";
  const types = (await admin("GET", `${path}/types?pageSize=100`)).body.entities;
  expect(types.map((type) => type.id)).toContain(id);
  expect((await admin("GET", `${path}/types/${id}`)).body).toMatchObject({ id });
  const shape = (await admin("GET", `${path}/types/${id}/configschemas/properties`)).body;
  expect(shape).toMatchObject({ type: "object" });
});

it("credentials are listed without values, replaced and deleted (genesys-api §4.4, §6)", async () => {
  const admin = await lab().login("standby", "admin");
  const body = { name: "Login", type: { name: "basicAuth" }, credentialFields: { userName: "anna", password: "old" } };
  const id = await created(admin, `${path}/credentials`, body);
  const listed = await admin("GET", `${path}/credentials`);
  expect(listed.body.entities).toMatchObject([{ id, name: "Login", type: { name: "basicAuth" } }]);
  const changed = { ...body, id, name: "Account", credentialFields: { userName: "anna", password: "new" } };
  const put = await admin("PUT", `${path}/credentials/${id}`, changed);
  expect(put.body).toMatchObject({ name: "Account" });
  expect(listed.text + put.text).not.toMatch(/"(old|new)"/);
  expect((await admin("DELETE", `${path}/credentials/${id}`)).status).toBe(204);
  expect((await admin("GET", `${path}/credentials/${id}`)).status).toBe(404);
});
