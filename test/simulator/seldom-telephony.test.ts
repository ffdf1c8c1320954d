import { expect, it } from "vitest";
import { created, lab } from "./lab.ts";

const edges = "/api/v2/telephony/providers/edges";
const carrier = "external_sip_pcv_byoc_carrier.json";

async function ready() {
  const admin = await lab().login("primary", "admin");
  const emergencyNumber = { number: "+18005550199", type: "default" };
  const location = await created(admin, "/api/v2/locations", { name: "Hall", emergencyNumber });
  const site = await created(admin, `${edges}/sites`, {
    name: "North",
    location: { id: location },
    mediaModel: "Cloud",
  });
  const base = await created(admin, `${edges}/trunkbasesettings`, {
    name: "Carrier",
    trunkType: "EXTERNAL",
    trunkMetabase: { id: carrier },
    inboundSite: { id: site },
    properties: {},
  });
  return { admin, site, base };
}

it("a trunk base has a trunk with a state and metrics, and goes when nothing uses it (genesys-api §5.1, §5.4)", async () => {
  const { admin, base } = await ready();
  const metabases = (await admin("GET", `${edges}/trunkbasesettings/availablemetabases`)).body.entities;
  expect(metabases.map(({ id }) => id)).toContain(carrier);
  const { id } = (await admin("GET", `${edges}/trunks?trunkBase.id=${base}`)).body.entities[0] ?? { id: "" };
  expect((await admin("GET", `${edges}/trunks/${id}`)).body).toMatchObject({ name: "Carrier", trunkType: "EXTERNAL" });
  expect((await admin("GET", `${edges}/trunks/${id}/metrics`)).body).toMatchObject({ trunk: { id } });
  expect((await admin("DELETE", `${edges}/trunkbasesettings/${base}`)).status).toBe(200);
  expect((await admin("GET", `${edges}/trunks/${id}`)).status).toBe(404);
});

it("a site is replaced with its version, and goes with its plans and routes (genesys-api §5.5)", async () => {
  const { admin, site, base } = await ready();
  const one = `${edges}/sites/${site}`;
  const before = (await admin("GET", one)).body;
  const { name, location, mediaModel, version } = before;
  const changed = { name, location, mediaModel, version, description: "Far up", callerName: "North" };
  expect((await admin("PUT", one, changed)).body).toMatchObject({ description: "Far up", callerName: "North" });
  await admin("DELETE", `${edges}/trunkbasesettings/${base}`);
  expect((await admin("DELETE", one)).status).toBe(200);
  const left = (await admin("GET", `${edges}/sites?managed=false&pageSize=100`)).body.entities;
  expect(left.find(({ id }) => id === site)).toMatchObject({ state: "deleted" });
});

it("number plans are read one by one and by classification, a route can be deleted (genesys-api §5.5)", async () => {
  const { admin, site } = await ready();
  const plans = JSON.parse((await admin("GET", `${edges}/sites/${site}/numberplans`)).text) as { id: string }[];
  const [first] = plans;
  const plan = (await admin("GET", `${edges}/sites/${site}/numberplans/${first?.id}`)).body;
  expect(plan).toMatchObject({ ...first });
  const classifications = await admin("GET", `${edges}/sites/${site}/numberplans/classifications`);
  expect(JSON.parse(classifications.text)).toContain(plan["classification"]);
  const described = plans.map((one) => ({ ...one, description: "Ours" }));
  await admin("PUT", `${edges}/sites/${site}/numberplans`, described);
  const after = (await admin("GET", `${edges}/sites/${site}/numberplans/${first?.id}`)).body;
  expect(after).toMatchObject({ description: "Ours" });
  const routes = `${edges}/sites/${site}/outboundroutes`;
  const [route] = (await admin("GET", routes)).body.entities;
  expect((await admin("DELETE", `${routes}/${route?.id}`)).status).toBe(200);
  expect((await admin("GET", routes)).body.entities).toEqual([]);
});

it("a number says who owns it, and an IVR is replaced and deleted (genesys-api §3, §5.1)", async () => {
  const { admin } = await ready();
  const pool = { name: "Pool", startPhoneNumber: "+18005550100", endPhoneNumber: "+18005550101" };
  await created(admin, `${edges}/didpools`, pool);
  const ivrs = "/api/v2/architect/ivrs";
  const ivr = await created(admin, ivrs, { name: "Main", dnis: ["+18005550100"] });
  const [taken] = (await admin("GET", `${edges}/dids?owner.id=${ivr}`)).body.entities;
  expect((await admin("GET", `${edges}/dids/${taken?.id}`)).body).toMatchObject({
    phoneNumber: "+18005550100",
    owner: { id: ivr },
  });
  const change = { name: "Main", dnis: ["+18005550101"], description: "Other number", version: 1 };
  expect((await admin("PUT", `${ivrs}/${ivr}`, change)).body).toMatchObject({ dnis: ["+18005550101"], version: 2 });
  expect((await admin("DELETE", `${ivrs}/${ivr}`)).status).toBe(200);
  expect((await admin("GET", `${edges}/dids?owner.id=${ivr}`)).body.entities).toEqual([]);
});
