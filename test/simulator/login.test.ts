import { describe, expect, it } from "vitest";
import { created, lab } from "./lab.ts";

const form = "grant_type=client_credentials";
const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`,
});

describe("login (genesys-api §9.1)", () => {
  it.each([
    ["unknown client", "nobody", "x", 400],
    ["wrong secret", undefined, "x", 401],
  ])("%s gives error, description and error_description", async (_case, id, secret, status) => {
    const { anyone, simulator } = lab();
    const client = id ?? simulator.world.orgs.get("primary")?.client.id ?? "";
    const answer = await anyone("POST", "/oauth/token", form, basic(client, secret));
    expect(answer.status).toBe(status);
    expect(Object.keys(answer.body).sort()).toEqual(["description", "error", "error_description"]);
  });

  it("gives a bearer token for a day, shorter with tokenSeconds", async () => {
    const { anyone, simulator } = lab();
    const client = simulator.world.orgs.get("primary")?.client ?? { id: "", secret: "" };
    const token = async () => (await anyone("POST", "/oauth/token", form, basic(client.id, client.secret))).body;
    expect(await token()).toMatchObject({ token_type: "bearer", expires_in: 86_400 });
    simulator.configure({ tokenSeconds: 60 });
    expect(await token()).toMatchObject({ expires_in: 60 });
  });

  it("no token, a wrong one and an expired one are 401 with an error body", async () => {
    const { anyone, login, clock } = lab({ tokenSeconds: 300 });
    const reader = await login("primary", "client");
    const path = "/api/v2/routing/queues";
    expect((await anyone("GET", path)).body).toMatchObject({ status: 401, code: "authentication.required" });
    const wrong = await anyone("GET", path, undefined, { authorization: "Bearer x" });
    expect(wrong.body).toMatchObject({ status: 401, code: "bad.credentials" });
    clock.pass(299_000);
    expect((await reader("GET", path)).status).toBe(200);
    clock.pass(1000);
    expect((await reader("GET", path)).body).toMatchObject({ status: 401, code: "bad.credentials" });
  });

  it("tokens/me tells about the token and DELETE ends it", async () => {
    const reader = await lab().login("primary", "client");
    expect((await reader("GET", "/api/v2/tokens/me")).body).toMatchObject({ OAuthClient: { state: "active" } });
    await reader("DELETE", "/api/v2/tokens/me");
    expect((await reader("HEAD", "/api/v2/tokens/me")).status).toBe(401);
  });
});

describe("permissions (genesys-api §1.6, §2)", () => {
  it("the primary's least role reads but does not write, the standby's writes", async () => {
    const { login } = lab();
    const reader = await login("primary", "client");
    const refused = await reader("POST", "/api/v2/routing/queues", { name: "Q" });
    expect(refused.body).toMatchObject({ status: 403, code: "missing.any.permissions" });
    expect(refused.body.message).toContain("routing:queue:add");
    const writer = await login("standby", "client");
    expect((await writer("POST", "/api/v2/routing/queues", { name: "Q" })).status).toBe(200);
  });

  it("subjects/me shows a client its own grants", async () => {
    const reader = await lab().login("primary", "client");
    const grants = (await reader("GET", "/api/v2/authorization/subjects/me")).body.grants as Record<string, object>[];
    expect(grants[0]).toMatchObject({ division: { id: "*" }, role: { name: "Lockstep reader" } });
    expect(JSON.stringify(grants)).toContain('"entityName":"queue"');
  });

  it("lists are silently filtered to the divisions granted, and other divisions are 403", async () => {
    const { login, simulator } = lab();
    const admin = await login("primary", "admin");
    const north = await created(admin, "/api/v2/authorization/divisions", { name: "North", description: "" });
    const inNorth = await created(admin, "/api/v2/routing/queues", { name: "N", division: { id: north } });
    const atHome = await created(admin, "/api/v2/routing/queues", { name: "H" });
    const client = simulator.world.orgs.get("primary")?.client.id ?? "";
    const before = (await admin("GET", `/api/v2/oauth/clients/${client}`)).body;
    const roleDivisions = (before.roleDivisions as object[]).map((pair) => ({ ...pair, divisionId: north }));
    await admin("PUT", `/api/v2/oauth/clients/${client}`, {
      name: before.name,
      authorizedGrantType: before.authorizedGrantType,
      roleDivisions,
    });
    const reader = await login("primary", "client");
    const seen = (await reader("GET", "/api/v2/routing/queues")).body.entities.map(({ id }) => id);
    expect(seen).toEqual([inNorth]);
    const hidden = await reader("GET", `/api/v2/routing/queues/${atHome}`);
    expect([hidden.status, hidden.body.code]).toEqual([403, "missing.division.permission"]);
  });
});

describe("rate limit per token (genesys-api §10)", () => {
  it("counts in headers, refuses with Retry-After, and starts again after a minute", async () => {
    const { login, clock } = lab({ ratePerMinute: 3 });
    const reader = await login("primary", "client");
    const other = await login("primary", "client");
    const ask = async () => reader("GET", "/api/v2/routing/skills");
    expect((await ask()).headers).toMatchObject({ "inin-ratelimit-count": "1", "inin-ratelimit-allowed": "3" });
    await ask();
    clock.pass(20_000);
    await ask();
    const refused = await ask();
    expect(refused.body).toMatchObject({ status: 429, code: "too.many.requests" });
    expect(refused.headers).toMatchObject({ "Retry-After": "40", "inin-ratelimit-reset": "40" });
    expect((await other("GET", "/api/v2/routing/skills")).status).toBe(200);
    clock.pass(40_000);
    expect((await ask()).status).toBe(200);
  });
});

describe("errors (genesys-api §1.6)", () => {
  it("carry the correlation id of the header as contextId", async () => {
    const reader = await lab().login("primary", "client");
    const answer = await reader("GET", "/api/v2/routing/queues/nope");
    expect(answer.body).toMatchObject({ status: 404, contextId: answer.headers["ININ-Correlation-Id"], details: [] });
  });

  it.each([
    ["/api/v2/no/such/thing", "GET", 404],
    ["/api/v2/routing/queues", "PATCH", 405],
  ])("%s %s is %i", async (path, method, status) => {
    const reader = await lab().login("primary", "client");
    expect((await reader(method, path)).status).toBe(status);
  });

  it("a body that is not JSON is 400", async () => {
    const admin = await lab().login("primary", "admin");
    expect((await admin("POST", "/api/v2/routing/queues", "{")).status).toBe(400);
  });
});
