import { describe, expect, it } from "vitest";
import { fullConfiguration } from "./full-configuration.ts";
import { created, lab, publish } from "./lab.ts";

const configurations = "/api/v2/webdeployments/configurations";
const deployments = "/api/v2/webdeployments/deployments";
const messenger = { enabled: true, styles: { primaryColor: "#112233" }, launcherButton: { visibility: "On" } };
const content = { name: "Shop", languages: ["en-us"], defaultLanguage: "en-us", messenger };

describe("configurations of web messaging (genesys-api §4.5)", () => {
  it("are drafts that have to be active before they are published as the next number", async () => {
    const { login, clock } = lab({ jobMs: 1000 });
    const admin = await login("standby", "admin");
    const made = (await admin("POST", configurations, content)).body;
    expect(made).toMatchObject({ ...content, version: "DRAFT", status: "Pending" });
    const draft = `${configurations}/${made.id}/versions/draft`;
    const early = await admin("POST", `${draft}/publish`);
    expect([early.status, early.body.code]).toEqual([400, "illegal.operation"]);
    clock.pass(1000);
    expect((await admin("GET", draft)).body.status).toBe("Active");
    expect((await admin("POST", `${draft}/publish`)).body).toMatchObject({
      id: made.id,
      version: "1",
      status: "Pending",
    });
    clock.pass(1000);
    await admin("PUT", draft, { name: "Shop", description: "No messenger" });
    const edited = (await admin("GET", draft)).body;
    expect([edited.description, edited.messenger, edited.version]).toEqual(["No messenger", undefined, "DRAFT"]);
    const first = await admin("GET", `${configurations}/${made.id}/versions/1`);
    expect(first.body).toMatchObject({ ...content, version: "1", status: "Active" });
    clock.pass(1000);
    await admin("POST", `${draft}/publish`);
    const versions = (await admin("GET", `${configurations}/${made.id}/versions`)).body.entities;
    expect(versions.map(({ version }) => version).sort()).toEqual(["1", "2"]);
  });

  it("are listed as drafts by cursor, 300 at once, or only where they were published", async () => {
    const admin = await lab().login("standby", "admin");
    const shop = await created(admin, configurations, content);
    await created(admin, configurations, { ...content, name: "Never" });
    await admin("POST", `${configurations}/${shop}/versions/draft/publish`);
    const all = (await admin("GET", configurations)).body;
    expect([all.entities.map(({ version }) => version), all.nextUri]).toEqual([["DRAFT", "DRAFT"], undefined]);
    const published = await admin("GET", `${configurations}?showOnlyPublished=true`);
    expect(published.body.entities).toMatchObject([{ id: shop, name: "Shop" }]);
    expect((await admin("GET", `${configurations}?pageSize=301`)).status).toBe(400);
  });

  it.each([
    [{ ...content, defaultLanguage: "fr-ca" }],
    [{ ...content, name: undefined }],
    [{ ...content, messenger: { launcherButton: { visibility: "Sometimes" } } }],
    [{ ...content, authenticationSettings: { enabled: true, integrationId: "nothing" } }],
    [{ ...content, messenger: { apps: { knowledge: { knowledgeBase: { id: "nothing" } } } } }],
  ])("refuse %j", async (body) => {
    const admin = await lab().login("standby", "admin");
    expect((await admin("POST", configurations, body)).status).toBe(400);
  });
});

describe("deployments of web messaging (genesys-api §4.5)", () => {
  it("use a published version and a published inbound message flow, and hold on to both", async () => {
    const { login, clock } = lab();
    const admin = await login("standby", "admin");
    const configuration = await created(admin, configurations, content);
    const draft = { id: configuration, version: "1" };
    const unpublished = await admin("POST", deployments, { name: "Site", configuration: draft });
    expect(unpublished.body.code).toBe("illegal.operation");
    await admin("POST", `${configurations}/${configuration}/versions/draft/publish`);
    const mail = (await publish(admin, "inboundEmail:\n  name: Mail\n")).flow as { id: string };
    const wrong = await admin("POST", deployments, { name: "Site", configuration: draft, flow: { id: mail.id } });
    expect([wrong.status, wrong.body.code]).toEqual([400, "bad.flow.id"]);
    const message = (await publish(admin, "inboundShortMessage:\n  name: Messages\n")).flow as { id: string };
    const body = { name: "Site", configuration: draft, flow: { id: message.id }, allowedDomains: ["shop.example.com"] };
    expect((await admin("POST", deployments, { ...body, allowAllDomains: true })).status).toBe(400);
    clock.pass(1);
    const id = await created(admin, deployments, body);
    const read = (await admin("GET", `${deployments}/${id}`)).body;
    expect(read).toMatchObject({ ...body, status: "Active", allowAllDomains: false });
    expect(read.snippet).toContain(id);
    const used = await admin("DELETE", `${configurations}/${configuration}`);
    expect([used.status, used.body.code]).toEqual([409, "resource.conflict"]);
    expect((await admin("DELETE", `/api/v2/flows/${message.id}`)).status).toBe(409);
    expect((await admin("DELETE", `${deployments}/${id}`)).status).toBe(204);
    expect((await admin("DELETE", `${configurations}/${configuration}`)).status).toBe(204);
  });

  it("are replaced as a whole, pending at first, and show the configuration's content when asked", async () => {
    const { login, clock } = lab({ jobMs: 1000 });
    const admin = await login("standby", "admin");
    const configuration = await created(admin, configurations, content);
    clock.pass(1000);
    await admin("POST", `${configurations}/${configuration}/versions/draft/publish`);
    const body = { name: "Site", configuration: { id: configuration, version: "1" } };
    const id = await created(admin, deployments, { ...body, description: "Shop", allowedDomains: ["a.example.com"] });
    clock.pass(1000);
    const changed = (await admin("PUT", `${deployments}/${id}`, body)).body;
    expect(changed).toMatchObject({ status: "Pending", allowedDomains: [] });
    expect(changed).not.toHaveProperty("description");
    const [listed] = (await admin("GET", `${deployments}?expand=Configuration`)).body.entities;
    expect(listed?.configuration).toMatchObject({ id: configuration, version: "1", messenger });
  });
});

describe("what a configuration and a deployment may hold (definitions WebDeploymentConfigurationVersion, WebDeployment)", () => {
  it("is read back from the draft, the published version and the deployment", async () => {
    const { login, anyone } = lab();
    const admin = await login("standby", "admin");
    const body = { kind: "knowledge-base", name: "Help", coreLanguage: "en-US" };
    const knowledgeBase = { id: (await anyone("POST", "/_sim/orgs/standby/objects", body)).body.id };
    const integration = { name: "Login", integrationType: { id: "custom-rest-actions" } };
    const integrationId = await created(admin, "/api/v2/integrations", integration);
    const full = fullConfiguration(knowledgeBase, integrationId);
    const id = await created(admin, configurations, full);
    expect((await admin("GET", `${configurations}/${id}/versions/draft`)).body).toMatchObject(full);
    await admin("PUT", `${configurations}/${id}/versions/draft`, { ...full, description: "Changed" });
    await admin("POST", `${configurations}/${id}/versions/draft/publish`);
    const version = (await admin("GET", `${configurations}/${id}/versions/1`)).body;
    expect(version).toMatchObject({ ...full, description: "Changed" });
    const deployment = {
      name: "Site",
      description: "Shop",
      allowAllDomains: true,
      supportedContent: { id: "profile" },
      pushIntegrations: [{ id: "push", provider: "FCM" }],
      configuration: { id, version: "1" },
      status: "Inactive",
    };
    const made = await created(admin, deployments, deployment);
    expect((await admin("GET", `${deployments}/${made}`)).body).toMatchObject(deployment);
  });
});
