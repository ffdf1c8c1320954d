import { describe, expect, it } from "vitest";
import type { Send } from "./lab.ts";
import { created, lab } from "./lab.ts";

const times = { start: "2026-01-01T09:00:00.000", end: "2026-01-01T17:00:00.000" };
const edges = "/api/v2/telephony/providers/edges";

const versioned: readonly (readonly [string, object, number, string])[] = [
  ["/api/v2/architect/schedules", { name: "Day", ...times }, 409, "general.conflict"],
  ["/api/v2/architect/schedulegroups", { name: "Hours" }, 409, "general.conflict"],
  ["/api/v2/architect/emergencygroups", { name: "Storm" }, 409, "general.conflict"],
  [
    `${edges}/didpools`,
    { name: "Toll free", startPhoneNumber: "+18005550100", endPhoneNumber: "+18005550109" },
    409,
    "general.conflict",
  ],
  [
    `${edges}/trunkbasesettings`,
    { name: "Desk", trunkMetabase: { id: "phone_connections_webrtc.json" }, trunkType: "PHONE" },
    400,
    "bad.request",
  ],
];

describe("version and conflicts (genesys-api §1.4)", () => {
  it.each(versioned)("%s: a stale version is %i", async (path, body, status, code) => {
    const admin = await lab().login("primary", "admin");
    const one = (await admin("POST", path, body)).body;
    const changed = await admin("PUT", `${path}/${one.id}`, { ...one, description: "new" });
    expect(changed.body).toMatchObject({ version: 2, description: "new", state: "active" });
    const stale = await admin("PUT", `${path}/${one.id}`, { ...one, description: "old" });
    expect([stale.status, stale.body.code]).toEqual([status, code]);
    expect(stale.body.message).toContain("does not match the current version");
  });

  it("an outbound route is replaced without a version too", async () => {
    const admin = await lab().login("primary", "admin");
    const site = (await admin("GET", `${edges}/sites?managed=false`)).body.entities[0]?.id ?? "";
    const path = `${edges}/sites/${site}/outboundroutes`;
    const route = (await admin("GET", path)).body.entities[0];
    const { version: _version, ...rest } = route ?? { version: 0 };
    const body = { ...rest, name: "Renamed" };
    expect((await admin("PUT", `${path}/${route?.id}`, body)).body.name).toBe("Renamed");
    expect((await admin("PUT", `${path}/${route?.id}`, { ...body, version: 1 })).status).toBe(409);
  });

  it("locations are patched with their version, organizations/me is replaced with its own", async () => {
    const admin = await lab().login("primary", "admin");
    const place = (await admin("POST", "/api/v2/locations", { name: "Hall" })).body;
    const patch = async (version: number) =>
      admin("PATCH", `/api/v2/locations/${place.id}`, { name: "Hall", notes: "x", version });
    expect([(await patch(1)).status, (await patch(1)).status]).toEqual([200, 409]);
    const me = (await admin("GET", "/api/v2/organizations/me")).body;
    const change = { name: "New", thirdPartyURI: "https://example.com", supportURI: "https://help.example.com" };
    expect((await admin("PUT", "/api/v2/organizations/me", { ...me, ...change })).body).toMatchObject(change);
    expect((await admin("PUT", "/api/v2/organizations/me", me)).status).toBe(409);
  });
});

const unique: readonly (readonly [string, object, number, string])[] = [
  ["/api/v2/authorization/divisions", { name: "A", description: "" }, 409, "resource.already.exists"],
  ["/api/v2/routing/queues", { name: "A" }, 400, "duplicate.name"],
  ["/api/v2/routing/wrapupcodes", { name: "A" }, 400, "duplicate.name"],
  ["/api/v2/routing/skills", { name: "A" }, 409, "general.conflict"],
  ["/api/v2/routing/skillgroups", { name: "A", skillConditions: [] }, 400, "group.name.in.use"],
  ["/api/v2/architect/prompts", { name: "A" }, 409, "architect.prompt.already.exists"],
  ["/api/v2/flows", { name: "A", type: "INBOUNDCALL" }, 409, "architect.flow.already.exists"],
  ["/api/v2/flows/milestones", { name: "A" }, 409, "architect.flow.milestone.already.exists"],
  [versioned[4]?.[0] ?? "", versioned[4]?.[1] ?? {}, 400, "duplicate.value"],
];

describe("uniqueness by kind (genesys-api §3)", () => {
  it.each(unique)("%s: a second one is refused", async (path, body, status, code) => {
    const admin = await lab().login("primary", "admin");
    await created(admin, path, body);
    const second = await admin("POST", path, body);
    expect([second.status, second.body.code]).toEqual([status, code]);
  });

  it("the same name is free in the other organisation, under another id", async () => {
    const { login } = lab();
    const make = async (org: string) => created(await login(org, "admin"), "/api/v2/routing/queues", { name: "A" });
    expect(await make("primary")).not.toBe(await make("standby"));
  });
});

describe("delete semantics (genesys-api §1.5)", () => {
  it.each([
    ["/api/v2/architect/schedules", { name: "Day", ...times }],
    ["/api/v2/routing/skills", { name: "German" }],
    ["/api/v2/routing/languages", { name: "German" }],
    [`${edges}/didpools`, { name: "Toll free", startPhoneNumber: "+18005550100", endPhoneNumber: "+18005550109" }],
  ])("%s: the row stays readable with state deleted, and its name is free", async (path, body) => {
    const admin = await lab().login("primary", "admin");
    const id = await created(admin, path, body);
    expect((await admin("DELETE", `${path}/${id}`)).status).toBeOneOf([200, 204]);
    expect((await admin("GET", `${path}/${id}`)).body.state).toBe("deleted");
    expect((await admin("DELETE", `${path}/${id}`)).status).toBe(404);
    expect(await created(admin, path, body)).not.toBe(id);
  });

  it("a queue is gone", async () => {
    const admin = await lab().login("primary", "admin");
    const id = await created(admin, "/api/v2/routing/queues", { name: "Q" });
    await admin("DELETE", `/api/v2/routing/queues/${id}`);
    expect((await admin("GET", `/api/v2/routing/queues/${id}`)).status).toBe(404);
  });

  it("a division with objects, and Home, stay (§4.2)", async () => {
    const admin = await lab().login("primary", "admin");
    const north = await created(admin, "/api/v2/authorization/divisions", { name: "North", description: "" });
    await created(admin, "/api/v2/routing/queues", { name: "Q", division: { id: north } });
    const home = (await admin("GET", "/api/v2/authorization/divisions/home")).body.id;
    for (const id of [north, home]) {
      const answer = await admin("DELETE", `/api/v2/authorization/divisions/${id}`);
      expect([answer.status, answer.body.code]).toEqual([400, "precondition.failure"]);
    }
  });

  it("a deleted division comes back by restore", async () => {
    const admin = await lab().login("primary", "admin");
    const path = "/api/v2/authorization/divisions";
    const id = await created(admin, path, { name: "North", description: "cold" });
    await admin("DELETE", `${path}/${id}`);
    expect((await admin("GET", `${path}/deleted`)).body.entities).toMatchObject([{ id }]);
    await admin("POST", `${path}/${id}/restore`, { name: "North", description: "cold" });
    expect((await admin("GET", `${path}/${id}`)).body).toMatchObject({ name: "North", description: "cold" });
  });
});

describe("schedules in use (genesys-api §4.3)", () => {
  async function hours(admin: Send): Promise<{ day: string; group: string }> {
    const day = await created(admin, "/api/v2/architect/schedules", { name: "Day", ...times });
    const body = { name: "Hours", timeZone: "Europe/Berlin", openSchedules: [{ id: day }] };
    return { day, group: await created(admin, "/api/v2/architect/schedulegroups", body) };
  }

  it("a schedule in a group cannot be deleted", async () => {
    const admin = await lab().login("primary", "admin");
    const { day, group } = await hours(admin);
    const refused = await admin("DELETE", `/api/v2/architect/schedules/${day}`);
    expect([refused.status, refused.body.code]).toEqual([409, "general.conflict"]);
    await admin("DELETE", `/api/v2/architect/schedulegroups/${group}`);
    expect((await admin("DELETE", `/api/v2/architect/schedules/${day}`)).status).toBe(200);
  });

  it("start and end are local times without a zone", async () => {
    const admin = await lab().login("primary", "admin");
    const body = { name: "Day", ...times, start: "2026-01-01T09:00:00Z" };
    expect((await admin("POST", "/api/v2/architect/schedules", body)).status).toBe(400);
  });
});

describe("kinds without an update (genesys-api §4.2)", () => {
  it.each([
    ["PUT", "/api/v2/routing/languages", { name: "German" }],
    ["PUT", "/api/v2/routing/skills", { name: "German" }],
  ])("%s on %s is 405", async (method, path, body) => {
    const admin = await lab().login("primary", "admin");
    const id = await created(admin, path, body);
    expect((await admin(method, `${path}/${id}`, body)).status).toBe(405);
  });

  it("an outcome has no DELETE and keeps an empty description as a space (§1.3, §1.5)", async () => {
    const admin = await lab().login("primary", "admin");
    const one = (await admin("POST", "/api/v2/flows/outcomes", { name: "Sold", description: "" })).body;
    expect(one.description).toBe(" ");
    expect((await admin("DELETE", `/api/v2/flows/outcomes/${one.id}`)).status).toBe(405);
  });
});
