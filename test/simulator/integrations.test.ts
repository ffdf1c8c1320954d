import { describe, expect, it } from "vitest";
import type { Send } from "./lab.ts";
import { created, lab } from "./lab.ts";

const path = "/api/v2/integrations";
const actions = `${path}/actions`;

async function integration(admin: Send, type = "custom-rest-actions"): Promise<string> {
  return created(admin, path, { name: "CRM", integrationType: { id: type } });
}

const contract = {
  input: { inputSchema: { type: "object", properties: { number: { type: "string" } } } },
  output: { successSchema: { type: "object", properties: { name: { type: "string" } } } },
};
const config = {
  request: {
    requestUrlTemplate: "https://crm.example.com/${input.number}",
    requestType: "GET",
    requestTemplate: "${input.rawRequest}",
    headers: {},
  },
  response: { translationMap: { name: "$.name" }, translationMapDefaults: {}, successTemplate: '{"name": ${name}}' },
};

async function action(admin: Send, type?: string) {
  const integrationId = await integration(admin, type);
  return admin("POST", actions, {
    name: "Find customer",
    category: "CRM",
    integrationId,
    contract,
    config,
    secure: true,
  });
}

describe("integrations (genesys-api §4.4)", () => {
  it("a configuration needs all its parts and its current version", async () => {
    const admin = await lab().login("standby", "admin");
    const current = `${path}/${await integration(admin)}/config/current`;
    const before = (await admin("GET", current)).body;
    expect((await admin("PUT", current, { name: "CRM", version: 1 })).status).toBe(400);
    const changed = { ...before, properties: { url: "https://crm.example.com" } };
    expect((await admin("PUT", current, changed)).body).toMatchObject({ version: 2, properties: changed.properties });
    const stale = await admin("PUT", current, changed);
    expect([stale.status, stale.body.code]).toEqual([409, "version.conflict"]);
  });

  it("a list and an integration hold the configuration where it is asked for (definition, getIntegrations: expand)", async () => {
    const admin = await lab().login("standby", "admin");
    const id = await integration(admin);
    const current = (await admin("GET", `${path}/${id}/config/current`)).body;
    const expanded = (await admin("GET", `${path}?pageSize=100&expand=config.current`)).body;
    const listed = expanded.entities.find((each: { id: string }) => each.id === id);
    expect(listed?.config).toEqual({ current });
    expect((await admin("GET", `${path}/${id}?expand=config.current`)).body.config).toEqual({ current });
    expect((await admin("GET", `${path}/${id}`)).body.config).toBeUndefined();
  });

  it("its credentials have to exist and are answered by name and type", async () => {
    const admin = await lab().login("standby", "admin");
    const fields = { userName: "u", password: "p" };
    const id = await created(admin, `${path}/credentials`, {
      name: "Login",
      type: { name: "basicAuth" },
      credentialFields: fields,
    });
    const current = `${path}/${await integration(admin)}/config/current`;
    const before = (await admin("GET", current)).body;
    const put = async (credential: string) =>
      admin("PUT", current, { ...before, credentials: { basicAuth: { id: credential } } });
    expect((await put("x")).status).toBe(400);
    expect((await put(id)).body.credentials).toMatchObject({
      basicAuth: { id, name: "Login", type: { name: "basicAuth" } },
    });
  });

  it("the reported state follows the intended one later", async () => {
    const { login, clock } = lab({ jobMs: 3000 });
    const admin = await login("standby", "admin");
    const id = await integration(admin);
    await admin("PATCH", `${path}/${id}`, { intendedState: "ENABLED" });
    const state = async () => ((await admin("GET", `${path}/${id}`)).body.reportedState as { code: string }).code;
    expect(await state()).toBe("ACTIVATING");
    clock.pass(3000);
    expect(await state()).toBe("ACTIVE");
  });

  it("a type with maxInstances refuses another one", async () => {
    const admin = await lab().login("standby", "admin");
    await integration(admin, "scim");
    const second = await admin("POST", path, { name: "S", integrationType: { id: "scim" } });
    expect([second.status, second.body.code]).toEqual([400, "max.integrations.reached"]);
  });
});

describe("credentials (genesys-api §4.4, §6)", () => {
  it("answer their field names but never a value", async () => {
    const admin = await lab().login("standby", "admin");
    const credentialFields = { userName: "anna", password: "hunter2" };
    const body = { name: "Login", type: { name: "basicAuth" }, credentialFields };
    const made = await admin("POST", `${path}/credentials`, body);
    const read = await admin("GET", `${path}/credentials/${made.body.id}`);
    expect(Object.keys(read.body.credentialFields as object)).toEqual(["userName", "password"]);
    expect(made.text + read.text).not.toMatch(/hunter2|anna/);
  });

  it("need the fields of their type", async () => {
    const admin = await lab().login("standby", "admin");
    const body = { type: { name: "basicAuth" }, credentialFields: { userName: "u" } };
    expect((await admin("POST", `${path}/credentials`, body)).status).toBe(400);
  });
});

describe("data actions (genesys-api §4.4, §3)", () => {
  it("are published at once, listed without contract and configuration unless asked", async () => {
    const admin = await lab().login("standby", "admin");
    const { body } = await action(admin);
    expect(body).toMatchObject({ version: 1, secure: true });
    const [plain] = (await admin("GET", actions)).body.entities;
    expect([plain?.config, plain?.contract]).toEqual([undefined, undefined]);
    const [withConfig] = (await admin("GET", `${actions}?includeConfig=true`)).body.entities;
    expect(withConfig?.config).toMatchObject({ request: { requestType: "GET" } });
    const one = (await admin("GET", `${actions}/${body.id}?expand=contract&includeConfig=true`)).body;
    expect(one.contract).toMatchObject(contract);
  });

  it("hold templates behind an address that answers raw Velocity text", async () => {
    const admin = await lab().login("standby", "admin");
    const { body } = await action(admin);
    const one = (await admin("GET", `${actions}/${body.id}?includeConfig=true`)).body;
    const { response } = one.config as { response: { successTemplateUri: string } };
    const template = await admin("GET", response.successTemplateUri);
    expect(template.text).toBe(config.response.successTemplate);
    expect(template.headers["Content-Type"]).toMatch(/^text\/plain/);
  });

  it("PATCH changes name and configuration but neither contract nor secure, and needs the version", async () => {
    const admin = await lab().login("standby", "admin");
    const { body } = await action(admin);
    const change = {
      version: 1,
      name: "Find",
      contract: {},
      secure: false,
      config: { response: { translationMap: { id: "$.id" } } },
    };
    const after = (await admin("PATCH", `${actions}/${body.id}`, change)).body;
    expect(after).toMatchObject({ version: 2, name: "Find", secure: true, contract });
    expect(after.config).toMatchObject({ request: { requestType: "GET" } });
    expect((after.config as typeof config).response.translationMap).toEqual({ id: "$.id" });
    expect((await admin("PATCH", `${actions}/${body.id}`, change)).status).toBe(409);
  });

  it("a contract changes through a draft, under the same id", async () => {
    const admin = await lab().login("standby", "admin");
    const { id } = (await action(admin)).body;
    await admin("POST", `${actions}/${id}/draft`);
    const wider = {
      ...contract,
      output: { successSchema: { type: "object", properties: { id: { type: "integer" } } } },
    };
    const draft = (await admin("PATCH", `${actions}/${id}/draft`, { version: 1, contract: wider })).body;
    expect((await admin("GET", `${actions}/${id}?expand=contract`)).body.contract).toMatchObject(contract);
    expect((await admin("GET", `${actions}/${id}/draft/validation`)).body).toMatchObject({ valid: true });
    const published = (await admin("POST", `${actions}/${id}/draft/publish`, { version: draft.version })).body;
    expect(published).toMatchObject({ id, version: 2, contract: wider });
    expect((await admin("GET", `${actions}/${id}/draft`)).status).toBe(404);
  });

  it("a function action has to start as a draft", async () => {
    const answer = await action(await lab().login("standby", "admin"), "function-data-actions");
    expect(answer.status).toBe(400);
  });

  it("built-in ones are read-only", async () => {
    const admin = await lab().login("standby", "admin");
    await integration(admin, "purecloud-data-actions");
    const [builtIn] = (await admin("GET", actions)).body.entities;
    expect(builtIn?.id).toMatch(/^static/);
    expect((await admin("PATCH", `${actions}/${builtIn?.id}`, { version: 1, name: "x" })).status).toBe(405);
  });
});
