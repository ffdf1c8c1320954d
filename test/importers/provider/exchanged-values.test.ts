import { beforeEach, describe, expect, it } from "vitest";
import { openOffice, type Office } from "../../conformance/office.ts";
import { textOf, type Obj } from "../../../src/model/json.ts";
import type { DesiredOrg } from "../../../src/stacks/desired-org.ts";
import { planResources } from "../../../src/stacks/plan-resources.ts";
import { KINDS } from "../../../src/kinds/index.ts";
import { pluginIn } from "./support/plugin.ts";
import type { PluginClient, State } from "./support/client.ts";
import { refusalOf } from "./support/refusal.ts";

const POOLS = "/api/v2/telephony/providers/edges/didpools";
const IVRS = "/api/v2/architect/ivrs";
const NUMBERS = ["+13175550100", "+13175550101", "+13175550102"] as const;

let office: Office;

/** Call routes of the standby with a number each, and the numbers that they have now. */
async function routesWith(numbers: { readonly [name: string]: readonly string[] }): Promise<void> {
  await office.admin.standby("POST", POOLS, {
    name: "Numbers",
    startPhoneNumber: NUMBERS[0],
    endPhoneNumber: "+13175550109",
    provider: "PURE_CLOUD",
  });
  for (const [name, dnis] of Object.entries(numbers)) await office.admin.standby("POST", IVRS, { name, dnis });
}

async function numbersNow(): Promise<Obj> {
  const { entities } = (await office.admin.standby("GET", `${IVRS}?pageSize=100`)) as { entities: Obj[] };
  return Object.fromEntries(entities.map(({ name, dnis }) => [textOf(name), dnis ?? []]));
}

interface Program {
  readonly states: ReadonlyMap<string, State>;
  /** Registered in this order, as the program of the standby does. */
  readonly resources: ReturnType<typeof planResources>["resources"];
}

/** What the program wants of the call routes, and what the engine's state has of them. */
async function program(
  client: PluginClient,
  numbers: { readonly [name: string]: readonly string[] },
): Promise<Program> {
  const { ids, current } = (await client.invoke("getInventory", {})) as { ids: Obj; current: Obj };
  const states = new Map<string, State>();
  for (const name of Object.keys(numbers)) {
    const state = await client.read("ivr", textOf(ids[`ivr/${name}`]));
    if (state !== undefined) states.set(`ivr/${name}`, state);
  }
  const desired = Object.entries(numbers).map(([name, dnis]) => {
    const { key: _, ...inputs } = states.get(`ivr/${name}`)?.inputs ?? { name };
    return [`ivr/${name}`, { ...inputs, dnis: [...dnis] }] as const;
  });
  const wanted: DesiredOrg = {
    desired: new Map(desired),
    inventory: {
      orgId: "",
      orgName: "",
      homeDivision: "Home",
      ids: new Map(Object.entries(ids).map(([at, id]) => [at, textOf(id)])),
      unread: [],
      skipped: new Set(),
      namesakes: new Map(),
      current: new Map(Object.entries(current) as [string, Obj][]),
    },
    retained: [],
    setAside: new Set(),
    leftOut: new Set(),
    pruned: [],
    findings: [],
    untold: [],
    renamed: new Map(),
    formerNames: () => [],
    treatment: () => ({ ignored: [], extra: [], sourceId: undefined }),
    kinds: KINDS,
    protects: () => false,
  };
  return { states, resources: planResources(wanted).resources };
}

/** Updates them one after another, as the engine does. */
async function update(client: PluginClient, { states, resources }: Program): Promise<void> {
  for (const { name, args } of resources) {
    const state = states.get(name);
    if (state === undefined) await client.create("ivr", args);
    else if ((await client.diff("ivr", state, args)).changes === "some") await client.update("ivr", state, args);
  }
}

beforeEach(async () => {
  office = await openOffice();
});

describe("call routes that exchange their numbers", () => {
  const [one, two, three] = NUMBERS;

  it.each<[string, { readonly [name: string]: string[] }, { readonly [name: string]: string[] }]>([
    ["two", { A: [one], B: [two] }, { A: [two], B: [one] }],
    ["three, each from the next", { A: [one], B: [two], C: [three] }, { A: [two], B: [three], C: [one] }],
    ["two, one of which keeps another number", { A: [one, three], B: [two] }, { A: [three, two], B: [one] }],
  ])("%s, come to them with one update", async (_, before, after) => {
    await routesWith(before);
    const { client } = await pluginIn(office);
    await update(client, await program(client, after));
    expect(await numbersNow()).toEqual(after);
    const again = await pluginIn(office);
    const settled = await program(again.client, after);
    for (const { name, args } of settled.resources) {
      const state = settled.states.get(name);
      if (state !== undefined)
        expect(await again.client.diff("ivr", state, args as Obj)).toMatchObject({ changes: "none" });
    }
  });

  it("are not overwritten where somebody gave the other one a number meanwhile", async () => {
    await routesWith({ A: [one], B: [two] });
    const { client } = await pluginIn(office);
    const planned = await program(client, { A: [two], B: [one] });
    const { entities } = (await office.admin.standby("GET", `${IVRS}?pageSize=100`)) as { entities: Obj[] };
    const other = entities.find(({ name }) => name === "B") ?? {};
    await office.admin.standby("PUT", `${IVRS}/${textOf(other["id"])}`, { ...other, dnis: [two, three] });
    expect(await refusalOf(update(client, planned))).toMatch(/^moved-target: ivr\/B changed/);
    expect(await numbersNow()).toEqual({ A: [two], B: [three] });
  });

  it("converge with the next update where the first one ended in between", async () => {
    await routesWith({ A: [one], B: [two] });
    const { client } = await pluginIn(office);
    const { states, resources } = await program(client, { A: [two], B: [one] });
    await update(client, { states, resources: resources.slice(0, 1) });
    expect(await numbersNow()).toEqual({ A: [two], B: [] });
    const again = await pluginIn(office);
    await update(again.client, await program(again.client, { A: [two], B: [one] }));
    expect(await numbersNow()).toEqual({ A: [two], B: [one] });
  });
});
