import { beforeEach, describe, expect, it } from "vitest";
import { unfinishedPath } from "../../../src/importers/unfinished.ts";
import { textOf, type Obj } from "../../../src/model/json.ts";
import { openOffice, type Office } from "../../conformance/office.ts";
import type { PluginClient, State } from "./support/client.ts";
import { untilWrite } from "./support/killed.ts";
import { pluginIn } from "./support/plugin.ts";
import { refusalOf } from "./support/refusal.ts";

const INTEGRATIONS = "/api/v2/integrations";
const ACTIONS = `${INTEGRATIONS}/actions`;
const TICKETS = "integration/custom-rest-actions:Tickets";
const GET = "data-action/custom-rest-actions:Tickets/Tickets/Get";

const integration: Obj = {
  name: "Tickets",
  key: "custom-rest-actions:Tickets",
  integrationType: "custom-rest-actions",
  configuration: { notes: "Ours" },
};

let office: Office;

/** The n-th write of an object; the lock of the standby is none. */
const objectWrite = (write: number): ReturnType<typeof untilWrite> =>
  untilWrite(office, write, ({ url }) => !url.includes("/flows/datatables"));

beforeEach(async () => {
  office = await openOffice();
});

async function inStandby(path: string, name: string): Promise<Obj[]> {
  const { entities } = (await office.admin.standby("GET", `${path}?pageSize=100`)) as { entities: Obj[] };
  return entities.filter((entity) => entity["name"] === name);
}

/** Works with a plugin until it is killed after a write whose answer never arrives. */
async function killedIn(
  transport: ReturnType<typeof untilWrite>,
  work: (client: PluginClient) => Promise<unknown>,
): Promise<void> {
  const first = await pluginIn(office, {}, transport);
  const ended = work(first.client).catch(() => undefined);
  await Promise.race([ended, transport.reached]);
  void first.close();
  await ended;
}

/** What the program adopts, as the engine does: read, compared, updated where it differs. */
async function adopted(kind: string, coordinate: string, news: Obj): Promise<readonly string[]> {
  const { client } = await pluginIn(office);
  const { ids } = (await client.invoke("getInventory", { update: true })) as { ids: Obj };
  const state = await client.read(kind, textOf(ids[coordinate]));
  if (state === undefined) throw new Error(coordinate);
  const { inputs } = await client.check(kind, news);
  const { changes, detailed } = await client.diff(kind, state, inputs);
  if (changes === "some") await client.update(kind, state, inputs);
  return changes === "none" ? [] : detailed;
}

/** Inputs of the integration as the program gives them while notes say that its create was not ended. */
const withState: Obj = { ...integration, intendedState: "ENABLED" };

/** Notes of writes that were not ended. */
async function noteText(): Promise<string> {
  const { id } = office.simulator.world.orgs.get("standby") ?? { id: "" };
  return (await office.files.read(unfinishedPath({ directory: "/work" }, id))) ?? "";
}

describe("an integration whose create was killed", () => {
  it.each([1, 2, 3])("after its request %i is ended by the next create, and there once", async (write) => {
    await killedIn(objectWrite(write), (client) => client.create("integration", integration));
    const { client } = await pluginIn(office);
    await client.create("integration", integration);
    const there = await inStandby(INTEGRATIONS, "Tickets");
    expect(there.map(({ intendedState }) => intendedState)).toEqual(["ENABLED"]);
    const config = await office.admin.standby("GET", `${INTEGRATIONS}/${textOf(there[0]?.["id"])}/config/current`);
    expect(config).toMatchObject({ notes: "Ours" });
  });

  it.each([1, 2])("after its request %i is ended where the program adopts it", async (write) => {
    await killedIn(objectWrite(write), (client) => client.create("integration", integration));
    expect(await inStandby(INTEGRATIONS, "Tickets")).toMatchObject([{ intendedState: "DISABLED" }]);
    expect(await noteText()).toContain(TICKETS);
    expect(await adopted("integration", TICKETS, withState)).toContain("intendedState");
    expect(await inStandby(INTEGRATIONS, "Tickets")).toMatchObject([{ intendedState: "ENABLED" }]);
    expect((await noteText()).trim().split("\n").at(-1)).toContain('"over"');
    expect(await adopted("integration", TICKETS, integration)).toEqual([]);
  });

  it("is not switched on again after somebody switched it off", async () => {
    const { client } = await pluginIn(office);
    const state = await client.create("integration", integration);
    await office.admin.standby("PATCH", `${INTEGRATIONS}/${state.id}`, { intendedState: "DISABLED" });
    expect(await adopted("integration", TICKETS, integration)).toEqual([]);
    const again = await pluginIn(office);
    await again.client.create("integration", integration);
    expect(await inStandby(INTEGRATIONS, "Tickets")).toMatchObject([{ intendedState: "DISABLED" }]);
  });
});

describe("a data action whose contract changes", () => {
  const contract = (property: string): Obj => {
    const schema = { type: "object", properties: { [property]: { type: "string" } } };
    return { input: { inputSchema: schema }, output: { successSchema: schema } };
  };

  /** The action as a resource, and the inputs that give it another contract. */
  async function changed(client: PluginClient): Promise<{ state: State; news: Obj }> {
    const { id } = await client.create("integration", integration);
    const config = {
      request: { requestUrlTemplate: "https://example.com", requestType: "GET", headers: {}, requestTemplate: "" },
      response: { translationMap: {}, translationMapDefaults: {}, successTemplate: "${rawResult}" },
    };
    const body = { name: "Get", category: "Tickets", integrationId: id, config, contract: contract("one") };
    const action = await office.admin.standby("POST", ACTIONS, body);
    const again = await pluginIn(office);
    const state = await again.client.read("data-action", String(action["id"]));
    if (state === undefined) throw new Error(GET);
    return { state, news: { ...state.inputs, contract: contract("two") } };
  }

  it.each([1, 2, 3])("takes over the draft that request %i of a killed update left", async (write) => {
    const { state, news } = await changed((await pluginIn(office)).client);
    await killedIn(objectWrite(write), (client) => client.update("data-action", state, news));
    const { client } = await pluginIn(office);
    const now = await client.read("data-action", state.id, state);
    const updated = await client.update("data-action", now ?? state, news);
    expect(JSON.stringify(updated.outputs["contract"])).toContain('"two"');
    const again = await pluginIn(office);
    const settled = await again.client.read("data-action", state.id, updated);
    expect(await again.client.diff("data-action", settled ?? state, news)).toMatchObject({ changes: "none" });
  });

  it("leaves somebody else's draft alone, in the next update too", async () => {
    const { state, news } = await changed((await pluginIn(office)).client);
    const draft = await office.admin.standby("POST", `${ACTIONS}/${state.id}/draft`);
    const theirs = { contract: contract("theirs"), version: draft["version"] };
    await office.admin.standby("PATCH", `${ACTIONS}/${state.id}/draft`, theirs);
    for (const _ of [1, 2]) {
      const { client } = await pluginIn(office);
      expect(await refusalOf(client.update("data-action", state, news))).toMatch(/^data-action-draft: /);
    }
    expect(await office.admin.standby("GET", `${ACTIONS}/${state.id}/draft?expand=contract`)).toMatchObject({
      contract: contract("theirs"),
    });
  });
});
