import { readFileSync } from "node:fs";
import { beforeAll, expect, it } from "vitest";
import { catalogue } from "../../src/simulator/audit/catalogue.ts";
import { tellings } from "../../src/simulator/audit/tellings.ts";
import { contactCentre } from "../../src/simulator/centre/index.ts";
import { resources } from "../../src/simulator/resources/index.ts";
import type { AuditRecord } from "../../src/simulator/world.ts";
import type { Body, Lab, Send } from "./lab.ts";
import { created, lab, load, publish } from "./lab.ts";

let world: Lab;
let admin: Send;

beforeAll(async () => {
  world = lab();
  await load(world, "primary", contactCentre({ seed: 1, size: "S", side: "primary" }));
  admin = await world.login("primary", "admin");
});

function records(): readonly AuditRecord[] {
  return world.simulator.world.orgs.get("primary")?.state.audits ?? [];
}

function inWords({ told: { service, entityType, action } }: AuditRecord): string {
  return JSON.stringify([service, entityType, action]).replace(/^\["(.*)","(.*)","(.*)"\]$/, "$1/$2 $3");
}

/** What the log got while something was done, each kind of message once. */
async function told(act: () => Promise<unknown>): Promise<string[]> {
  const before = new Set(records());
  await act();
  return [...new Set(records().flatMap((record) => (before.has(record) ? [] : [inWords(record)])))];
}

/** The first object of a list, as it reads alone. */
async function first(path: string, fits: (entity: Body) => boolean = () => true): Promise<Body & { at: string }> {
  const { entities } = (await admin("GET", `${path}?pageSize=100`)).body;
  const id = entities.find(fits)?.id ?? "";
  const at = `${path}/${id}`;
  return { ...(await admin("GET", at)).body, at };
}

async function accepted(method: string, path: string, body?: unknown): Promise<Body> {
  const answer = await admin(method, path, body);
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
  return answer.body;
}

/** Puts an object back with other words in it. */
async function changed(method: "PUT" | "PATCH", path: string, more: object = { name: "Renamed" }): Promise<void> {
  const { at, base: _base, default: _default, ...body } = await first(path, ({ managed }) => managed !== true);
  const kept = method === "PUT" ? body : body.version === undefined ? {} : { version: body.version };
  await accepted(method, at, { ...kept, ...more });
}

const edges = "/api/v2/telephony/providers/edges";
const schema = { type: "object", required: ["key"], properties: { key: { type: "string" } } };
const notes = { description: "Other words" };

it.each<[string, string[], () => Promise<unknown>]>([
  ["a queue", ["ContactCenter/Queue Update"], () => changed("PUT", "/api/v2/routing/queues")],
  ["a wrap-up code", ["ContactCenter/WrapupCode Update"], () => changed("PUT", "/api/v2/routing/wrapupcodes")],
  ["a schedule", ["Telephony/Schedule Update"], () => changed("PUT", "/api/v2/architect/schedules")],
  ["a schedule group", ["Telephony/ScheduleGroup Update"], () => changed("PUT", "/api/v2/architect/schedulegroups")],
  [
    "an emergency group",
    ["Telephony/EmergencyGroup Update"],
    () => changed("PUT", "/api/v2/architect/emergencygroups"),
  ],
  ["an IVR", ["Telephony/IVR Update"], () => changed("PUT", "/api/v2/architect/ivrs")],
  ["a site", ["Telephony/Site Update"], () => changed("PUT", `${edges}/sites`, notes)],
  ["a trunk base", ["Telephony/TrunkBase Update"], () => changed("PUT", `${edges}/trunkbasesettings`, notes)],
  ["an edge group", ["Telephony/EdgeGroup Update"], () => changed("PUT", `${edges}/edgegroups`, notes)],
  ["a DID pool", ["Telephony/DIDPool Update"], () => changed("PUT", `${edges}/didpools`, notes)],
  ["an extension pool", ["Telephony/ExtensionPool Update"], () => changed("PUT", `${edges}/extensionpools`, notes)],
  ["a prompt", ["Architect/Prompt Update"], () => changed("PUT", "/api/v2/architect/prompts", notes)],
  ["a milestone", ["Architect/FlowMilestone Update"], () => changed("PUT", "/api/v2/flows/milestones")],
  ["an outcome", ["Architect/FlowOutcome Update"], () => changed("PUT", "/api/v2/flows/outcomes")],
  ["a flow", ["Architect/Flow Update"], () => changed("PUT", "/api/v2/flows", notes)],
  ["a location", ["Directory/Location Update"], () => changed("PATCH", "/api/v2/locations", { name: "Renamed" })],
  ["a user", ["Directory/User Update"], () => changed("PATCH", "/api/v2/users", { title: "Agent" })],
  ["a group", ["Groups/DirectoryGroup Update"], () => changed("PUT", "/api/v2/groups", { description: "Other" })],
  ["a team", ["Groups/Team Update"], () => changed("PATCH", "/api/v2/teams")],
  ["a skill group", ["Groups/SkillGroup Update"], () => changed("PATCH", "/api/v2/routing/skillgroups", notes)],
  ["a role", ["PeoplePermissions/Role Update"], () => changed("PUT", "/api/v2/authorization/roles", notes)],
  [
    "a web deployment",
    ["WebDeployments/Deployment Update"],
    () => changed("PUT", "/api/v2/webdeployments/deployments", notes),
  ],
  [
    "a skill, which no known entity type stands for",
    [],
    () => created(admin, "/api/v2/routing/skills", { name: "New" }),
  ],
])("tells of %s: %j", async (_what, expected, act) => {
  expect(await told(act)).toEqual(expected);
});

it("tells of the parts of objects under the objects, or under their own ids", async () => {
  const user = await first("/api/v2/users");
  const group = await first("/api/v2/groups");
  const members = `${group.at}/members`;
  const join = { memberIds: [user.id], version: group.version };
  await admin("DELETE", `${members}?ids=${user.id}`);
  expect(await told(() => admin("POST", members, { ...join, version: Number(group.version) + 1 }))).toEqual([
    "Groups/DirectoryGroup Update",
  ]);
  const team = await first("/api/v2/teams");
  await admin("DELETE", `${team.at}/members?id=${user.id}`);
  expect(await told(() => accepted("POST", `${team.at}/members`, { memberIds: [user.id] }))).toEqual([
    "Groups/Team Update",
  ]);
  const skill = await first("/api/v2/routing/skills");
  const rated = [{ id: skill.id, proficiency: 4.5 }];
  await admin("DELETE", `${user.at}/routingskills/${skill.id}`);
  expect(await told(() => accepted("PATCH", `${user.at}/routingskills/bulk`, rated))).toEqual([
    "Directory/UserSkill Create",
  ]);
  expect(records().at(-1)?.told.entity).toEqual({ id: user.id });
  const site = await first(`${edges}/sites`, ({ managed }) => managed !== true);
  const plans = JSON.parse((await admin("GET", `${site.at}/numberplans`)).text) as Body[];
  expect(await told(() => accepted("PUT", `${site.at}/numberplans`, plans))).toEqual(["Telephony/NumberPlan Update"]);
  const { at, ...route } = await first(`${site.at}/outboundroutes`);
  expect(await told(() => accepted("PUT", at, { ...route, description: "Other" }))).toEqual([
    "Telephony/OutboundRoute Update",
  ]);
});

it("tells of rows under their table, whether written one by one or by an import", async () => {
  const fees = { name: "Fees", schema };
  const id = await created(admin, "/api/v2/flows/datatables", fees);
  const described = { ...fees, ...notes };
  expect(await told(() => accepted("PUT", `/api/v2/flows/datatables/${id}`, described))).toEqual([
    "Datatables/Schema Update",
  ]);
  const rows = `/api/v2/flows/datatables/${id}/rows`;
  expect(await told(() => accepted("POST", rows, { key: "a" }))).toEqual(["Datatables/Row Create"]);
  expect(records().at(-1)?.told.entity).toEqual({ id, name: "Fees" });
  const job = await accepted("POST", `/api/v2/flows/datatables/${id}/import/csv/jobs`, { importMode: "ReplaceAll" });
  const act = async (): Promise<unknown> => {
    await world.anyone(
      "PUT",
      new URL(String(job.uploadURI)).pathname,
      "key\nb\n",
      job.uploadHeaders as Record<string, string>,
    );
    return accepted("GET", `/api/v2/flows/datatables/${id}/import/jobs/${job.id}`);
  };
  expect(await told(act)).toEqual(["Datatables/Row Delete", "Datatables/Row Create"]);
  expect(records().at(-1)?.clientId).toBe(world.simulator.world.orgs.get("primary")?.admin.id);
  expect(await told(() => accepted("DELETE", `${rows}/b`))).toEqual(["Datatables/Row Delete"]);
});

it("tells of integrations, their configuration, their data actions and the drafts of these", async () => {
  const integration = await first("/api/v2/integrations");
  const config = `${integration.at}/config/current`;
  const current = await accepted("GET", config);
  expect(await told(() => accepted("PUT", config, { ...current, notes: "Other" }))).toEqual([
    "Integrations/Integration Update",
  ]);
  const credential = await first("/api/v2/integrations/credentials");
  const { id, name, type } = credential;
  const fields = { id, name, type, credentialFields: { clientId: "u", clientSecret: "hunter2" } };
  expect(await told(() => accepted("PUT", credential.at, fields))).toEqual(["Integrations/Credential Update"]);
  expect(JSON.stringify(records().at(-1))).not.toContain("hunter2");
  const actions = "/api/v2/integrations/actions";
  const action = await first(actions, ({ secure }) => secure === false);
  expect(await told(() => accepted("POST", `${action.at}/draft`))).toEqual(["Integrations/ActionDraft Create"]);
  const { version } = await accepted("GET", `${action.at}/draft`);
  const patch = { version, name: "Renamed" };
  expect(await told(() => accepted("PATCH", `${action.at}/draft`, patch))).toEqual(["Integrations/ActionDraft Update"]);
  const publication = { version: Number(version) + 1 };
  expect(await told(() => accepted("POST", `${action.at}/draft/publish`, publication))).toEqual([
    "Integrations/Action Update",
    "Integrations/ActionDraft Delete",
  ]);
});

it("tells of the versions of a web messaging configuration and of what a client was granted", async () => {
  const configurations = "/api/v2/webdeployments/configurations";
  const id = (await accepted("GET", configurations)).entities[0]?.id ?? "";
  const draft = `${configurations}/${id}/versions/draft`;
  const body = await accepted("GET", draft);
  expect(await told(() => accepted("PUT", draft, { ...body, name: "Renamed" }))).toEqual([
    "WebDeployments/Configuration Update",
  ]);
  expect(await told(() => accepted("POST", `${draft}/publish`))).toEqual([
    "WebDeployments/ConfigurationVersion Create",
  ]);
  const client = world.simulator.world.orgs.get("primary")?.client.id ?? "";
  const role = (await first("/api/v2/authorization/roles")).id;
  const grants = { grants: [{ roleId: role, divisionId: "*" }] };
  const grant = `/api/v2/authorization/subjects/${client}/bulkreplace`;
  await admin("POST", grant, { grants: [] });
  expect(await told(() => accepted("POST", grant, grants))).toEqual(["PeoplePermissions/Role MemberAdd"]);
  expect(records().at(-1)?.told.entity).toEqual({ id: role, name: `${client}--${role}--*` });
});

it("tells of a deletion once, not of the parts that go with the object", async () => {
  const queue = await first("/api/v2/routing/queues", ({ memberCount }) => Number(memberCount) > 0);
  expect(await told(() => admin("DELETE", `${queue.at}?forceDelete=true`))).toEqual(["ContactCenter/Queue Delete"]);
  const table = await created(admin, "/api/v2/flows/datatables", { name: "Gone", schema });
  await accepted("POST", `/api/v2/flows/datatables/${table}/rows`, { key: "a" });
  expect(await told(() => admin("DELETE", `/api/v2/flows/datatables/${table}`))).toContain("Datatables/Schema Delete");
});

it("tells of nothing that a request did not change", async () => {
  const wrong = "inboundCall:\n  name: Wrong\n  flowRef: [\n";
  expect(await told(() => publish(admin, wrong))).toEqual([]);
  expect(await told(() => admin("POST", "/api/v2/routing/queues", { name: "" }))).toEqual([]);
  expect(await told(() => admin("POST", "/api/v2/users/search", { query: [] }))).toEqual([]);
});

it("names nothing that its service mapping lacks", () => {
  const covered = Object.entries(catalogue).flatMap(([service, types]) =>
    Object.entries(types).flatMap(([type, actions]) => actions.map((action) => `${service}/${type} ${action}`)),
  );
  expect(
    records()
      .map(inWords)
      .filter((name) => !covered.includes(name)),
  ).toEqual([]);
});

it("says in its documentation where each name comes from", () => {
  const page = readFileSync(new URL("../../src/simulator/audit/README.md", import.meta.url), "utf8");
  const names = Object.entries(catalogue).flatMap(([service, types]) =>
    Object.keys(types).map((type) => `${service}/${type}`),
  );
  expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

it("covers every kind of the simulator, or says why not", () => {
  const silent = {
    division: "no entity type is known",
    language: "no entity type is known",
    "response-library": "the known entity types of its service are responses and their assets",
    skill: "no entity type is known",
    "flow-version": "told as what happens to its flow",
    "data-table-job": "jobs are no configuration",
    "user-details": "what people are rated: in parts without a kind of their own",
    audit: "what only reads",
    dependency: "what only reads",
    "directory-search": "what only reads",
    "notification-channel": "what only listens",
    platform: "what only reads",
  };
  const kinds = resources.map(({ kind }) => kind);
  expect(kinds.filter((kind) => !Object.hasOwn(tellings, kind)).sort()).toEqual(Object.keys(silent).sort());
});
