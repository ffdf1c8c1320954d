import { describe, expect, it } from "vitest";
import type { Body, Lab, Response, Send } from "./lab.ts";
import { created, lab, publish } from "./lab.ts";

const url = "/api/v2/audits/query/realtime";
const yaml = (task: string): string => `inboundCall:
  name: Main
  defaultLanguage: en-us
  startUpRef: ./tasks/task[${task}]
  tasks:
    - task:
        name: ${task}
        refId: ${task}
        actions:
          - disconnect:
              name: Bye
`;

/** Everything that the log has of the last hour before the laboratory's clock, oldest first. */
async function ask(lab: Lab, send: Send, query: object = {}): Promise<Response> {
  const interval = [-3_600_000, 1000].map((ms) => new Date(lab.clock.now() + ms).toISOString()).join("/");
  const sort = [{ name: "Timestamp", sortOrder: "ascending" }];
  return send("POST", url, { interval, sort, pageSize: 500, ...query });
}

async function told(lab: Lab, send: Send, query: object = {}): Promise<string[]> {
  const { entities } = (await ask(lab, send, query)).body;
  return entities.map(({ serviceName, entityType, action, entity }) => {
    const { id, name = id } = entity as { id: string; name?: string };
    return `${String(serviceName)}/${String(entityType)} ${String(action)} ${name}`;
  });
}

describe("audit log (genesys-api §14.2, definition AuditLogMessage)", () => {
  it("tells who changed which property of what, and when, to the second", async () => {
    const world = lab();
    const admin = await world.login("primary", "admin");
    const id = await created(admin, "/api/v2/routing/queues", { name: "Billing" });
    world.clock.pass(1500);
    await admin("PUT", `/api/v2/routing/queues/${id}`, { name: "Billing", description: "Invoices" });
    const { body, status } = await ask(world, admin, { serviceName: "ContactCenter" });
    expect([status, body.total, body.pageCount, body.pageNumber, body.pageSize]).toEqual([200, 2, 1, 1, 500]);
    const clientId = world.simulator.world.orgs.get("primary")?.admin.id;
    expect(body.entities[0]).toMatchObject({ action: "Create", eventDate: "2026-01-05T10:00:00Z" });
    expect(body.entities[1]).toMatchObject({
      ...{ serviceName: "ContactCenter", entityType: "Queue", action: "Update", status: "SUCCESS", level: "USER" },
      ...{ eventDate: "2026-01-05T10:00:01Z", entity: { id, name: "Billing" } },
      ...{ user: { id: clientId }, client: { id: clientId }, remoteIp: ["127.0.0.1"] },
      propertyChanges: expect.arrayContaining([
        { property: "description", oldValues: [], newValues: ["Invoices"] },
      ]) as unknown,
    });
  });

  it("tells members and wrap-up codes as changes of their queue", async () => {
    const world = lab();
    const admin = await world.login("primary", "admin");
    const queue = await created(admin, "/api/v2/routing/queues", { name: "Billing" });
    const home = (await admin("GET", "/api/v2/authorization/divisions/home")).body.id;
    const ann = { name: "Ann", email: "ann@example.com", divisionId: home };
    const user = await created(admin, "/api/v2/users", ann);
    const code = await created(admin, "/api/v2/routing/wrapupcodes", { name: "Paid", division: { id: "*" } });
    world.clock.pass(7_200_000);
    const members = `/api/v2/routing/queues/${queue}/members`;
    await admin("POST", members, [{ id: user }]);
    await admin("PATCH", members, [{ id: user, joined: false }]);
    await admin("POST", `${members}?delete=true`, [{ id: user }]);
    await admin("POST", `/api/v2/routing/queues/${queue}/wrapupcodes`, [{ id: code }]);
    await admin("DELETE", `/api/v2/routing/queues/${queue}/wrapupcodes/${code}`);
    const actions = ["MemberAdd", "MemberUpdate", "MemberRemove", "WrapupCodeAdd", "WrapupCodeRemove"];
    expect(await told(world, admin)).toEqual(actions.map((action) => `ContactCenter/Queue ${action} Billing`));
    const filters = [
      { property: "EntityType", value: "Queue" },
      { property: "Action", value: "MemberUpdate" },
    ];
    expect((await ask(world, admin, { filters })).body.entities).toMatchObject([
      {
        entity: { id: queue },
        propertyChanges: [
          { property: `QueueMember/${queue}:${user}:joined`, oldValues: ["true"], newValues: ["false"] },
        ],
      },
    ]);
  });

  it("tells what happens to a flow, by a job as by an action", async () => {
    const world = lab();
    const admin = await world.login("primary", "admin");
    const job = await publish(admin, yaml("First"));
    const { id } = job.flow as Body;
    await admin("POST", `/api/v2/flows/actions/checkout?flow=${id}`);
    await admin("POST", `/api/v2/flows/actions/checkin?flow=${id}`);
    await publish(admin, yaml("Second"));
    await admin("DELETE", `/api/v2/flows/${id}`);
    const of = (...actions: string[]): string[] => actions.map((action) => `Architect/Flow ${action} Main`);
    const published = of("Save", "Checkin", "Publish");
    expect(await told(world, admin, { serviceName: "Architect" })).toEqual([
      ...of("Create"),
      ...published,
      ...of("Checkout", "Checkin"),
      ...published,
      ...of("Delete"),
    ]);
    const clientId = world.simulator.world.orgs.get("primary")?.admin.id;
    const filters = [{ property: "ClientId", value: clientId }];
    expect((await ask(world, admin, { serviceName: "Architect", filters })).body.total).toBe(10);
  });

  it("pages by number, the latest first unless it is told otherwise", async () => {
    const world = lab();
    const admin = await world.login("primary", "admin");
    for (const name of ["One", "Two", "Three"]) await created(admin, "/api/v2/routing/queues", { name });
    const page = async (pageNumber: number): Promise<unknown[]> => {
      const { body } = await ask(world, admin, { sort: [], pageSize: 2, pageNumber });
      return [body.total, body.pageCount, ...body.entities.map(({ entity }) => (entity as Body).name)];
    };
    expect(await page(1)).toEqual([3, 2, "Three", "Two"]);
    expect(await page(2)).toEqual([3, 2, "One"]);
    expect(await page(3)).toEqual([3, 2]);
  });

  it("holds 14 days and is silent about what is older", async () => {
    const world = lab();
    const admin = await world.login("primary", "admin");
    await created(admin, "/api/v2/routing/queues", { name: "Old" });
    const interval = "2026-01-05T09:00:00Z/2026-01-05T11:00:00";
    expect(await told(world, admin, { interval })).toHaveLength(1);
    world.clock.pass(14 * 86_400_000 + 1000);
    const later = await world.login("primary", "admin");
    expect((await ask(world, later, { interval })).body).toMatchObject({ total: 0, entities: [] });
    await created(later, "/api/v2/routing/queues", { name: "New" });
    expect(world.simulator.world.orgs.get("primary")?.state.audits).toHaveLength(1);
  });

  it.each([
    [{ interval: undefined }, "constraint.validation"],
    [{ interval: "yesterday/today" }, "invalid.date"],
    [{ interval: "2026-01-05T10:00:00Z" }, "invalid.date"],
    [{ interval: "2026-01-05T11:00:00Z/2026-01-05T10:00:00Z" }, "bad.request"],
    [{ serviceName: "contactcenter" }, "invalid.value"],
    [{ filters: [{ property: "Name", value: "x" }] }, "invalid.value"],
    [{ filters: [{ property: "EntityType" }] }, "constraint.validation"],
    [{ filters: [{ property: "EntityId", value: "x" }] }, "bad.request"],
    [{ sort: [{ name: "Name", sortOrder: "ascending" }] }, "invalid.value"],
    [{ sort: [{ name: "Timestamp", sortOrder: "asc" }] }, "invalid.value"],
    [{ pageSize: 501 }, "invalid.value"],
    [{ pageNumber: 0 }, "invalid.value"],
  ])("refuses %j with %s", async (query, code) => {
    const world = lab();
    const reader = await world.login("primary", "client");
    const answer = await ask(world, reader, query);
    expect([answer.status, answer.body.code]).toEqual([400, code]);
  });

  it("is for clients that may see it, and only the user can be expanded", async () => {
    const world = lab();
    const admin = await world.login("primary", "admin");
    const reader = await world.login("primary", "client");
    const interval = "2026-01-05T09:00:00Z/2026-01-05T11:00:00Z";
    expect((await reader("POST", `${url}?expand=user`, { interval })).status).toBe(200);
    expect((await reader("POST", `${url}?expand=client`, { interval })).body.code).toBe("invalid.query.param.value");
    const state = world.simulator.world.orgs.get("primary");
    await admin("POST", `/api/v2/authorization/subjects/${state?.client.id ?? ""}/bulkreplace`, { grants: [] });
    expect((await reader("POST", url, { interval })).status).toBe(403);
  });

  it("gives all messages of one request", async () => {
    const world = lab();
    const admin = await world.login("primary", "admin");
    const reader = await world.login("primary", "client");
    await created(admin, "/api/v2/routing/queues", { name: "Before" });
    await publish(admin, yaml("First"));
    const [message] = (await ask(world, admin, { serviceName: "Architect" })).body.entities;
    const sort = [{ name: "Timestamp", sortOrder: "ascending" }];
    const { entities } = (await reader("POST", `${url}/related`, { auditId: message?.id, sort })).body;
    expect(entities.map(({ action }) => action)).toEqual(["Create", "Save", "Checkin", "Publish"]);
    expect((await reader("POST", `${url}/related`, { auditId: "x" })).status).toBe(404);
    expect((await reader("POST", `${url}/related`, {})).status).toBe(400);
  });

  it("runs longer queries as jobs whose results have a cursor", async () => {
    const world = lab({ jobMs: 1000 });
    const admin = await world.login("primary", "admin");
    const reader = await world.login("primary", "client");
    for (const name of ["One", "Two", "Three"]) await created(admin, "/api/v2/routing/queues", { name });
    const query = {
      interval: "2026-01-01T00:00:00Z/2026-01-06T00:00:00Z",
      serviceName: "ContactCenter",
      filters: [{ property: "EntityType", value: "Queue" }],
      sort: [{ name: "Timestamp", sortOrder: "ascending" }],
    };
    const started = await reader("POST", "/api/v2/audits/query", query);
    expect([started.status, started.body.state]).toEqual([202, "Queued"]);
    const job = `/api/v2/audits/query/${started.body.id}`;
    expect(await reader("GET", job)).toMatchObject({ status: 202, body: { state: "Running" } });
    expect((await reader("GET", `${job}/results`)).status).toBe(409);
    world.clock.pass(1000);
    expect(await reader("GET", job)).toMatchObject({ status: 200, body: { state: "Succeeded", ...query } });
    const names = ({ entities }: Body): unknown[] => entities.map(({ entity }) => (entity as Body).name);
    const first = (await reader("GET", `${job}/results?pageSize=2&expand=user`)).body;
    const second = (await reader("GET", `${job}/results?pageSize=2&cursor=${String(first.cursor)}`)).body;
    expect([names(first), names(second), second.cursor]).toEqual([["One", "Two"], ["Three"], undefined]);
    expect((await reader("GET", `${job}/results?cursor=x`)).status).toBe(400);
    expect((await reader("GET", `${job}x`)).status).toBe(404);
    const month = { interval: "2026-01-01T00:00:00Z/2026-02-01T00:00:00Z" };
    expect((await reader("POST", "/api/v2/audits/query", month)).status).toBe(400);
  });

  it("maps services to entity types and actions", async () => {
    const world = lab();
    const reader = await world.login("primary", "client");
    for (const path of ["/api/v2/audits/query/servicemapping", `${url}/servicemapping`]) {
      const services = (await reader("GET", path)).body.services as Body[];
      const service = services.find(({ name }) => name === "ContactCenter");
      expect(service?.entities).toContainEqual({ name: "WrapupCode", actions: ["Create", "Update", "Delete"] });
    }
  });
});

describe("what a test can do to the audit log", () => {
  it("delays messages, which keep the time of what they tell", async () => {
    const world = lab();
    const admin = await world.login("primary", "admin");
    await world.anyone("PUT", "/_sim/settings", { auditDelayMs: 60_000 });
    await created(admin, "/api/v2/routing/queues", { name: "Late" });
    world.clock.pass(59_999);
    expect(await told(world, admin)).toEqual([]);
    world.clock.pass(1);
    expect((await ask(world, admin)).body.entities).toMatchObject([{ eventDate: "2026-01-05T10:00:00Z" }]);
  });

  it("switches services and entity types off, in the mapping too", async () => {
    const world = lab();
    const admin = await world.login("primary", "admin");
    await world.anyone("PUT", "/_sim/settings", { auditMissing: ["Architect", "ContactCenter/Queue"] });
    await created(admin, "/api/v2/routing/queues", { name: "Billing" });
    await created(admin, "/api/v2/routing/wrapupcodes", { name: "Paid", division: { id: "*" } });
    await publish(admin, yaml("First"));
    expect(await told(world, admin)).toEqual(["ContactCenter/WrapupCode Create Paid"]);
    expect((await ask(world, admin, { serviceName: "Architect" })).body.code).toBe("invalid.value");
    const mapping = (await admin("GET", `${url}/servicemapping`)).text;
    expect([mapping.includes("Architect"), mapping.includes('"Queue"')]).toEqual([false, false]);
  });

  it("loses messages after so many, so many times", async () => {
    const world = lab();
    const admin = await world.login("primary", "admin");
    const loss = { org: "primary", service: "ContactCenter", entityType: "Queue", action: "Create" };
    await world.anyone("PUT", "/_sim/settings", { auditLosses: [{ ...loss, after: 1, times: 2 }] });
    for (const name of ["One", "Two", "Three", "Four"]) await created(admin, "/api/v2/routing/queues", { name });
    expect(await told(world, admin)).toEqual(["ContactCenter/Queue Create One", "ContactCenter/Queue Create Four"]);
    const refused = await world.anyone("PUT", "/_sim/settings", { auditLosses: ["all"] });
    expect(refused.status).toBe(400);
  });

  it("is saved and restored with the organisation, and the control interface's own objects are told without a user", async () => {
    const world = lab();
    const admin = await world.login("primary", "admin");
    const { id } = (await world.anyone("POST", "/_sim/save")).body;
    await world.anyone("POST", "/_sim/orgs/primary/objects", { kind: "script", name: "Welcome" });
    expect(await told(world, admin)).toEqual(["Scripter/ComposerScript Create Welcome"]);
    expect((await ask(world, admin)).body.entities).toMatchObject([{ level: "SYSTEM", user: {} }]);
    await world.anyone("POST", `/_sim/restore/${id}`);
    expect(await told(world, admin)).toEqual([]);
  });
});
