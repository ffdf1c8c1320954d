import { describe, expect, it } from "vitest";
import { created, lab, publish } from "./lab.ts";

describe("control interface (INTERFACES “Simulator”)", () => {
  it("shows the state by API path, secrets only as digests", async () => {
    const { login, anyone } = lab();
    const admin = await login("primary", "admin");
    const queue = await created(admin, "/api/v2/routing/queues", { name: "Billing" });
    const secret = {
      name: "Login",
      type: { name: "basicAuth" },
      credentialFields: { userName: "u", password: "hunter2" },
    };
    const credential = await created(admin, "/api/v2/integrations/credentials", secret);
    const state = await anyone("GET", "/_sim/orgs/primary/state");
    expect(state.body[`/api/v2/routing/queues/${queue}`]).toMatchObject({ name: "Billing" });
    const stored = state.body[`/api/v2/integrations/credentials/${credential}`];
    expect(stored).toMatchObject({
      credentialFields: { password: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string } },
    });
    expect(state.text).not.toContain("hunter2");
  });

  it("save and restore are exact, and later ids repeat", async () => {
    const { login, anyone } = lab();
    const admin = await login("standby", "admin");
    await created(admin, "/api/v2/routing/queues", { name: "One" });
    const before = (await anyone("GET", "/_sim/orgs/standby/state")).text;
    const { id } = (await anyone("POST", "/_sim/save")).body;
    const second = await created(admin, "/api/v2/routing/queues", { name: "Two" });
    expect((await anyone("GET", "/_sim/orgs/standby/state")).text).not.toBe(before);
    await anyone("POST", `/_sim/restore/${id}`);
    expect((await anyone("GET", "/_sim/orgs/standby/state")).text).toBe(before);
    expect(await created(admin, "/api/v2/routing/queues", { name: "Two" })).toBe(second);
  });

  it("logs who asked what, from a number on", async () => {
    const { login, anyone, simulator } = lab();
    const reader = await login("primary", "client");
    await reader("GET", "/api/v2/routing/skills?pageSize=10");
    const client = simulator.world.orgs.get("primary")?.client.id;
    const lines = JSON.parse((await anyone("GET", "/_sim/log?since=1")).text) as object[];
    expect(lines).toEqual([
      {
        n: 2,
        org: "primary",
        client,
        method: "GET",
        path: "/api/v2/routing/skills",
        query: "pageSize=10",
        status: 200,
      },
    ]);
  });

  it("a fault strikes after so many requests, so many times", async () => {
    const { login, anyone } = lab();
    const reader = await login("primary", "client");
    const faults = [{ org: "primary", method: "GET", path: "/skills$", after: 1, times: 2, action: "status:503" }];
    await anyone("PUT", "/_sim/settings", { faults });
    const statuses = [];
    for (let at = 0; at < 4; at += 1) statuses.push((await reader("GET", "/api/v2/routing/skills")).status);
    expect(statuses).toEqual([200, 503, 503, 200]);
    expect((await reader("GET", "/api/v2/routing/languages")).status).toBe(200);
  });

  it("a token can be made to expire, and a flow job to fail (DESIGN §10, genesys-api §8.1)", async () => {
    const { login, anyone } = lab();
    const admin = await login("primary", "admin");
    const faults = [
      { method: "POST", path: "/flows/jobs$", action: "fail-job" },
      { path: "/organizations/me$", action: "expire-token" },
    ];
    await anyone("PUT", "/_sim/settings", { faults });
    const failed = await publish(admin, "workflow:\n  name: A\n");
    expect(JSON.stringify(failed)).toContain("exit code: 107");
    expect((await publish(admin, "workflow:\n  name: A\n")).status).toBe("Success");
    expect((await admin("GET", "/api/v2/organizations/me")).status).toBe(401);
    expect((await admin("GET", "/api/v2/routing/queues")).status).toBe(401);
  });

  it("a slow answer is an instruction to the transport", async () => {
    const { simulator } = lab();
    simulator.configure({ faults: [{ action: "slow:250" }] });
    const answer = await simulator.handle({ method: "GET", url: "/api/v2/flows", headers: {} });
    expect(answer.fault).toEqual({ kind: "slow", ms: 250 });
  });

  it("a fault can answer anything at all, as a proxy in between would", async () => {
    const { login, anyone } = lab();
    const reader = await login("primary", "client");
    const page = { path: "/queues$", action: "answer", status: 200, contentType: "text/html", body: "<h1>Log in</h1>" };
    const list = { path: "/skills$", action: "answer", body: { entities: [], pageSize: 25 } };
    expect((await anyone("PUT", "/_sim/settings", { faults: [page, list] })).status).toBe(200);
    const html = await reader("GET", "/api/v2/routing/queues");
    expect([html.status, html.headers["Content-Type"], html.text]).toEqual([200, "text/html", "<h1>Log in</h1>"]);
    expect((await reader("GET", "/api/v2/routing/skills")).body).toEqual({ entities: [], pageSize: 25 });
    expect((await reader("GET", "/api/v2/routing/queues")).body.entities).toEqual([]);
    const nonsense = [
      { action: "answer", status: 99 },
      { action: "answer", contentType: 1 },
      { action: "answer", carriedOut: "yes" },
    ];
    for (const fault of nonsense) expect((await anyone("PUT", "/_sim/settings", { faults: [fault] })).status).toBe(400);
  });

  it("a fault can answer wrongly to what it carries out", async () => {
    const { login, anyone } = lab();
    const admin = await login("standby", "admin");
    const lost = { method: "POST", path: "/skills$", action: "answer", body: {}, carriedOut: true };
    await anyone("PUT", "/_sim/settings", { faults: [lost] });
    expect((await admin("POST", "/api/v2/routing/skills", { name: "Lost" })).body).toEqual({});
    expect((await admin("GET", "/api/v2/routing/skills")).body.entities).toMatchObject([{ name: "Lost" }]);
  });

  it("refuses settings that make no sense", async () => {
    const { anyone } = lab();
    expect((await anyone("PUT", "/_sim/settings", { ratePerMinute: -1 })).status).toBe(400);
    expect((await anyone("PUT", "/_sim/settings", { faults: [{ action: "explode" }] })).status).toBe(400);
    const badPath = { faults: [{ path: "(", action: "hang" }] };
    expect((await anyone("PUT", "/_sim/settings", badPath)).status).toBe(400);
  });

  it("stores objects that no API operation creates", async () => {
    const { login, anyone } = lab();
    const made = await anyone("POST", "/_sim/orgs/primary/objects", { kind: "script", name: "Welcome" });
    const reader = await login("primary", "client");
    expect((await reader("GET", String(made.body.path))).body).toMatchObject({ name: "Welcome" });
  });

  it("stores objects as no operation would leave them: deleted, below others, with an id of their own", async () => {
    const { login, anyone } = lab();
    const admin = await login("primary", "admin");
    const objects = "/_sim/orgs/primary/objects";
    const times = { start: "2025-01-06T08:00:00.000", end: "2025-01-06T18:00:00.000" };
    const gone = await anyone("POST", objects, { kind: "schedule", name: "Old", ...times, state: "deleted" });
    expect((await admin("GET", String(gone.body.path))).body).toMatchObject({
      name: "Old",
      state: "deleted",
      version: 1,
    });
    await anyone("POST", objects, { kind: "email-domain", id: "mail.example.com" });
    const route = {
      kind: "email-route",
      parentId: "mail.example.com",
      pattern: "info",
      fromName: "I",
      flow: { id: "nothing" },
    };
    const { path } = (await anyone("POST", objects, route)).body;
    expect((await admin("GET", String(path))).body).toMatchObject({ pattern: "info", flow: { id: "nothing" } });
    for (const body of [{ kind: "constructor", name: "A" }, { kind: "queue" }, {}])
      expect((await anyone("POST", objects, body)).status).toBe(400);
  });

  it("new objects stay unseen for lagMs (genesys-api §1.7)", async () => {
    const { login, clock } = lab({ lagMs: 1000 });
    const admin = await login("primary", "admin");
    const id = await created(admin, "/api/v2/routing/queues", { name: "Late" });
    expect((await admin("GET", `/api/v2/routing/queues/${id}`)).status).toBe(404);
    clock.pass(1000);
    expect((await admin("GET", `/api/v2/routing/queues/${id}`)).status).toBe(200);
  });

  it("objects that a list leaves out are there by their id (genesys-api §1.7)", async () => {
    const { simulator, login } = lab();
    const admin = await login("primary", "admin");
    const id = await created(admin, "/api/v2/routing/queues", { name: "Late" });
    const listed = async () => {
      const { entities } = (await admin("GET", "/api/v2/routing/queues")).body;
      return JSON.stringify(entities);
    };
    expect(await listed()).toContain("Late");
    simulator.configure({ unlisted: [`/api/v2/routing/queues/${id}`] });
    expect(await listed()).not.toContain("Late");
    expect((await admin("GET", `/api/v2/routing/queues/${id}`)).status).toBe(200);
  });

  it("the same seed and requests give the same answers", async () => {
    const run = async () => {
      const admin = await lab().login("primary", "admin");
      await created(admin, "/api/v2/routing/queues", { name: "Billing" });
      return (await admin("GET", "/api/v2/routing/queues")).text;
    };
    expect(await run()).toBe(await run());
  });
});
