import { rm, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { ALLOWABLE_GUARDS } from "../../src/model/guard.ts";
import { buildCentre, createTrunk } from "./support/centre.ts";
import { tamperingProxy } from "./support/proxy.ts";
import { refused, works } from "./support/refused.ts";
import { stageFor } from "./support/stage.ts";
import type { Settings, Workspace } from "./support/workspace.ts";

const QUEUES = "/api/v2/routing/queues";

/** Both organisations were once equal; since then the primary has other queues, the standby objects of its own. */
const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => {
  const [primary, standby] = [await set.admin("primary"), await set.admin("standby")];
  await buildCentre(primary);
  await buildCentre(standby);
  for (const name of ["Billing", "Support"]) {
    const { id } = await primary.named(QUEUES, name);
    await primary.send("PUT", `${QUEUES}/${id}`, { name, description: `Everything about ${name}` });
  }
  const { id: emptied } = await primary.named(QUEUES, "Support");
  const { entities: codes } = (await primary.send("GET", `${QUEUES}/${emptied}/wrapupcodes`)) as {
    entities: readonly { readonly id: string }[];
  };
  for (const { id } of codes) await primary.send("DELETE", `${QUEUES}/${emptied}/wrapupcodes/${id}`);
  const flow = await standby.named("/api/v2/flows", "Main");
  await standby.create("/api/v2/architect/ivrs", {
    name: "Old line",
    dnis: ["+13175550109"],
    openHoursFlow: { id: flow.id },
  });
  for (const name of ["Old 1", "Old 2", "Old 3", "Old 4"]) await standby.create("/api/v2/routing/skills", { name });
});

interface PlanDocument {
  readonly guards: readonly { readonly guard: string; readonly message: string }[];
}

const strict = { maxUpdates: { percent: 50, minimum: 1 }, maxDeletes: { percent: 50, minimum: 1 } };

const cases: readonly [string, Settings, readonly string[], string][] = [
  ["max-updates", { guards: { ...strict, maxDeletes: { percent: 100 } } }, [], "2 of 2 objects of kind queue"],
  ["max-deletes", { guards: { maxDeletes: strict.maxDeletes } }, ["--prune"], "4 of 5 objects of kind skill"],
  ["shrunken-kind", {}, ["--prune"], "The source has 1 objects of kind skill, the standby 5"],
  ["loses-all-members", {}, [], "queue/Support would lose everything in /wrapUpCodes: 2 before, 0 after"],
  ["protected", {}, ["--prune"], "ivr/Old line carries entry points"],
  ["protected", { guards: { protected: [{ kind: "queue", name: "Bill*" }] } }, [], "queue/Billing is protected"],
];

describe("a guard", () => {
  it.each(cases)("%s stops a plan until it is allowed by its own name", async (guard, settings, flags, message) => {
    const workspace = await stage.workspace();
    await workspace.configure(settings);
    const plan = (await works(workspace, 2, "plan", "-o", "plan.json", ...flags)) as PlanDocument;
    expect(plan.guards.map((hit) => `${hit.guard}: ${hit.message}`).join("\n")).toContain(`${guard}: `);
    expect(plan.guards.map((hit) => hit.message).join("\n")).toContain(message);
    const needed = [...new Set(plan.guards.map((hit) => hit.guard))];
    const others = needed.filter((name) => name !== guard);
    const error = await refused(stage, workspace, "apply", "plan.json", ...allowing(others, "live-traffic"));
    expect(error).toMatchObject({ exit: 3, code: guard });
    expect(error.hint).toMatch(/^(Look|Check|Take) .*\.$/);
    expect(error.hint).not.toContain("--allow");
    expect(error.message).toContain(message);
    const synced = await refused(stage, workspace, "sync", "--yes", ...flags, ...allowing(others));
    expect(synced).toMatchObject({ exit: 3, code: guard });
    const applied = await works(workspace, 0, "apply", "plan.json", ...allowing(needed));
    expect(applied).toMatchObject({ verified: true });
    await inStep(workspace, flags.includes("--prune"));
  });

  it("live-traffic keeps a standby that carries calls as it is", async () => {
    const workspace = await stage.workspace();
    await works(workspace, 2, "plan", "-o", "plan.json");
    const baseUrl = await tamperingProxy(stage.line.baseUrl, ({ url }, body) =>
      url.pathname.endsWith("/trunks/metrics")
        ? (body as object[]).map((metrics) => ({ ...metrics, calls: { inboundCallCount: 3, outboundCallCount: 1 } }))
        : undefined,
    );
    await createTrunk(await stage.admin("standby"), {});
    await workspace.configure({ orgs: { standby: { baseUrl } } });
    const error = await refused(stage, workspace, "apply", "plan.json", ...CENTRE);
    expect(error).toMatchObject({ exit: 3, code: "live-traffic" });
    expect(error.hint).toContain("active conversations");
    expect(await refused(stage, workspace, "sync", "--yes", ...CENTRE)).toMatchObject({
      exit: 3,
      code: "live-traffic",
    });
    await works(workspace, 0, "apply", "plan.json", ...CENTRE, "--allow", "live-traffic");
  });

  it("stale-snapshot keeps a source of unknown age from being applied", async () => {
    const workspace = await stage.workspace();
    await works(workspace, 0, "snapshot", "primary");
    const source = ["--from", "snapshots/primary"];
    for (const record of ["rubbish", "{}", '{"finishedAt":"soon"}', '{"finishedAt":"2999-01-01T00:00:00.000Z"}']) {
      await writeFile(workspace.path("snapshots/primary/run.json"), record);
      await works(workspace, 2, "plan", "-o", "plan.json", ...source);
      const error = await refused(stage, workspace, "apply", "plan.json", ...CENTRE);
      expect(error).toMatchObject({ exit: 3, code: "stale-snapshot" });
    }
    await rm(workspace.path("snapshots/primary/run.json"));
    const error = await refused(stage, workspace, "sync", "--yes", ...source, ...CENTRE);
    expect(error).toMatchObject({ exit: 3, code: "stale-snapshot" });
  });

  it("is tried here, whichever it is", () => {
    // standby-locked: two-writers.test.ts
    const tried = [...cases.map(([guard]) => guard), "live-traffic", "stale-snapshot", "standby-locked"];
    expect([...new Set(tried)].sort()).toEqual([...ALLOWABLE_GUARDS].sort());
  });

  it("is told from one that does not exist", async () => {
    const workspace = await stage.workspace();
    await works(workspace, 2, "plan", "-o", "plan.json");
    const error = await refused(stage, workspace, "apply", "plan.json", "--allow", "everything");
    expect(error).toMatchObject({ exit: 1, code: "unknown-guard" });
    expect(error.hint).toContain("max-updates");
  });
});

/** What stops every plan from these organisations. */
const CENTRE = allowing("loses-all-members");

function allowing(...guards: readonly (string | readonly string[])[]): string[] {
  return guards.flat().flatMap((guard) => ["--allow", guard]);
}

async function inStep(workspace: Workspace, pruned: boolean): Promise<void> {
  const diff = await workspace.json("diff");
  const { changes } = JSON.parse(diff.stdout) as { changes: readonly { action: string }[] };
  expect(changes.filter(({ action }) => pruned || action !== "delete")).toEqual([]);
}
