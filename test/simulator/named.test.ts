import { describe, expect, it } from "vitest";
import { created, lab, publish } from "./lab.ts";

describe("user prompts (genesys-api §3, §4.3)", () => {
  it("have names of letters, digits and underscores, and one resource per language", async () => {
    const admin = await lab().login("standby", "admin");
    const path = "/api/v2/architect/prompts";
    expect((await admin("POST", path, { name: "not ok" })).status).toBe(400);
    const id = await created(admin, path, { name: "hello_1" });
    await admin("POST", `${path}/${id}/resources`, { language: "en-us", ttsString: "Hello" });
    expect((await admin("GET", `${path}/${id}`)).body.resources).toMatchObject([
      { language: "en-us", ttsString: "Hello" },
    ]);
    expect((await admin("DELETE", `${path}/${id}`)).body.code).toBe("architect.prompt.has.resources");
    expect((await admin("DELETE", `${path}/${id}?allResources=true`)).status).toBe(204);
  });

  it("cannot be deleted while a flow plays them", async () => {
    const admin = await lab().login("standby", "admin");
    const id = await created(admin, "/api/v2/architect/prompts", { name: "hello" });
    await publish(admin, "workflow:\n  name: A\n  playAudio: { audio: { prompt: Prompt.hello } }\n");
    const answer = await admin("DELETE", `/api/v2/architect/prompts/${id}`);
    expect(answer.body.code).toBe("architect.dependency.object.in.use");
  });
});

describe("e-mail domains and routes (genesys-api §3, §4.2)", () => {
  it("a domain's id is its name; a route is accepted and pending at first", async () => {
    const { login, clock } = lab({ jobMs: 2000 });
    const admin = await login("standby", "admin");
    const domains = "/api/v2/routing/email/domains";
    expect(await created(admin, domains, { id: "mail.example.com" })).toBe("mail.example.com");
    const routes = `${domains}/mail.example.com/routes`;
    const route = await admin("POST", routes, { pattern: "info", fromName: "Info" });
    expect([route.status, route.body.status]).toEqual([202, "Pending"]);
    clock.pass(2000);
    expect((await admin("GET", `${routes}/${route.body.id}`)).body.status).toBe("Active");
    expect((await admin("POST", routes, { pattern: "info", fromName: "X" })).body.code).toBe(
      "postino.route.pattern.exists",
    );
  });
});

describe("kinds that flows only name (issue §2)", () => {
  it.each([
    ["/api/v2/groups", { name: "A", type: "official", rulesVisible: true, visibility: "public" }],
    ["/api/v2/teams", { name: "A" }],
    ["/api/v2/responsemanagement/libraries", { name: "A" }],
    ["/api/v2/routing/utilization/labels", { name: "A" }],
    ["/api/v2/flows/milestones", { name: "A" }],
    ["/api/v2/knowledge/knowledgebases", { name: "A" }],
    ["/api/v2/taskmanagement/worktypes", { name: "A" }],
    ["/api/v2/outbound/contactlists", { name: "A" }],
    ["/api/v2/architect/emergencygroups", { name: "A" }],
  ])("%s lists, reads, creates and deletes", async (path, body) => {
    const admin = await lab().login("standby", "admin");
    const id = await created(admin, path, body);
    expect((await admin("GET", path)).body.entities).toMatchObject([{ id, name: "A" }]);
    expect((await admin("GET", `${path}/${id}`)).body).toMatchObject({ id, name: "A" });
    expect((await admin("DELETE", `${path}/${id}`)).status).toBeOneOf([200, 204]);
    const left = (await admin("GET", path)).body.entities.filter(({ state }) => state !== "deleted");
    expect(left).toEqual([]);
  });
});

describe("users (genesys-api §3)", () => {
  it("are found by their e-mail in lower case, and leave their queues when deleted", async () => {
    const admin = await lab().login("standby", "admin");
    const home = (await admin("GET", "/api/v2/authorization/divisions/home")).body.id;
    const body = { name: "Ann", email: "Ann@Example.com", divisionId: home };
    const id = await created(admin, "/api/v2/users", body);
    expect((await admin("GET", `/api/v2/users/${id}`)).body.email).toBe("ann@example.com");
    expect((await admin("POST", "/api/v2/users", body)).status).toBe(409);
    const queue = await created(admin, "/api/v2/routing/queues", { name: "Q" });
    await admin("POST", `/api/v2/routing/queues/${queue}/members`, [{ id }]);
    await admin("PATCH", `/api/v2/routing/queues/${queue}/members`, [{ id, joined: false }]);
    const queues = async (query: string) => (await admin("GET", `/api/v2/users/${id}/queues${query}`)).body.entities;
    // "defaults joined=true, so it hides non-joined memberships" (§4.1)
    expect([(await queues("")).length, (await queues("?joined=false")).length]).toEqual([0, 1]);
    await admin("DELETE", `/api/v2/users/${id}`);
    expect((await admin("GET", `/api/v2/routing/queues/${queue}`)).body.memberCount).toBe(0);
  });
});

describe("OAuth clients (genesys-api §4.2, §6)", () => {
  it("show their secret only when created, and are deleted only when inactive", async () => {
    const admin = await lab().login("standby", "admin");
    const path = "/api/v2/oauth/clients";
    const body = { name: "Bot", authorizedGrantType: "CLIENT-CREDENTIALS", roleDivisions: [] };
    const made = (await admin("POST", path, body)).body;
    expect(typeof made.secret).toBe("string");
    const read = (await admin("GET", `${path}/${made.id}`)).body;
    expect(read).not.toHaveProperty("secret");
    expect((await admin("DELETE", `${path}/${made.id}`)).body.code).toBe("cannot.delete.client");
    await admin("PUT", `${path}/${made.id}`, { ...body, state: "inactive" });
    expect((await admin("DELETE", `${path}/${made.id}`)).status).toBe(204);
  });
});
