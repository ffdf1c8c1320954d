import { expect, it } from "vitest";
import { created, lab } from "./lab.ts";

it("grants of another client can be seen, its secret renewed (genesys-api §4.2, §6)", async () => {
  const { login, simulator } = lab();
  const admin = await login("primary", "admin");
  const id = simulator.world.orgs.get("primary")?.client.id ?? "";
  expect((await admin("GET", `/api/v2/authorization/subjects/${id}`)).body).toMatchObject({
    id,
    grants: [{ division: { id: "*" } }],
  });
  const clients = (await admin("GET", "/api/v2/oauth/clients")).body.entities;
  expect(clients.map((client) => client.id)).toContain(id);
  expect(JSON.stringify(clients)).not.toContain("secret");
  const bot = { name: "Bot", authorizedGrantType: "CLIENT-CREDENTIALS", roleDivisions: [] };
  const made = (await admin("POST", "/api/v2/oauth/clients", bot)).body;
  const renewed = (await admin("POST", `/api/v2/oauth/clients/${made.id}/secret`)).body;
  expect(renewed["secret"]).not.toBe(made["secret"]);
});

it("grants are replaced all at once (genesys-api §4.2)", async () => {
  const { login, simulator } = lab();
  const admin = await login("primary", "admin");
  const id = simulator.world.orgs.get("primary")?.client.id ?? "";
  const subject = `/api/v2/authorization/subjects/${id}`;
  const north = await created(admin, "/api/v2/authorization/divisions", { name: "North", description: "" });
  const policy = { domain: "routing", entityName: "queue", actionSet: ["view"] };
  const roleId = await created(admin, "/api/v2/authorization/roles", { name: "Viewer", permissionPolicies: [policy] });
  const grants = [{ roleId, divisionId: north }];
  expect((await admin("POST", `${subject}/bulkreplace`, { grants })).status).toBe(204);
  expect((await admin("GET", subject)).body["grants"]).toMatchObject([
    { role: { id: roleId, name: "Viewer" }, division: { id: north, name: "North" } },
  ]);
});

it("divisions can be asked for by right, and have a limit (genesys-api §4.2)", async () => {
  const admin = await lab().login("primary", "admin");
  const north = await created(admin, "/api/v2/authorization/divisions", { name: "North", description: "" });
  const found = (await admin("GET", "/api/v2/authorization/divisions/query")).body.entities;
  expect(found.map(({ id }) => id)).toContain(north);
  expect(Number((await admin("GET", "/api/v2/authorization/divisions/limit")).text)).toBeGreaterThan(1);
});

it("the rate limit stands among the limits of the platform (genesys-api §10)", async () => {
  const admin = await lab({ ratePerMinute: 120 }).login("primary", "admin");
  const limits = (await admin("GET", "/api/v2/organizations/limits/namespaces/platform.api")).body.entities;
  expect(limits).toMatchObject([{ key: "client.credentials.token.rate.per.minute", value: 120 }]);
});

it("people join and leave groups and queues, a skill moves to another division (genesys-api §4.1, §4.2)", async () => {
  const admin = await lab().login("primary", "admin");
  const home = (await admin("GET", "/api/v2/authorization/divisions/home")).body.id;
  const user = await created(admin, "/api/v2/users", { name: "Ana", email: "ana@example.com", divisionId: home });
  const group = { name: "Night", type: "official", rulesVisible: true, visibility: "public" };
  const members = `/api/v2/groups/${await created(admin, "/api/v2/groups", group)}/members`;
  await admin("POST", members, { memberIds: [user], version: 1 });
  expect((await admin("GET", members)).body.entities).toMatchObject([{ id: user, email: "ana@example.com" }]);
  expect((await admin("DELETE", `${members}?ids=${user}`)).status).toBe(202);
  expect((await admin("GET", members)).body.entities).toEqual([]);

  const ring = `/api/v2/routing/queues/${await created(admin, "/api/v2/routing/queues", { name: "Q" })}/members`;
  await admin("POST", ring, [{ id: user }]);
  expect((await admin("GET", ring)).body.entities).toMatchObject([{ id: user }]);
  expect((await admin("DELETE", `${ring}/${user}`)).status).toBe(204);
  expect((await admin("GET", ring)).body.entities).toEqual([]);

  const north = await created(admin, "/api/v2/authorization/divisions", { name: "North", description: "" });
  const skill = `/api/v2/routing/skills/${await created(admin, "/api/v2/routing/skills", { name: "German" })}`;
  expect((await admin("PATCH", skill, { divisionId: north })).status).toBe(200);
  expect((await admin("PATCH", skill, { divisionId: "nowhere" })).status).toBe(400);
});
