import { describe, expect, it } from "vitest";
import type { Admin } from "./support/admin.ts";
import type { Entity } from "./support/control.ts";
import { stageFor } from "./support/stage.ts";
import type { Workspace } from "./support/workspace.ts";

const INTEGRATIONS = "/api/v2/integrations";
const ACTIONS = `${INTEGRATIONS}/actions`;

/** An integration with one data action, switched on, in the primary only. */
const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => {
  const admin = await set.admin("primary");
  const id = await admin.create(INTEGRATIONS, { name: "Tickets", integrationType: { id: "custom-rest-actions" } });
  const config = { name: "Tickets", version: 1, properties: {}, advanced: {}, notes: "Ours", credentials: {} };
  await admin.send("PUT", `${INTEGRATIONS}/${id}/config/current`, config);
  await admin.send("PATCH", `${INTEGRATIONS}/${id}`, { intendedState: "ENABLED" });
  await admin.create(ACTIONS, action(id, "one"));
});

function contract(property: string): object {
  const schema = { type: "object", properties: { [property]: { type: "string" } } };
  return { input: { inputSchema: schema }, output: { successSchema: schema } };
}

function action(integrationId: string, property: string): object {
  const config = {
    request: {
      requestUrlTemplate: "https://example.com/tickets",
      requestType: "GET",
      headers: {},
      requestTemplate: "",
    },
    response: { translationMap: {}, translationMapDefaults: {}, successTemplate: "${rawResult}" },
  };
  return { name: "Get", category: "Tickets", integrationId, config, contract: contract(property) };
}

async function sync(workspace: Workspace): Promise<{ exit: number | null; output: string; document: unknown }> {
  const { exit, stdout, stderr } = await workspace.json("sync", "--yes");
  return { exit, output: stdout + stderr, document: JSON.parse(stdout) };
}

async function stateOf(org: string): Promise<unknown> {
  return (await (await stage.admin(org)).named(INTEGRATIONS, "Tickets"))["intendedState"];
}

describe("a new integration", () => {
  it.each([
    ["the request that switches it on", "PATCH", "/integrations/[^/]+$"],
    ["the request that configures it", "PUT", "/config/current$"],
  ])("is finished by the next run when %s was lost", async (_, method, path) => {
    const workspace = await stage.workspace();
    await stage.control.faults({ org: "standby", method, path, times: 99, action: "status:400" });
    expect((await sync(workspace)).exit).toBe(4);
    expect(await stateOf("standby")).toBe("DISABLED");
    await stage.control.faults();
    const second = await sync(workspace);
    expect(second.exit, second.output).toBe(0);
    expect(await stateOf("standby")).toBe("ENABLED");
    expect((await sync(workspace)).document).toMatchObject({ writes: 0, verified: true });
  });

  it("is finished when the same plan is applied again", async () => {
    const workspace = await stage.workspace();
    await workspace.run(["plan", "-o", "plan.json"]);
    await stage.control.faults({
      org: "standby",
      method: "PATCH",
      path: "/integrations/[^/]+$",
      times: 99,
      action: "status:400",
    });
    expect((await workspace.run(["apply", "plan.json"])).exit).toBe(4);
    await stage.control.faults();
    expect((await workspace.run(["apply", "plan.json"])).exit).toBe(0);
    expect(await stateOf("standby")).toBe("ENABLED");
  });

  it("stays off when somebody switched it off after it was finished", async () => {
    const workspace = await stage.workspace();
    expect((await sync(workspace)).exit).toBe(0);
    const admin = await stage.admin("standby");
    const { id } = await admin.named(INTEGRATIONS, "Tickets");
    await admin.send("PATCH", `${INTEGRATIONS}/${id}`, { intendedState: "DISABLED" });
    expect((await sync(workspace)).document).toMatchObject({ writes: 0 });
    expect(await stateOf("standby")).toBe("DISABLED");
  });
});

describe("a data action whose contract changes", () => {
  const steps: readonly [string, string, string][] = [
    ["is changed", "PATCH", "/draft$"],
    ["is validated", "GET", "/draft/validation$"],
    ["is published", "POST", "/draft/publish$"],
  ];

  /** Both organisations have the action; its contract is another one in the primary now. */
  async function changed(): Promise<{ workspace: Workspace; standby: Admin; id: string }> {
    const workspace = await stage.workspace();
    expect((await sync(workspace)).exit).toBe(0);
    await changeContract("two");
    const standby = await stage.admin("standby");
    return { workspace, standby, id: (await ownAction(standby)).id };
  }

  async function changeContract(property: string): Promise<void> {
    const primary = await stage.admin("primary");
    const { id } = await ownAction(primary);
    const { version } = await primary.send("POST", `${ACTIONS}/${id}/draft`);
    const body = { contract: contract(property), version };
    const draft = await primary.send("PATCH", `${ACTIONS}/${id}/draft`, body);
    await primary.send("POST", `${ACTIONS}/${id}/draft/publish`, { version: draft["version"] });
  }

  async function ownAction(admin: Admin): Promise<Entity & { readonly id: string }> {
    return admin.named(ACTIONS, "Get");
  }

  it.each(steps)("takes over the draft that a run left before it %s", async (_, method, path) => {
    const { workspace } = await changed();
    await stage.control.faults({ org: "standby", method, path, times: 99, action: "status:400" });
    expect((await sync(workspace)).exit).toBe(4);
    await stage.control.faults();
    const second = await sync(workspace);
    expect(second.exit, second.output).toBe(0);
    expect((await sync(workspace)).document).toMatchObject({ writes: 0, verified: true });
  });

  it("takes over its draft though the contract has changed again meanwhile", async () => {
    const { workspace } = await changed();
    await stage.control.faults({ org: "standby", path: "/draft/publish$", times: 99, action: "status:400" });
    expect((await sync(workspace)).exit).toBe(4);
    await stage.control.faults();
    await changeContract("three");
    const second = await sync(workspace);
    expect(second.exit, second.output).toBe(0);
  });

  it("leaves somebody else's draft alone, says so and goes on with the rest", async () => {
    const { workspace, standby, id } = await changed();
    const primary = await stage.admin("primary");
    await primary.create("/api/v2/routing/skills", { name: "Spanish" });
    const draft = await standby.send("POST", `${ACTIONS}/${id}/draft`);
    const theirs = { contract: contract("theirs"), version: draft["version"] };
    await standby.send("PATCH", `${ACTIONS}/${id}/draft`, theirs);
    const { exit, document } = await sync(workspace);
    expect(exit).toBe(4);
    expect(document).toMatchObject({
      failures: [{ coordinate: "data-action/custom-rest-actions:Tickets/Tickets/Get", code: "data-action-draft" }],
    });
    // Having been refused once, it is ours no more than before.
    expect((await sync(workspace)).document).toMatchObject({ failures: [{ code: "data-action-draft" }] });
    expect(await standby.send("GET", `${ACTIONS}/${id}/draft?expand=contract`)).toMatchObject({
      contract: contract("theirs"),
    });
    expect(await standby.named("/api/v2/routing/skills", "Spanish")).toBeDefined();
  });

  it("takes over a draft that holds nothing but what is published", async () => {
    const { workspace, standby, id } = await changed();
    await standby.send("POST", `${ACTIONS}/${id}/draft`);
    const { exit, output } = await sync(workspace);
    expect(exit, output).toBe(0);
  });
});

describe("a new configuration of web messaging", () => {
  const CONFIGURATIONS = "/api/v2/webdeployments/configurations";
  const portal = { name: "Portal", languages: ["en-us"], defaultLanguage: "en-us" };

  async function portalInPrimary(): Promise<Workspace> {
    const workspace = await stage.workspace();
    expect((await sync(workspace)).exit).toBe(0);
    const admin = await stage.admin("primary");
    const id = await admin.create(CONFIGURATIONS, portal);
    await admin.send("POST", `${CONFIGURATIONS}/${id}/versions/draft/publish`);
    return workspace;
  }

  async function inStandby(): Promise<string[]> {
    const { entities } = await (await stage.admin("standby")).send("GET", CONFIGURATIONS);
    return (entities as { id: string }[]).map(({ id }) => id);
  }

  it("is finished by the next run, and not made twice, when it was not published", async () => {
    const workspace = await portalInPrimary();
    await stage.control.faults({ org: "standby", path: "/draft/publish$", times: 99, action: "status:400" });
    expect((await sync(workspace)).exit).toBe(4);
    expect(await inStandby()).toHaveLength(1);
    await stage.control.faults();
    const second = await sync(workspace);
    expect(second.exit, second.output).toBe(0);
    expect(await inStandby()).toHaveLength(1);
    expect((await sync(workspace)).document).toMatchObject({ writes: 0, verified: true });
  });

  it("leaves a draft of that name alone that says something else", async () => {
    const workspace = await portalInPrimary();
    const standby = await stage.admin("standby");
    const theirs = await standby.create(CONFIGURATIONS, { ...portal, languages: ["de-de"], defaultLanguage: "de-de" });
    expect((await sync(workspace)).exit).toBe(0);
    expect(await standby.send("GET", `${CONFIGURATIONS}/${theirs}/versions/draft`)).toMatchObject({
      languages: ["de-de"],
    });
    expect(await inStandby()).toHaveLength(2);
  });
});
