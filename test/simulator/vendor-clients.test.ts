import { describe, expect, it } from "vitest";
import { contactCentre } from "../../src/simulator/centre/index.ts";
import { created, lab, load, publish, type Send } from "./lab.ts";

const edges = "/api/v2/telephony/providers/edges";

describe("what the vendor's own clients ask for when they start", () => {
  it("lists the products of the organisation with a total", async () => {
    const send = await lab().login("standby", "client");
    const { status, body } = await send("GET", "/api/v2/authorization/products");
    expect(status).toBe(200);
    expect(body.entities).toContainEqual({ id: "botFlows" });
    expect(body).toMatchObject({ total: body.entities.length, pageCount: 1 });
  });

  it("names the media regions", async () => {
    const send = await lab().login("standby", "admin");
    const { status, body } = await send("GET", "/api/v2/telephony/mediaregions");
    expect(status).toBe(200);
    expect(body).toMatchObject({ awsHomeRegion: "us-east-1" });
    expect(body["awsCoreRegions"]).toContain("us-east-1");
  });
});

describe("an edge group of the official provider", () => {
  it("needs no tie line: the organisation's own is taken, and kept by an update that names none", async () => {
    const send = await lab().login("standby", "admin");
    const id = await created(send, `${edges}/edgegroups`, { name: "Branch", phoneTrunkBases: [] });
    const { body } = await send("GET", `${edges}/edgegroups/${id}`);
    const { trunkBase } = body["edgeTrunkBaseAssignment"] as { trunkBase: { id: string } };
    const base = await send("GET", `${edges}/trunkbasesettings/${trunkBase.id}`);
    expect(base.body).toMatchObject({ trunkType: "EDGE" });
    const update = { name: "Branch", description: "changed", phoneTrunkBases: [], version: body["version"] };
    const changed = await send("PUT", `${edges}/edgegroups/${id}`, update);
    expect(changed.body).toMatchObject({ description: "changed", edgeTrunkBaseAssignment: { trunkBase } });
  });
});

describe("a group of the official client", () => {
  it("keeps its name when an update does not repeat it", async () => {
    const send = await lab().login("standby", "admin");
    const body = { name: "Night", type: "official", rulesVisible: true, visibility: "public" };
    const id = await created(send, "/api/v2/groups", body);
    const { body: before } = await send("GET", `/api/v2/groups/${id}`);
    const changed = await send("PUT", `/api/v2/groups/${id}`, { version: before["version"], description: "changed" });
    expect(changed.body).toMatchObject({ name: "Night", description: "changed" });
  });
});

describe("the action by which an integration logs in (official provider, integration_custom_auth_action)", () => {
  const path = "/api/v2/integrations";
  const withOwnLogin = async (
    send: Send,
  ): Promise<{ id: string; configure: (credential: string) => Promise<number> }> => {
    const id = await created(send, path, { name: "Tickets", integrationType: { id: "custom-rest-actions" } });
    const configure = async (type: string): Promise<number> => {
      const credentialFields = { userName: "u", password: "p", loginUrl: "https://login.example.com" };
      const credential = await created(send, `${path}/credentials`, {
        name: type,
        type: { name: type },
        credentialFields,
      });
      const { body } = await send("GET", `${path}/${id}/config/current`);
      const config = { ...body, credentials: { basicAuth: { id: credential } } };
      return (await send("PUT", `${path}/${id}/config/current`, config)).status;
    };
    return { id, configure };
  };

  it("has an id made of customAuth_-_ and the integration's id, is hidden unless asked for, and goes with its credential", async () => {
    const send = await lab().login("standby", "admin");
    const { id, configure } = await withOwnLogin(send);
    expect(await configure("userDefinedOAuth")).toBe(200);
    const login = `${path}/actions/customAuth_-_${id}`;
    expect((await send("GET", login)).body).toMatchObject({ id: `customAuth_-_${id}`, integrationId: id, version: 1 });
    const ids = async (query: string): Promise<string[]> =>
      (await send("GET", `${path}/actions?pageSize=100${query}`)).body.entities.map((action) => action.id);
    expect(await ids("")).not.toContain(`customAuth_-_${id}`);
    expect(await ids("&includeAuthActions=true")).toContain(`customAuth_-_${id}`);
    expect(await configure("basicAuth")).toBe(200);
    expect((await send("GET", login)).status).toBe(404);
  });
});

describe("what the official clients send", () => {
  const schedule = { name: "Day", start: "2026-01-05T09:00:00.000000", end: "2026-01-05T17:00:00.123456" };

  it.each([
    ["six fractional digits (Go)", "2026-01-05T09:00:00.000000", "2026-01-05T09:00:00.000"],
    ["more precision than is kept", "2026-01-05T09:00:00.123456", "2026-01-05T09:00:00.123"],
    ["no fraction (Python)", "2026-01-05T09:00:00", "2026-01-05T09:00:00.000"],
    ["no seconds", "2026-01-05T09:00", "2026-01-05T09:00:00.000"],
  ])("takes local times with %s and answers in milliseconds", async (_, start, answered) => {
    const send = await lab().login("standby", "admin");
    const answer = await send("POST", "/api/v2/architect/schedules", { ...schedule, start });
    expect(answer.body).toMatchObject({ start: answered });
    const site = await send("POST", `${edges}/sites`, {
      name: "North",
      location: (await send("GET", "/api/v2/locations")).body.entities[0],
      edgeAutoUpdateConfig: { timeZone: "UTC", rrule: "FREQ=DAILY", start, end: "2026-01-06T00:00:00.000000" },
    });
    expect(site.body["edgeAutoUpdateConfig"]).toMatchObject({ start: answered, end: "2026-01-06T00:00:00.000" });
  });

  it("refuses a local time with a zone", async () => {
    const send = await lab().login("standby", "admin");
    const answer = await send("POST", "/api/v2/architect/schedules", { ...schedule, start: "2026-01-05T09:00:00Z" });
    expect(answer.status).toBe(400);
  });

  it("takes a DID pool with an empty provider, and an update without a version", async () => {
    const send = await lab().login("standby", "admin");
    const pool = { startPhoneNumber: "+13175550100", endPhoneNumber: "+13175550109", provider: "" };
    const made = await send("POST", `${edges}/didpools`, pool);
    expect(made.body).toMatchObject({ provider: "PURE_CLOUD" });
    const changed = await send("PUT", `${edges}/didpools/${made.body.id}`, { ...pool, comments: "changed" });
    expect(changed.body).toMatchObject({ comments: "changed", provider: "PURE_CLOUD", version: 2 });
    const stale = await send("PUT", `${edges}/didpools/${made.body.id}`, { ...pool, version: 1 });
    expect(stale.status).toBe(409);
  });

  it("orders number plans by their place in the list, whatever priority they repeat", async () => {
    const send = await lab().login("standby", "admin");
    const { body } = await send("GET", `${edges}/sites?managed=false`);
    const plans = `${edges}/sites/${body.entities[0]?.id ?? ""}/numberplans`;
    const before = (await send("GET", plans)).body as unknown as { name: string; priority: number }[];
    await send("PUT", plans, [...before].reverse());
    const after = (await send("GET", plans)).body as unknown as { name: string; priority: number }[];
    expect(after.map(({ name }) => name)).toEqual(before.map(({ name }) => name).reverse());
    expect(after.map(({ priority }) => priority)).toEqual(after.map((_, at) => at + 1));
  });

  it("keeps the order of a route's classifications, whatever order the lists come in", async () => {
    const classificationTypes = ["National", "Emergency", "International"];
    for (const shuffleSeed of [1, 2, 3, 4, 5]) {
      const send = await lab({ shuffleSeed }).login("standby", "admin");
      const { body } = await send("GET", `${edges}/sites?managed=false`);
      const plans = `${edges}/sites/${body.entities[0]?.id ?? ""}/outboundroutes`;
      const [route] = (await send("GET", plans)).body.entities;
      const update = { ...route, name: "Out", classificationTypes, externalTrunkBases: [] };
      const answer = route ? await send("PUT", `${plans}/${route.id}`, update) : await send("POST", plans, update);
      expect(answer.body).toMatchObject({ classificationTypes });
    }
  });

  it("gives a new queue no alert tones, libraries or direct routing unless they are given", async () => {
    const send = await lab().login("standby", "admin");
    const { body } = await send("POST", "/api/v2/routing/queues", { name: "Plain" });
    expect(body).not.toHaveProperty("cannedResponseLibraries");
    expect(body).not.toHaveProperty("directRouting");
    expect(JSON.stringify(body["mediaSettings"])).not.toContain("AlertTone");
    const given = {
      name: "Full",
      mediaSettings: { call: { manualAnswerAlertToneSeconds: 3 } },
      cannedResponseLibraries: { mode: "None" },
      directRouting: { waitForAgent: true },
    };
    expect((await send("POST", "/api/v2/routing/queues", given)).body).toMatchObject(given);
  });

  it("answers a role's general permissions apart from its policies", async () => {
    const send = await lab().login("standby", "admin");
    const policy = { domain: "routing", entityName: "queue", actionSet: ["view"] };
    const role = { name: "Reader", permissions: ["group_creation"], permissionPolicies: [policy] };
    const id = await created(send, "/api/v2/authorization/roles", role);
    expect((await send("GET", `/api/v2/authorization/roles/${id}`)).body).toMatchObject(role);
    const bare = await created(send, "/api/v2/authorization/roles", { name: "Bare", permissionPolicies: [policy] });
    expect((await send("GET", `/api/v2/authorization/roles/${bare}`)).body["permissions"]).toEqual([]);
  });
});

describe("names that JavaScript's own objects have", () => {
  it.each(["constructor", "__proto__", "toString", "hasOwnProperty"])(
    "are names like others in a flow: %s",
    async (name) => {
      const send = await lab().login("standby", "admin");
      const yaml = [
        "workflow:",
        "  name: Flow",
        "  a: { dataTableLookup: { dataTable: { " + name + ": { foundOutputs: {} } } } }",
        `  b: { targetQueue: { lit: { name: ${name} } } }`,
        `  ${name}: { value: { lit: 1 } }`,
      ].join("\n");
      const refused = await publish(send, yaml);
      expect(refused["status"]).toBe("Failure");
      expect(JSON.stringify(refused["messages"])).toContain(`data table '${name}'`);
      expect(JSON.stringify(refused["messages"])).toContain(`queue '${name}'`);
      const schema = { type: "object", properties: { key: { type: "string" } }, required: ["key"] };
      await created(send, "/api/v2/flows/datatables", { name, schema });
      await created(send, "/api/v2/routing/queues", { name });
      expect((await publish(send, yaml))["status"]).toBe("Success");
    },
  );

  it.each(["constructor", "__proto__"])("are names like others of a table's column: %s", async (name) => {
    const send = await lab().login("standby", "admin");
    const schema = `{"type":"object","properties":{"key":{"type":"string"},"${name}":{"type":"string"}},"required":["key"]}`;
    const id = await created(send, "/api/v2/flows/datatables", `{"name":"Table","schema":${schema}}`);
    const rows = `/api/v2/flows/datatables/${id}/rows`;
    expect((await send("POST", rows, `{"key":"a","${name}":"x"}`)).status).toBe(200);
    const row = (await send("GET", `${rows}/a?showbrief=false`)).text;
    expect(row).toContain(`"${name}":"x"`);
    expect((await send("POST", rows, `{"key":"b","valueOf":"x"}`)).status).toBe(400);
  });
});

describe("the details that the official provider asks for", () => {
  const person = async (send: Send): Promise<string> => {
    const { id: divisionId } = (await send("GET", "/api/v2/authorization/divisions/home")).body;
    return created(send, "/api/v2/users", { name: "Anna Agent", email: "anna@example.com", divisionId });
  };

  it.each([
    ["skills", "routingskills", "/api/v2/routing/skills", "skillUri"],
    ["languages", "routinglanguages", "/api/v2/routing/languages", "languageUri"],
  ])("lists a user's %s with their rating", async (_, list, kind, uri) => {
    const send = await lab().login("standby", "admin");
    const [user, id] = [await person(send), await created(send, kind, { name: "French" })];
    const path = `/api/v2/users/${user}/${list}`;
    expect((await send("GET", path)).body).toMatchObject({ entities: [], total: 0 });
    expect((await send("PATCH", `${path}/bulk`, [{ id, proficiency: 4 }])).status).toBe(200);
    const rated = { id, name: "French", proficiency: 4, state: "active", [uri]: `${kind}/${id}` };
    expect((await send("GET", path)).body).toMatchObject({ entities: [rated], total: 1, pageCount: 1 });
    expect((await send("PATCH", `${path}/bulk`, [{ id, proficiency: 6 }])).status).toBe(400);
    expect((await send("DELETE", `${path}/${id}`)).status).toBeLessThan(300);
    expect((await send("GET", path)).body.entities).toEqual([]);
  });

  it("tells a user's utilization and voicemail policy, and 404 for nobody", async () => {
    const send = await lab().login("standby", "admin");
    const id = await person(send);
    expect((await send("GET", `/api/v2/routing/users/${id}/utilization`)).body).toMatchObject({
      level: "Organization",
    });
    expect((await send("GET", `/api/v2/voicemail/userpolicies/${id}`)).body).toMatchObject({ enabled: true });
    expect((await send("GET", "/api/v2/voicemail/userpolicies/nobody")).status).toBe(404);
  });

  it("lists the members of a team page by page", async () => {
    const send = await lab().login("standby", "admin");
    const team = await created(send, "/api/v2/teams", { name: "Night" });
    const path = `/api/v2/teams/${team}/members`;
    const id = await person(send);
    const added = await send("POST", path, { memberIds: [id, "nobody"] });
    expect(added.body["failures"]).toMatchObject([{ id: "nobody" }]);
    expect((await send("GET", path)).body.entities).toMatchObject([{ id, name: "Anna Agent" }]);
    expect((await send("DELETE", `${path}?id=${id}`)).status).toBe(204);
    expect((await send("GET", path)).body.entities).toEqual([]);
  });

  it("lists the individuals of a group and the divisions of a skill group's members", async () => {
    const send = await lab().login("standby", "admin");
    const body = { name: "Night", type: "official", rulesVisible: true, visibility: "public" };
    const group = await created(send, "/api/v2/groups", body);
    const id = await person(send);
    await send("POST", `/api/v2/groups/${group}/members`, { memberIds: [id], version: 1 });
    expect((await send("GET", `/api/v2/groups/${group}/individuals`)).body.entities).toMatchObject([{ id }]);
    const skills = await created(send, "/api/v2/routing/skillgroups", { name: "French", skillConditions: [] });
    expect((await send("GET", `/api/v2/routing/skillgroups/${skills}/members/divisions`)).body.entities).toHaveLength(
      1,
    );
  });

  it("lists permissions by domain, and what a person is granted", async () => {
    const send = await lab().login("standby", "admin");
    const { body } = await send("GET", "/api/v2/authorization/permissions?pageSize=100");
    const routing = body.entities.find((entry) => entry.id === "routing");
    expect(routing).toMatchObject({ domain: "routing", permissionMap: { queue: expect.anything() as unknown } });
    expect(body["total"]).toBe(body.entities.length);
    const id = await person(send);
    expect((await send("GET", `/api/v2/authorization/subjects/${id}`)).body).toMatchObject({ id, grants: [] });
  });

  it("lists scripts that are published apart from the others", async () => {
    const { anyone, login } = lab();
    const send = await login("standby", "admin");
    const script = (more: object): Promise<unknown> =>
      anyone("POST", "/_sim/orgs/standby/objects", { kind: "script", ...more });
    await script({ name: "Draft" });
    await script({ id: "live", name: "Live", publishedDate: "2026-01-01T00:00:00.000Z" });
    expect((await send("GET", "/api/v2/scripts")).body.entities).toHaveLength(2);
    expect((await send("GET", "/api/v2/scripts/published")).body.entities).toMatchObject([{ name: "Live" }]);
    expect((await send("GET", "/api/v2/scripts/published/live")).body).toMatchObject({ name: "Live" });
  });

  it.each([
    ["users", "anna@example.com", "email"],
    ["groups", "Night", "name"],
    ["locations", "Annex", "name"],
  ])("finds %s by a search", async (kind, value, field) => {
    const send = await lab().login("standby", "admin");
    await person(send);
    await created(send, "/api/v2/groups", {
      name: "Night",
      type: "official",
      rulesVisible: true,
      visibility: "public",
    });
    await created(send, "/api/v2/locations", { name: "Annex" });
    const search = (query: object): ReturnType<Send> => send("POST", `/api/v2/${kind}/search`, { query: [query] });
    const { body } = await search({ type: "EXACT", fields: [field], value: value.toUpperCase() });
    expect(body).toMatchObject({ total: 1, pageCount: 1, types: [kind], results: [{ [field]: value }] });
    expect((await search({ type: "EXACT", fields: [field], value: "nothing" })).body).toMatchObject({ results: [] });
  });
});

describe("the notes of a location (official provider, updateLocation)", () => {
  it.each([
    [null, 200, "old"],
    ["", 400, "old"],
    [" ", 200, " "],
  ])("after a change to %j", async (notes, status, left) => {
    const send = await lab().login("standby", "admin");
    const id = await created(send, "/api/v2/locations", { name: "Annex", notes: "old" });
    const change = { name: "Annex", version: 1, notes };
    expect((await send("PATCH", `/api/v2/locations/${id}`, change)).status).toBe(status);
    expect((await send("GET", `/api/v2/locations/${id}`)).body).toMatchObject({ notes: left });
  });
});

describe("a seeded organisation", () => {
  const seeded = async (): Promise<Send> => {
    const place = lab();
    await load(place, "primary", contactCentre({ seed: 1, size: "S" }));
    return place.login("primary", "admin");
  };

  it("has every messaging address that a queue names", async () => {
    const send = await seeded();
    const recipients = (await send("GET", "/api/v2/routing/message/recipients?pageSize=100")).body.entities;
    const { entities } = (await send("GET", "/api/v2/routing/queues?pageSize=500")).body;
    const named = entities.flatMap((queue) =>
      Object.values((queue["outboundMessagingAddresses"] ?? {}) as Readonly<Record<string, { id: string }>>),
    );
    expect(named).toHaveLength(3);
    for (const address of named) expect(recipients.map(({ id }) => id)).toContain(address.id);
  });

  it("has locations and e-mail routes with everything that the official provider plans with", async () => {
    const send = await seeded();
    for (const { address, notes } of (await send("GET", "/api/v2/locations?pageSize=100")).body.entities) {
      expect(Object.keys(address as object)).toEqual(expect.arrayContaining(["street1", "city", "country", "zipcode"]));
      expect(notes).not.toBe("");
    }
    const [domain] = (await send("GET", "/api/v2/routing/email/domains")).body.entities;
    const routes = (await send("GET", `/api/v2/routing/email/domains/${domain?.id ?? ""}/routes`)).body.entities;
    expect(routes).not.toHaveLength(0);
    for (const route of routes) expect(route).toMatchObject({ historyInclusion: "Optional" });
  });
});
