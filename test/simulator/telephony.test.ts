import { describe, expect, it } from "vitest";
import type { Body, Send } from "./lab.ts";
import { created, lab, publish } from "./lab.ts";

const edges = "/api/v2/telephony/providers/edges";
const bases = `${edges}/trunkbasesettings`;
const carrier = "external_sip_pcv_byoc_carrier.json";

async function siteOf(admin: Send, managed = false): Promise<Body> {
  const [site] = (await admin("GET", `${edges}/sites?managed=${managed}`)).body.entities;
  if (!site) throw new Error("no site");
  return site;
}

async function newSite(admin: Send, name: string): Promise<string> {
  const emergencyNumber = { number: "+18005550199", type: "default" };
  const location = await created(admin, "/api/v2/locations", { name: `${name} hall`, emergencyNumber });
  return created(admin, `${edges}/sites`, { name, location: { id: location }, mediaModel: "Cloud" });
}

async function newTrunk(admin: Send, name: string, instances: Record<string, unknown> = {}): Promise<Body> {
  const properties = Object.fromEntries(
    Object.entries(instances).map(([key, instance]) => [key, { value: { instance } }]),
  );
  const inboundSite = { id: (await siteOf(admin)).id };
  const answer = await admin("POST", bases, {
    ...{ name, trunkMetabase: { id: carrier }, trunkType: "EXTERNAL" },
    ...{ inboundSite, properties },
  });
  if (answer.status !== 200) throw new Error(answer.text);
  return answer.body;
}

const instanceOf = (trunk: Body, key: string): unknown => {
  const properties = trunk.properties as Record<string, { value: { instance: unknown } }>;
  return properties[key]?.value.instance;
};

describe("what a new organisation has (issue §2, genesys-api §5.1, §5.5)", () => {
  it("a managed site, a default site with plans and a route, managed trunk bases and edge group", async () => {
    const admin = await lab().login("standby", "admin");
    const [managed, own] = [await siteOf(admin, true), await siteOf(admin)];
    expect(managed.name).toBe("PureCloud Voice - AWS");
    expect((await admin("GET", "/api/v2/organizations/me")).body.defaultSiteId).toBe(own.id);
    const plans = JSON.parse((await admin("GET", `${edges}/sites/${own.id}/numberplans`)).text) as Body[];
    expect(plans.map(({ name }) => name)).toEqual([
      ...["Emergency", "Suicide Prevention", "Extension", "National", "International", "Network"],
    ]);
    const routes = (await admin("GET", `${edges}/sites/${own.id}/outboundroutes`)).body.entities;
    expect(routes).toMatchObject([{ name: "Default Outbound Route", distribution: "SEQUENTIAL" }]);
    const trunks = (await admin("GET", bases)).body.entities;
    expect(trunks.every(({ managed: flag }) => flag === true)).toBe(true);
  });

  it("cannot lose its default site, nor change what is managed", async () => {
    const admin = await lab().login("standby", "admin");
    const [managed, own] = [await siteOf(admin, true), await siteOf(admin)];
    expect((await admin("DELETE", `${edges}/sites/${own.id}`)).status).toBe(409);
    const put = await admin("PUT", `${edges}/sites/${managed.id}`, managed);
    expect([put.status, put.body.code]).toEqual([403, "managed.property.not.allowed"]);
    const trunk = (await admin("GET", bases)).body.entities[0];
    expect((await admin("DELETE", `${bases}/${trunk?.id}`)).status).toBe(403);
  });
});

describe("site creation (genesys-api §5.5)", () => {
  it("brings default number plans and a default route, so a second one of that name is refused", async () => {
    const admin = await lab().login("standby", "admin");
    const site = await newSite(admin, "North");
    const body = { name: "Default Outbound Route", classificationTypes: ["Network"] };
    const second = await admin("POST", `${edges}/sites/${site}/outboundroutes`, body);
    expect(second.body.code).toBe("duplicate.value");
  });

  it.each([
    ["no location", {}, "constraint.validation"],
    ["an unknown location", { location: { id: "x" } }, "referenced.key.does.not.exist"],
    [
      "half an update window",
      { location: "own", edgeAutoUpdateConfig: { rrule: "FREQ=DAILY" } },
      "edgeautoupdateconfig.null.or.blank.timezone",
    ],
  ])("is refused with %s", async (_case, body, code) => {
    const admin = await lab().login("standby", "admin");
    const own = (await siteOf(admin)).location;
    const answer = await admin("POST", `${edges}/sites`, {
      name: "N",
      ...body,
      ...("location" in body && body.location === "own" ? { location: own } : {}),
    });
    expect([answer.status, answer.body.code]).toEqual([400, code]);
  });

  it("a site that another object refers to cannot be deleted", async () => {
    const admin = await lab().login("standby", "admin");
    const site = await newSite(admin, "North");
    const body = { name: "T", trunkMetabase: { id: carrier }, trunkType: "EXTERNAL", inboundSite: { id: site } };
    await created(admin, bases, body);
    const answer = await admin("DELETE", `${edges}/sites/${site}`);
    expect([answer.status, answer.body.code]).toEqual([409, "resource.referenced.by.another"]);
  });
});

describe("number plans and routes (genesys-api §5.5)", () => {
  it("a PUT replaces the whole ordered list and keeps the ids of plans that stay", async () => {
    const admin = await lab().login("standby", "admin");
    const site = await newSite(admin, "North");
    const path = `${edges}/sites/${site}/numberplans`;
    const before = JSON.parse((await admin("GET", path)).text) as Body[];
    const own = { name: "Local", matchType: "regex", match: "^7", classification: "Local", priority: 0 };
    const stay = before.filter(({ name }) => name !== "Network");
    const kept = stay.map((plan, at): object => ({ ...plan, priority: at + 1 }));
    const after = JSON.parse((await admin("PUT", path, [own, ...kept])).text) as Body[];
    expect(after.map(({ name }) => name)).toEqual(["Local", ...stay.map(({ name }) => name)]);
    expect(after[1]?.id).toBe(before[0]?.id);
  });

  it.each([
    ["two plans of one name", ["National", "National", "International"], "duplicate.number.plan.name"],
    ["a plan that a route uses missing", ["National"], "number.plan.in.use"],
  ])("refuses %s", async (_case, names, code) => {
    const admin = await lab().login("standby", "admin");
    const path = `${edges}/sites/${await newSite(admin, "North")}/numberplans`;
    const plans = names.map((name) => ({ name, classification: name, matchType: "intraCountryCode" }));
    const answer = await admin("PUT", path, plans);
    expect([answer.status, answer.body.code]).toEqual([400, code]);
  });

  it.each([
    [["National"], "number.plan.type.usage.must.be.unique"],
    [["Moon"], "address.classification.type.does.not.exist"],
  ])("a second route cannot take %j", async (classificationTypes, code) => {
    const admin = await lab().login("standby", "admin");
    const path = `${edges}/sites/${await newSite(admin, "North")}/outboundroutes`;
    expect((await admin("POST", path, { name: "R", classificationTypes })).body.code).toBe(code);
  });

  it("keeps the order of a route's trunks, lists all routes with their site, and blocks the trunk's deletion", async () => {
    const admin = await lab().login("standby", "admin");
    const site = await newSite(admin, "North");
    const trunks = [await newTrunk(admin, "B"), await newTrunk(admin, "A"), await newTrunk(admin, "C")];
    const externalTrunkBases = trunks.map(({ id }) => ({ id }));
    const body = { name: "R", classificationTypes: ["Network"], externalTrunkBases };
    const id = await created(admin, `${edges}/sites/${site}/outboundroutes`, body);
    const all = (await admin("GET", `${edges}/outboundroutes?pageSize=100`)).body.entities;
    const route = all.find((candidate) => candidate.id === id);
    expect(route).toMatchObject({ site: { id: site, name: "North" }, managed: false, externalTrunkBases });
    const refused = await admin("DELETE", `${bases}/${trunks[0]?.id}`);
    expect([refused.status, refused.body.code]).toEqual([400, "delete.referenced.entity"]);
  });
});

describe("trunk base settings (genesys-api §5.1 to §5.3, trunk-properties §3)", () => {
  it("the server fills every property that the body leaves out", async () => {
    const trunk = await newTrunk(await lab().login("standby", "admin"), "Carrier", { trunk_maxDialTimeout: "1m" });
    expect(instanceOf(trunk, "trunk_maxDialTimeout")).toBe("1m");
    expect(instanceOf(trunk, "trunk_label")).toBe("Carrier");
    expect(instanceOf(trunk, "trunk_media_codec")).toEqual(["audio/opus", "audio/pcmu", "audio/pcma"]);
    expect(trunk.site).toMatchObject({ name: "Default Site" });
  });

  it("a PUT puts properties that it omits back to their defaults, unknown ones stay as given", async () => {
    const admin = await lab().login("standby", "admin");
    const trunk = await newTrunk(admin, "Carrier", { trunk_maxDialTimeout: "1m", trunk_custom: "x" });
    expect(instanceOf(trunk, "trunk_custom")).toBe("x");
    const after = (await admin("PUT", `${bases}/${trunk.id}`, { ...trunk, properties: {} })).body;
    expect(instanceOf(after, "trunk_maxDialTimeout")).toBe("2m");
    expect(instanceOf(after, "trunk_custom")).toBeUndefined();
  });

  it.each([
    ["inboundSite missing on BYOC", carrier, "EXTERNAL", false, "general.bad.request"],
    ["inboundSite elsewhere", "external_sip.json", "EXTERNAL", true, "general.bad.request"],
    ["unknown metabase", "nope.json", "EXTERNAL", false, "trunk.metabase.required"],
    ["wrong type", "phone_connections_webrtc.json", "EXTERNAL", false, "validation.error"],
  ])("refuses %s", async (_case, metabase, trunkType, withSite, code) => {
    const admin = await lab().login("standby", "admin");
    const site = withSite ? { inboundSite: { id: (await siteOf(admin)).id } } : {};
    const answer = await admin("POST", bases, { name: "T", trunkMetabase: { id: metabase }, trunkType, ...site });
    expect([answer.status, answer.body.code]).toEqual([400, code]);
  });

  it("never answers the digest password, and keeps it when a PUT brings an empty one (unverified, §6)", async () => {
    const { login, anyone } = lab();
    const admin = await login("standby", "admin");
    const key = "trunk_sip_authentication_credentials_password";
    const trunk = await newTrunk(admin, "Carrier", { [key]: "hunter2" });
    expect(instanceOf(trunk, key)).toBe("");
    const sealed = async () => {
      const state = (await anyone("GET", "/_sim/orgs/standby/state")).body;
      return (state[`${bases}/${trunk.id}`] as Body).secrets;
    };
    const before = await sealed();
    await admin("PUT", `${bases}/${trunk.id}`, trunk);
    expect(await sealed()).toEqual(before);
  });

  it("the template has every property with type and default", async () => {
    const admin = await lab().login("standby", "admin");
    const template = (await admin("GET", `${bases}/template?trunkMetabaseId=${carrier}`)).body;
    const properties = template.properties as Record<string, object>;
    expect(properties.trunk_sip_uuiEncoding).toMatchObject({ type: "string", enum: ["Hex", "Ascii"] });
    expect(properties.trunk_transport_serverProxyList).toMatchObject({ type: "array", required: true });
  });

  it("has a trunk instance whose service state follows trunk_enabled (§5.4)", async () => {
    const admin = await lab().login("standby", "admin");
    const proxies = { trunk_transport_serverProxyList: ["sbc1.example.com", "sbc2.example.com"] };
    const trunk = await newTrunk(admin, "Carrier", { ...proxies, trunk_enabled: false });
    const listed = (await admin("GET", `${edges}/trunks?trunkType=EXTERNAL&trunkBase.id=${trunk.id}`)).body.entities;
    expect(listed).toMatchObject([
      { name: "Carrier", inService: false, proxyAddressList: proxies.trunk_transport_serverProxyList },
    ]);
  });
});

describe("numbers (genesys-api §5.5, §4.3)", () => {
  const pool = { name: "Toll free", startPhoneNumber: "+18005550100", endPhoneNumber: "+18005550104" };

  async function route(admin: Send, body: object): Promise<{ status: number; body: Body }> {
    const job = await publish(admin, "inboundCall:\n  name: Main\n");
    const flow = { id: (job.flow as { id: string }).id };
    return admin("POST", "/api/v2/architect/ivrs", { name: "Main", openHoursFlow: flow, ...body });
  }

  it("a number has to be in a pool and belongs to one IVR", async () => {
    const admin = await lab().login("standby", "admin");
    const outside = await route(admin, { dnis: ["+18005550100"] });
    expect(outside.body).toMatchObject({ status: 400, message: "Field 'didPoolId' is required and cannot be empty" });
    await created(admin, `${edges}/didpools`, pool);
    expect((await route(admin, { dnis: ["+18005550100"] })).status).toBe(200);
    const taken = await route(admin, { name: "Other", dnis: ["+18005550100"] });
    expect([taken.status, taken.body.code]).toEqual([409, "general.conflict"]);
  });

  it("a schedule group needs an open and a closed hours flow", async () => {
    const admin = await lab().login("standby", "admin");
    const group = await created(admin, "/api/v2/architect/schedulegroups", { name: "Hours" });
    expect((await route(admin, { scheduleGroup: { id: group } })).status).toBe(400);
  });

  it("pools do not overlap, and stay while a number is assigned", async () => {
    const admin = await lab().login("standby", "admin");
    const id = await created(admin, `${edges}/didpools`, pool);
    const overlapping = await admin("POST", `${edges}/didpools`, { ...pool, startPhoneNumber: "+18005550103" });
    expect([overlapping.status, overlapping.body.code]).toEqual([409, "general.conflict"]);
    await route(admin, { dnis: ["+18005550101"] });
    expect((await admin("DELETE", `${edges}/didpools/${id}`)).status).toBe(409);
  });

  it("lists each number with its owner", async () => {
    const admin = await lab().login("standby", "admin");
    await created(admin, `${edges}/didpools`, pool);
    const ivr = (await route(admin, { dnis: ["+18005550101"] })).body;
    const numbers = async (type: string) => (await admin("GET", `${edges}/didpools/dids?type=${type}`)).body;
    expect(await numbers("ASSIGNED_AND_UNASSIGNED")).toMatchObject({ total: 5 });
    expect(await numbers("UNASSIGNED")).toMatchObject({ total: 4 });
    const [did] = (await admin("GET", `${edges}/dids?phoneNumber=%2B18005550101`)).body.entities;
    expect(did).toMatchObject({ ownerType: "IVR_CONFIG", owner: { id: ivr.id } });
  });
});
