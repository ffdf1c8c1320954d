import { describe, expect, it } from "vitest";
import { UNKNOWN } from "../../../src/importers/provider/rpc/values.ts";
import { textOf, type Obj } from "../../../src/model/json.ts";
import { buildCentre, CENTRE } from "../../scenarios/support/centre.ts";
import { writesTo } from "../../scenarios/support/control.ts";
import { stageFor } from "../../scenarios/support/stage.ts";
import { CallError, type PluginClient, type State } from "./support/client.ts";
import { openPlugin, startPlugin } from "./support/plugin.ts";
import { refusalOf } from "./support/refusal.ts";

const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => buildCentre(await set.admin("standby")));

/** An object of the standby as a resource. */
async function resource(client: PluginClient, coordinate: string): Promise<State & { readonly kind: string }> {
  const [kind = ""] = coordinate.split("/");
  const { id = "" } = await client.invoke("getId", { coordinate });
  const state = await client.read(kind, textOf(id));
  if (state === undefined) throw new Error(coordinate);
  return { kind, ...state };
}

/** What was written besides the lock of the standby, a row of a data table. */
async function writesAfter(mark: number): Promise<string[]> {
  const writes = writesTo("standby", await stage.control.log(mark));
  return writes
    .filter(({ path }) => !path.startsWith("/api/v2/flows/datatables"))
    .map(({ method, path }) => `${method} ${path}`);
}

describe("a resource of the standby", () => {
  it("is updated, but not over what somebody changed meanwhile", async () => {
    const { client } = await openPlugin(await stage.workspace());
    const queue = await resource(client, "queue/Billing");
    const admin = await stage.admin("standby");
    const entity = await admin.send("GET", `/api/v2/routing/queues/${queue.id}`);
    await admin.send("PUT", `/api/v2/routing/queues/${queue.id}`, { ...entity, description: "Theirs" });
    const wanted = { ...queue.inputs, description: "Ours" };
    const mark = await stage.control.mark();
    expect(await refusalOf(client.update("queue", queue, wanted))).toMatch(
      /^moved-target: queue\/Billing changed after the state was written: \/description\. Refresh/,
    );
    expect(await writesAfter(mark)).toEqual([]);
    const other = await client.update("queue", queue, { ...queue.inputs, description: "Theirs" });
    expect(other.outputs).toMatchObject({ description: "Theirs" });
    expect(await writesAfter(mark)).toEqual([]);
  });

  it("changes its name, and what refers to it goes on without a write", async () => {
    const { client } = await openPlugin(await stage.workspace());
    const [division, code] = [
      await resource(client, "division/Sales"),
      await resource(client, "wrap-up-code/Resolved"),
    ];
    const renamed = { ...division.inputs, name: "Selling", key: "Selling" };
    expect(await client.diff("division", division, renamed)).toMatchObject({ changes: "some", replaces: [] });
    const after = await client.update("division", division, renamed);
    expect(after.outputs).toMatchObject({ name: "Selling", key: "Selling", coordinate: "division/Selling" });
    const mark = await stage.control.mark();
    await client.update("wrap-up-code", code, { ...code.inputs, division: "division/Selling" });
    expect(await writesAfter(mark)).toEqual([]);
    expect(await client.invoke("getId", { coordinate: "division/Selling" })).toEqual({ id: division.id });
    expect(await refusalOf(client.invoke("getId", { coordinate: "division/Sales" }))).toMatch(/^not-found: /);
  });

  it("is taken over by a create that finds it, under its own id", async () => {
    const { client } = await openPlugin(await stage.workspace());
    const queue = await resource(client, "queue/Billing");
    const mark = await stage.control.mark();
    expect((await client.create("queue", queue.inputs)).id).toBe(queue.id);
    expect(await writesAfter(mark)).toEqual([]);
    const changed = await client.create("queue", { ...queue.inputs, description: "Ours" });
    expect(changed).toMatchObject({ id: queue.id, outputs: { description: "Ours" } });
    expect(await writesAfter(mark)).toEqual([`PUT /api/v2/routing/queues/${queue.id}`]);
  });

  it("is kept by the engine when it could not be completed, and completed the next time", async () => {
    const { client } = await openPlugin(await stage.workspace());
    const codes = ["wrap-up-code/Callback", "wrap-up-code/Resolved"];
    const news: Obj = { name: "Half", key: "Half", division: "division/@home", wrapUpCodes: codes };
    await stage.control.faults({ org: "standby", method: "POST", path: "/wrapupcodes$", action: "status:400" });
    const outcome: unknown = await client.create("queue", news).catch((error: unknown) => error);
    if (!(outcome instanceof CallError) || outcome.partial === undefined) throw new Error(String(outcome));
    const { id, outputs, inputs } = outcome.partial;
    expect({ outputs, inputs }).toMatchObject({ outputs: { name: "Half", coordinate: "queue/Half" }, inputs: news });
    expect(outputs["wrapUpCodes"]).toBeUndefined();
    const wanted = { ...outputs, ...news };
    const mark = await stage.control.mark();
    const whole = await client.update("queue", outcome.partial, wanted);
    expect(whole.outputs["wrapUpCodes"]).toEqual(codes);
    expect(await writesAfter(mark)).toEqual([`POST /api/v2/routing/queues/${id}/wrapupcodes`]);
  });

  it("is there once when the answer to its creation got lost", async () => {
    const { client } = await openPlugin(await stage.workspace());
    await stage.control.faults({ org: "standby", method: "POST", path: "/skills$", action: "reset-after" });
    const made = await client.create("skill", { name: "Lost", key: "Lost" });
    expect(made.outputs).toMatchObject({ name: "Lost" });
    expect((await client.create("skill", { name: "Lost", key: "Lost" })).id).toBe(made.id);
  });

  it("is previewed with what is not known yet, without a request", async () => {
    const { client } = await openPlugin(await stage.workspace());
    const mark = await stage.control.mark();
    const news = { name: "New", key: "New", division: UNKNOWN, description: UNKNOWN };
    const { inputs, failures } = await client.check("queue", news);
    expect(failures).toEqual([]);
    expect(await client.create("queue", inputs, true)).toMatchObject({ id: "", outputs: { division: UNKNOWN } });
    const state = { id: "1", outputs: { name: "New", key: "New", coordinate: "queue/New" }, inputs: {} };
    expect((await client.diff("queue", state, inputs)).detailed).toEqual(["description", "division"]);
    expect((await client.update("queue", state, inputs, true)).outputs).toMatchObject({ description: UNKNOWN });
    expect(await stage.control.mark()).toBe(mark);
  });

  it("is left unchanged once the configuration does not select it any more, whatever pruning says", async () => {
    const workspace = await stage.workspace();
    await workspace.configure({ include: { exclude: [{ kind: "queue", name: "Bill*" }] } });
    const { client } = await openPlugin(workspace, { prune: "true" });
    const queue = await resource(client, "queue/Billing");
    const mark = await stage.control.mark();
    await client.remove("queue", queue);
    expect(await writesAfter(mark)).toEqual([]);
  });

  it("is left unchanged once others have its name, and none of them is written", async () => {
    const admin = await stage.admin("standby");
    const body = { name: "CRM", integrationType: { id: "custom-rest-actions" } };
    const first = await admin.create("/api/v2/integrations", body);
    const workspace = await stage.workspace();
    const crm = await resource((await openPlugin(workspace)).client, "integration/custom-rest-actions:CRM");
    expect(crm.id).toBe(first);
    await admin.create("/api/v2/integrations", body);
    const { client } = await openPlugin(workspace, { prune: "true" });
    const mark = await stage.control.mark();
    const { namesakes, ids } = await client.invoke("getInventory", {});
    expect(Object.keys(namesakes as Obj)).toEqual(["integration/custom-rest-actions:CRM"]);
    expect(Object.keys(ids as Obj)).not.toContain("integration/custom-rest-actions:CRM");
    expect(await refusalOf(client.create("integration", crm.inputs))).toMatch(/^duplicate-key: /);
    const changed = { ...crm.inputs, notes: "Ours" };
    expect(await refusalOf(client.update("integration", crm, changed))).toMatch(/^duplicate-key: /);
    await client.remove("integration", crm);
    expect(await writesAfter(mark)).toEqual([]);
  });

  it("is not overwritten through a Link where somebody changed what it wrote", async () => {
    const { client } = await openPlugin(await stage.workspace());
    const [billing, support] = [await resource(client, "queue/Billing"), await resource(client, "queue/Support")];
    const pointer = "/directRouting/backupQueueId";
    const news = { target: "queue/Billing", values: { [pointer]: "queue/Support" } };
    const link = await client.create("link", news);
    expect(link.outputs["values"]).toEqual({ [pointer]: "queue/Support" });

    const admin = await stage.admin("standby");
    const path = `/api/v2/routing/queues/${billing.id}`;
    const third = await admin.create("/api/v2/routing/queues", { name: "Third" });
    const entity = await admin.send("GET", path);
    const direct = entity["directRouting"] as Obj;
    expect(direct["backupQueueId"]).toBe(support.id);
    await admin.send("PUT", path, { ...entity, directRouting: { ...direct, backupQueueId: third } });
    const other = { ...news, values: { [pointer]: "queue/Other" } };
    await admin.create("/api/v2/routing/queues", { name: "Other" });
    const again = await openPlugin(await stage.workspace());
    const mark = await stage.control.mark();
    expect(await refusalOf(again.client.update("link", link, other))).toMatch(
      /^moved-target: queue\/Billing changed after the state was written: \/directRouting\/backupQueueId/,
    );
    expect(await writesAfter(mark)).toEqual([]);
  });

  it("stays when the program only keeps it", async () => {
    const { client } = await openPlugin(await stage.workspace(), { prune: "true" });
    const queue = await resource(client, "queue/Billing");
    const news = { key: "Billing", lockstep: { retained: true } };
    expect((await client.diff("queue", queue, news)).changes).toBe("none");
    const mark = await stage.control.mark();
    expect((await client.update("queue", queue, news)).outputs).toMatchObject({ name: "Billing" });
    expect(await refusalOf(client.create("queue", { key: "Gone", lockstep: { retained: true } }))).toMatch(
      /^object-vanished: /,
    );
    expect(await writesAfter(mark)).toEqual([]);
  });
});

describe("a provider of the standby", () => {
  it("says what is wrong with a program", async () => {
    const { client } = await openPlugin(await stage.workspace());
    const { failures } = await client.check("queue", { name: "Billing", descripton: "Bills" });
    expect(failures).toEqual([expect.objectContaining({ property: "descripton" })]);
    expect(await refusalOf(client.invoke("getId", { coordinate: "queue/Biling" }))).toContain('"queue/Billing"');
    expect(await refusalOf(client.check("no-such-kind", {}))).toMatch(/^unknown-resource: /);
    expect(await refusalOf(client.invoke("getNothing", {}))).toMatch(/^unknown-function: /);
  });

  it("does not write the primary by mistake, or an organisation that cannot be told from it", async () => {
    const workspace = await stage.workspace();
    const { primary, standby } = stage.line.orgs;
    await workspace.configure({ orgs: { primary: { orgId: standby?.id } } });
    const news = { name: "New", key: "New" };
    const same = await openPlugin(workspace);
    expect(await refusalOf(same.client.create("skill", news))).toMatch(/^same-org: /);
    await workspace.configure({ orgs: { primary: { orgId: undefined } } });
    const unsure = await openPlugin(workspace);
    expect(await refusalOf(unsure.client.create("skill", news))).toMatch(/^primary-unknown: /);
    const sure = await openPlugin(workspace, { sourceOrgId: primary?.id ?? "" });
    expect((await sure.client.create("skill", news)).id).not.toBe("");
  });

  it("names what stops it before anything is sent to the organisation", async () => {
    const workspace = await stage.workspace();
    const other = await openPlugin(workspace, { orgId: stage.line.orgs["primary"]?.id ?? "" });
    expect(await refusalOf(other.client.invoke("getInventory", {}))).toMatch(/^org-mismatch: Login to the standby: /);
    const nowhere = await startPlugin(workspace);
    expect(await refusalOf(nowhere.client.invoke("getInventory", {}))).toMatch(/^provider-config: /);
    const missing = await openPlugin(workspace, { config: workspace.path("missing.yaml") });
    expect(await refusalOf(missing.client.invoke("getInventory", {}))).toMatch(/^config-missing: /);
    const secret = { clientId: "hunter2", clientSecret: "env:STANDBY_SECRET" };
    const text = await refusalOf(openPlugin(workspace, secret));
    expect(text).toMatch(/^secret-in-config: clientId: /);
    expect(text).not.toContain("hunter2");
  });

  it("belongs to one organisation: with another one the stack is refused before anything is compared", async () => {
    const { client } = await startPlugin(await stage.workspace());
    const settings = { config: "/lockstep.yaml", org: "standby" };
    const [one, other] = ["11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"];
    expect(await refusalOf(client.diffConfig({ ...settings, orgId: one }, { ...settings, orgId: other }))).toMatch(
      new RegExp(
        `^org-mismatch: This stack holds the objects of the organisation ${one}, and it is now used with ${other}`,
      ),
    );
    expect(await client.diffConfig(settings, { ...settings, orgId: other })).toMatchObject({ replaces: [] });
  });

  it("tells what an organisation has, and never replaces everything", async () => {
    const { client } = await openPlugin(await stage.workspace());
    const inventory = await client.invoke("getInventory", {});
    expect(inventory).toMatchObject({ orgId: stage.line.orgs["standby"]?.id, unread: [] });
    expect(Object.keys(inventory["ids"] as Obj)).toEqual(expect.arrayContaining(["queue/Billing", "division/@home"]));
    expect(inventory["skipped"]).toContain("site/PureCloud Voice - AWS");
    expect(inventory["current"]).toMatchObject({ "ivr/Main line": { dnis: [CENTRE.number] } });
    const { changes, replaces } = await client.diffConfig({ org: "standby" }, { org: "primary" });
    expect({ changes, replaces }).toEqual({ changes: "some", replaces: [] });
    expect((await client.diffConfig({ org: "standby" }, { org: "standby" })).changes).toBe("none");
    expect((await client.checkConfig({ org: "standby" })).failures).toMatchObject([{ property: "config" }]);
  });

  it("refuses to create what it could not look for", async () => {
    const { client } = await openPlugin(await stage.workspace());
    await stage.control.faults({
      org: "standby",
      method: "GET",
      path: "/routing/skills$",
      times: 100,
      action: "status:403",
    });
    expect(await client.invoke("getInventory", {})).toMatchObject({ unread: ["skill"] });
    expect(await refusalOf(client.create("skill", { name: "New", key: "New" }))).toMatch(/^incomplete-target: /);
  });

  it("ends what is under way when it is told to, and works again after that", async () => {
    const workspace = await stage.workspace();
    const { client } = await openPlugin(workspace);
    await client.invoke("getInventory", {});
    await stage.control.faults({ org: "standby", method: "POST", path: "/skills$", action: "hang" });
    const mark = await stage.control.mark();
    const pending = refusalOf(client.create("skill", { name: "New", key: "New" }));
    while ((await stage.control.log(mark)).every(({ path }) => !path.endsWith("/skills"))) await client.version();
    await client.cancel();
    expect(await pending).toMatch(/^interrupted: /);
    await client.configure({ config: workspace.path("lockstep.yaml"), org: "standby" });
    expect((await client.create("skill", { name: "New", key: "New" })).id).not.toBe("");
  });
});
