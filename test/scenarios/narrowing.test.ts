import { describe, expect, it } from "vitest";
import { buildCentre, callFlow } from "./support/centre.ts";
import { refused, works } from "./support/refused.ts";
import { stageFor } from "./support/stage.ts";
import { digests, type Workspace } from "./support/workspace.ts";

const QUEUES = "/api/v2/routing/queues";

const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => {
  await buildCentre(await set.admin("primary"));
  await buildCentre(await set.admin("standby"));
});

interface Report {
  readonly selection?: unknown;
  readonly changes: readonly { readonly coordinate: string; readonly action: string }[];
}

/** A workspace in which both organisations have been read. */
async function readBefore(): Promise<Workspace> {
  const workspace = await stage.workspace();
  await works(workspace, 0, "sync", "--yes");
  return workspace;
}

async function describeQueue(org: string, name: string, change: { readonly [field: string]: unknown }): Promise<void> {
  const admin = await stage.admin(org);
  const { id } = await admin.named(QUEUES, name);
  await admin.send("PUT", `${QUEUES}/${id}`, { name, description: `Calls about ${name}`, ...change });
}

async function counted<Result>(work: () => Promise<Result>): Promise<{ requests: string[]; result: Result }> {
  const mark = await stage.control.mark();
  const result = await work();
  const log = (await stage.control.log(mark)).filter(({ path }) => path.startsWith("/api/"));
  return { requests: log.map(({ org, method, path }) => `${String(org)} ${method} ${path}`), result };
}

const changesOf = (report: unknown): string[] =>
  (report as Report).changes.map(({ action, coordinate }) => `${action} ${coordinate}`);

describe("a command that is narrowed", () => {
  it("reports one republished flow with at most ten requests for both sides", async () => {
    const workspace = await readBefore();
    const primary = await stage.admin("primary");
    const { name: home } = await primary.send("GET", "/api/v2/authorization/divisions/home");
    await primary.publish(callFlow("Main", "Support", String(home)));
    const { requests, result } = await counted(() => works(workspace, 2, "diff", "--only", "flow/inboundcall:Main"));
    expect(requests.length, requests.join("\n")).toBeLessThanOrEqual(10);
    expect(result).toMatchObject({ selection: { only: ["flow/inboundcall:Main"], kinds: [] } });
    expect(changesOf(result)).toEqual(["update flow/inboundcall:Main"]);
    expect(changesOf(await works(workspace, 2, "diff", "--fresh"))).toEqual(["update flow/inboundcall:Main"]);
  });

  it("reads no more for one object that is named without --only", async () => {
    const workspace = await readBefore();
    await describeQueue("primary", "Billing", { description: "Another" });
    const { requests: only } = await counted(() => works(workspace, 2, "diff", "--only", "queue/Billing"));
    const { requests, result } = await counted(() => works(workspace, 2, "diff", "queue/Billing"));
    expect([...requests].sort()).toEqual([...only].sort());
    expect(requests.length, requests.join("\n")).toBeLessThanOrEqual(10);
    expect(changesOf(result)).toEqual(["update queue/Billing"]);
    expect(changesOf(await works(workspace, 0, "diff", "flow/Main"))).toEqual([]);
  });

  it("says so before anything else, in texts and in the plan", async () => {
    const workspace = await readBefore();
    await describeQueue("primary", "Billing", { description: "Another" });
    const { stdout } = await workspace.run(["diff", "--only", "queue/Bill*"]);
    expect(stdout).toMatch(/^Only queue\/Bill\*: everything else is neither read nor compared\n/);
    const plan = await works(workspace, 2, "plan", "-o", "plan.json", "--only", "queue/Bill*", "--kind", "queue");
    expect(plan).toMatchObject({ selection: { only: ["queue/Bill*"], kinds: ["queue"] } });
    expect(await works(workspace, 0, "apply", "plan.json")).toMatchObject({ verified: true, operations: { done: 1 } });
    expect(changesOf(await works(workspace, 0, "diff"))).toEqual([]);
  });

  it("leaves what was not asked for alone", async () => {
    const workspace = await readBefore();
    await describeQueue("primary", "Billing", { description: "Another" });
    await describeQueue("primary", "Support", { description: "Another" });
    await (await stage.admin("standby")).create(QUEUES, { name: "Only here" });
    const { result } = await counted(() => works(workspace, 2, "diff", "--only", "queue/Billing"));
    expect(changesOf(result)).toEqual(["update queue/Billing"]);
    const applied = await works(workspace, 0, "sync", "--yes", "--prune", "--only", "queue/Billing");
    expect(applied).toMatchObject({ operations: { done: 1 } });
    expect(changesOf(await works(workspace, 2, "diff"))).toEqual(["delete queue/Only here", "update queue/Support"]);
  });

  it("finds what is new, gone or renamed since the last reading", async () => {
    const workspace = await readBefore();
    const primary = await stage.admin("primary");
    await primary.create(QUEUES, { name: "New" });
    const { id } = await primary.named("/api/v2/routing/skills", "Spanish");
    await primary.send("DELETE", `/api/v2/routing/skills/${id}`);
    await describeQueue("primary", "Support", { name: "Help" });
    const narrowed = async (...only: string[]): Promise<string[]> =>
      changesOf(await works(workspace, 2, "diff", ...only.flatMap((each) => ["--only", each])));
    expect(await narrowed("queue/New")).toEqual(["create queue/New"]);
    expect(await narrowed("skill/*")).toEqual(["delete skill/Spanish"]);
    expect(await narrowed("queue/Support")).toEqual(["rename queue/Help"]);
    const all = ["create queue/New", "delete skill/Spanish", "rename queue/Help"];
    expect((await narrowed("queue/*", "skill/*")).sort()).toEqual(all);
    expect(changesOf(await works(workspace, 2, "diff")).sort()).toEqual(all);
  });

  it("leaves it to the next whole reading to export flows that name what was renamed", async () => {
    const workspace = await readBefore();
    await describeQueue("primary", "Billing", { name: "Invoices" });
    expect(changesOf(await works(workspace, 2, "diff", "--only", "queue/Invoices"))).toEqual(["rename queue/Invoices"]);
    const { requests } = await counted(() => works(workspace, 2, "diff"));
    expect(requests.filter((request) => request === "primary POST /api/v2/flows/export/jobs")).toHaveLength(1);
  });

  it("leaves a snapshot like that of everything, where nothing else has changed", async () => {
    const workspace = await readBefore();
    await works(workspace, 0, "snapshot", "primary");
    const primary = await stage.admin("primary");
    const skill = await primary.create("/api/v2/routing/skills", { name: "French" });
    await describeQueue("primary", "Billing", { defaultScripts: {}, description: "Another" });
    await primary.send("POST", "/api/v2/routing/wrapupcodes", { name: "Sold", division: { id: "*" } });
    expect(skill).not.toBe("");
    await works(workspace, 0, "snapshot", "primary", "--kind", "queue", "--kind", "skill", "--kind", "wrap-up-code");
    await works(workspace, 0, "validate", "snapshots/primary");
    const { "run.json": _, ...narrowed } = await digests(workspace.path("snapshots/primary"));
    await works(workspace, 0, "snapshot", "primary", "--fresh");
    const { "run.json": __, ...whole } = await digests(workspace.path("snapshots/primary"));
    expect(narrowed).toEqual(whole);
  });

  it("takes the name that an object has in either organisation", async () => {
    const workspace = await stage.workspace();
    await workspace.configure({ renames: [{ kind: "queue", from: "Billing", to: "Invoices" }] });
    await works(workspace, 0, "sync", "--yes");
    await describeQueue("primary", "Billing", { description: "Another" });
    for (const name of ["Billing", "Invoices"]) {
      const report = await works(workspace, 2, "diff", "--only", `queue/${name}`);
      expect(changesOf(report)).toContain("update queue/Invoices");
    }
  });

  it("reads everything where nothing is known yet, and still reports no more", async () => {
    const workspace = await stage.workspace();
    await describeQueue("primary", "Billing", { description: "Another" });
    await describeQueue("primary", "Support", { description: "Another" });
    expect(changesOf(await works(workspace, 2, "diff", "--only", "queue/Billing"))).toEqual(["update queue/Billing"]);
  });

  it.each([
    [["--kind", "queues"], "unknown-kind"],
    [["--only", "Billing"], "unknown-kind"],
    [["--kind", "sip-header-mapping"], "nothing-selected"],
    [["--kind", "queue", "--only", "skill/Spanish"], "nothing-selected"],
  ])("refuses %j", async (args, code) => {
    const workspace = await stage.workspace();
    const mark = await stage.control.mark();
    expect(await refused(stage, workspace, "diff", ...args)).toMatchObject({ exit: 1, code });
    expect(await stage.control.log(mark)).toEqual([]);
  });
});
