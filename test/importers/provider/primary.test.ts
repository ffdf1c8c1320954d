import { readFile, rm, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { textOf, type Obj } from "../../../src/model/json.ts";
import type { Plan } from "../../../src/model/plan.ts";
import { buildCentre, callFlow } from "../../scenarios/support/centre.ts";
import { writesTo } from "../../scenarios/support/control.ts";
import { works } from "../../scenarios/support/refused.ts";
import { stageFor } from "../../scenarios/support/stage.ts";
import type { Workspace } from "../../scenarios/support/workspace.ts";
import type { PluginClient, State } from "./support/client.ts";
import { openPlugin, type Plugin } from "./support/plugin.ts";
import { refusalOf } from "./support/refusal.ts";

/** What the primary should be is taken from a directory; here it is a snapshot of an organisation that holds the centre. */
const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => buildCentre(await set.admin("standby")));

/** A workspace with a repository, and a login that may write the primary. */
async function withRepository(): Promise<Workspace> {
  const { id = "", secret = "" } = stage.line.orgs["primary"]?.admin ?? {};
  const workspace = await stage.workspace({ env: { WRITE_ID: id, WRITE_SECRET: secret } });
  await works(workspace, 0, "snapshot", "standby", "--repository", "-o", "topology");
  await workspace.configure({ repository: { directory: "topology" } });
  return workspace;
}

/** A provider, and the plan that it may carry out. */
type Opened = Plugin & { readonly plan: Plan };

/** Makes a plan for the primary and opens the provider that may carry it out. */
async function opened(workspace: Workspace, settings: Obj = {}): Promise<Opened> {
  const ended = await workspace.json("plan", "--stack", "primary", "-o", "primary.json");
  expect([0, 2]).toContain(ended.exit);
  const plan = JSON.parse(await readFile(workspace.path("primary.json"), "utf8")) as Plan;
  const plugin = await openPlugin(workspace, {
    ...{ org: "primary", access: "bootstrap", orgId: plan.target.orgId, plan: workspace.path("primary.json") },
    ...{ approved: plan.sha256, clientId: "env:WRITE_ID", clientSecret: "env:WRITE_SECRET", ...settings },
  });
  return { ...plugin, plan };
}

/** What a program registers for an operation. */
function inputsOf(plan: Plan, coordinate: string): { kind: string; news: Obj } {
  const [kind = ""] = coordinate.split("/");
  const { after = {} } = plan.operations.findLast((operation) => operation.coordinate === coordinate) ?? {};
  return { kind, news: { ...after, key: coordinate.slice(kind.length + 1) } };
}

/** Carries out a plan in its order. */
async function carryOut(client: PluginClient, plan: Plan): Promise<Map<string, State>> {
  const states = new Map<string, State>();
  for (const { coordinate, action } of plan.operations) {
    expect(action).toBe("create");
    const { kind, news } = inputsOf(plan, coordinate);
    states.set(coordinate, await client.create(kind, news));
  }
  return states;
}

async function writesAfter(mark: number): Promise<number> {
  return writesTo("primary", await stage.control.log(mark)).length;
}

/** Describes an object of the repository in another way. */
async function describeObject(workspace: Workspace, kind: string, file: string, description: string): Promise<void> {
  const path = workspace.path("topology", kind, `${file}.json`);
  const object = JSON.parse(await readFile(path, "utf8")) as Obj;
  await writeFile(path, JSON.stringify({ ...object, description }));
}

async function describeQueue(workspace: Workspace, description: string): Promise<void> {
  return describeObject(workspace, "queue", "Billing", description);
}

/** An object as a program gets to know it. */
async function found(client: PluginClient, coordinate: string): Promise<State> {
  const { id } = await client.invoke("getId", { coordinate });
  const state = await client.read(coordinate.split("/")[0] ?? "", textOf(id ?? ""));
  if (state === undefined) throw new Error(`${coordinate} is gone`);
  return state;
}

describe("a new primary", () => {
  it("gets what was approved, and nothing the second time", { timeout: 120_000 }, async () => {
    const workspace = await withRepository();
    const first = await opened(workspace);
    expect(first.plan.operations.length).toBeGreaterThan(8);
    await carryOut(first.client, first.plan);
    await first.close();
    const second = await opened(workspace);
    expect(second.plan.operations).toEqual([]);
    const mark = await stage.control.mark();
    const { id } = await second.client.invoke("getId", { coordinate: "queue/Billing" });
    const read = await second.client.read("queue", textOf(id ?? ""));
    expect(
      (
        await second.client.diff(
          "queue",
          read ?? { id: "", outputs: {}, inputs: {} },
          inputsOf(first.plan, "queue/Billing").news,
        )
      ).changes,
    ).toBe("none");
    expect(await writesAfter(mark)).toBe(0);
  });

  it("gets nothing that was not approved, and loses nothing", { timeout: 120_000 }, async () => {
    const workspace = await withRepository();
    const { client, plan } = await opened(workspace, { allow: "protected" });
    const mark = await stage.control.mark();
    const { news } = inputsOf(plan, "queue/Billing");
    const other = { ...news, description: "Something else" };
    expect(await refusalOf(client.create("queue", other))).toMatch(
      /^unapproved-change: The approved plan does not create/,
    );
    expect(await refusalOf(client.create("skill", { name: "Extra", key: "Extra" }))).toMatch(/^unapproved-change: /);
    expect(await writesAfter(mark)).toBe(0);
    const skill = await client.create("skill", inputsOf(plan, "skill/Spanish").news);
    expect(await refusalOf(client.remove("skill", skill))).toMatch(/^primary-no-deletes: /);
  });

  it("is left unchanged when somebody works in it already", { timeout: 120_000 }, async () => {
    const workspace = await withRepository();
    const admin = await stage.admin("primary");
    await admin.create("/api/v2/routing/queues", { name: "Their queue" });
    const { name } = await admin.send("GET", "/api/v2/authorization/divisions/home");
    await admin.publish(callFlow("Theirs", "Their queue", String(name)));
    const { client, plan } = await opened(workspace);
    const mark = await stage.control.mark();
    expect(await refusalOf(client.create("skill", inputsOf(plan, "skill/Spanish").news))).toMatch(
      /^populated-org: .*flow\/inboundcall:Theirs/,
    );
    expect(await writesAfter(mark)).toBe(0);
  });

  it("is written for the plan that was approved and no other", { timeout: 120_000 }, async () => {
    const workspace = await withRepository();
    const mark = await stage.control.mark();
    const firstWrite = async ({ client, plan }: Opened): Promise<string> => {
      const { kind, news } = inputsOf(plan, plan.operations[0]?.coordinate ?? "");
      return refusalOf(client.create(kind, news));
    };
    const unapproved = await opened(workspace, { approved: "0".repeat(64) });
    expect(await unapproved.client.invoke("getInventory", {})).toMatchObject({ orgId: stage.line.orgs["primary"]?.id });
    expect(await firstWrite(unapproved)).toMatch(/^plan-not-approved: /);
    await unapproved.close();
    const missing = await opened(workspace, { plan: workspace.path("missing.json") });
    expect(await firstWrite(missing)).toMatch(/^plan-not-approved: There is no plan/);
    await missing.close();
    const text = await readFile(workspace.path("primary.json"), "utf8");
    const edited = workspace.path("edited.json");
    await writeFile(edited, text.replace("Calls about Billing", "Calls about nothing"));
    const changed = await opened(workspace, { plan: edited });
    expect(await firstWrite(changed)).toMatch(/^plan-edited: /);
    await changed.close();
    expect(await writesAfter(mark)).toBe(0);
    const elsewhere = await opened(workspace, { orgId: stage.line.orgs["standby"]?.id ?? "" });
    expect(await refusalOf(elsewhere.client.invoke("getInventory", {}))).toMatch(/^org-mismatch: /);
  });
});

describe("a new primary that cannot be judged", () => {
  it("is not written where its flows cannot be listed", { timeout: 120_000 }, async () => {
    const workspace = await withRepository();
    const { client, plan } = await opened(workspace);
    await stage.control.faults({ org: "primary", method: "GET", path: "/flows$", times: 100, action: "status:403" });
    const mark = await stage.control.mark();
    expect(await refusalOf(client.create("skill", inputsOf(plan, "skill/Spanish").news))).toMatch(
      /^incomplete-target: Nobody can tell whether .* is in use/,
    );
    expect(await writesAfter(mark)).toBe(0);
  });

  it("is not written with the credential that reads it", { timeout: 120_000 }, async () => {
    const workspace = await withRepository();
    const { client, plan } = await opened(workspace, {
      clientId: "env:PRIMARY_ID",
      clientSecret: "env:PRIMARY_SECRET",
    });
    expect(await refusalOf(client.create("skill", inputsOf(plan, "skill/Spanish").news))).toMatch(
      /^same-credential: .*lockstep:writeClientId/,
    );
  });
});

describe("a primary that was provisioned", () => {
  it("is changed along an approved plan, but not where somebody changed it", { timeout: 120_000 }, async () => {
    const workspace = await withRepository();
    const first = await opened(workspace);
    await carryOut(first.client, first.plan);
    await first.close();
    await describeQueue(workspace, "Bills and payments");
    const managed = await opened(workspace, { access: "managed" });
    expect(managed.plan.operations.map(({ action, coordinate }) => `${action} ${coordinate}`)).toEqual([
      "update queue/Billing",
    ]);
    const queue = await found(managed.client, "queue/Billing");
    const { news } = inputsOf(managed.plan, "queue/Billing");
    const mark = await stage.control.mark();
    const after = await managed.client.update("queue", queue, news);
    expect(after.outputs).toMatchObject({ description: "Bills and payments" });
    expect(await writesAfter(mark)).toBe(1);
    await managed.close();

    const admin = await stage.admin("primary");
    const entity = await admin.send("GET", `/api/v2/routing/queues/${queue.id}`);
    await admin.send("PUT", `/api/v2/routing/queues/${queue.id}`, { ...entity, description: "By hand" });
    await describeQueue(workspace, "Bills, payments and refunds");
    const again = await opened(workspace, { access: "managed" });
    const tampered = await found(again.client, "queue/Billing");
    const since = await stage.control.mark();
    expect(await refusalOf(again.client.update("queue", tampered, inputsOf(again.plan, "queue/Billing").news))).toMatch(
      /^tampered: queue\/Billing /,
    );
    expect(await writesAfter(since)).toBe(0);
  });

  it("is not changed by bootstrap, which only creates", { timeout: 120_000 }, async () => {
    const workspace = await withRepository();
    const first = await opened(workspace);
    await carryOut(first.client, first.plan);
    await first.close();
    await describeQueue(workspace, "Bills and payments");
    const { client, plan } = await opened(workspace);
    const queue = await found(client, "queue/Billing");
    const mark = await stage.control.mark();
    expect(await refusalOf(client.update("queue", queue, inputsOf(plan, "queue/Billing").news))).toMatch(
      /^bootstrap-creates: queue\/Billing /,
    );
    expect(await writesAfter(mark)).toBe(0);
  });

  it("is not changed where it moved after the plan was made, its texts included", { timeout: 120_000 }, async () => {
    const workspace = await withRepository();
    const first = await opened(workspace);
    await carryOut(first.client, first.plan);
    await first.close();
    // Another machine: only the baseline tells what is ours, and it knows texts by their letters alone.
    await rm(workspace.path(".lockstep", "journal"), { recursive: true });
    await describeQueue(workspace, "Bills and payments");
    const earlier = await opened(workspace, { access: "managed" });
    const queue = await found(earlier.client, "queue/Billing");
    await earlier.client.update("queue", queue, inputsOf(earlier.plan, "queue/Billing").news);
    await earlier.close();

    await describeObject(workspace, "flow", "inboundcall%3AMain", "Greets");
    const { client, plan } = await opened(workspace, { access: "managed" });
    const admin = await stage.admin("primary");
    const { name } = await admin.send("GET", "/api/v2/authorization/divisions/home");
    await admin.publish(callFlow("Main", "Support", String(name)));
    const flow = await found(client, "flow/inboundcall:Main");
    const mark = await stage.control.mark();
    expect(await refusalOf(client.update("flow", flow, inputsOf(plan, "flow/inboundcall:Main").news))).toMatch(
      /^moved-target: flow\/inboundcall:Main /,
    );
    expect(await writesAfter(mark)).toBe(0);
  });

  it("takes nothing over that somebody made after a refused create", { timeout: 120_000 }, async () => {
    const workspace = await withRepository();
    const first = await opened(workspace);
    const { news } = inputsOf(first.plan, "division/Sales");
    await stage.control.faults({ org: "primary", method: "POST", path: "/divisions$", action: "status:400" });
    expect(await refusalOf(first.client.create("division", news))).toMatch(/status 400/);
    await first.close();
    const admin = await stage.admin("primary");
    await admin.create("/api/v2/authorization/divisions", { name: "Sales", description: "Theirs" });
    const second = await opened(workspace, { access: "managed" });
    const theirs = await found(second.client, "division/Sales");
    const wanted = inputsOf(second.plan, "division/Sales").news;
    expect(await refusalOf(second.client.update("division", theirs, wanted))).toMatch(/^not-owned: division\/Sales /);
  });
});
