import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { documentOf } from "./support/cli.ts";
import { buildCentre } from "./support/centre.ts";
import { refused, works } from "./support/refused.ts";
import { stageFor } from "./support/stage.ts";
import type { Workspace } from "./support/workspace.ts";

const stage = stageFor({ primary: "empty", standby: "empty", other: "empty" }, async (set) => {
  await buildCentre(await set.admin("primary"));
  const standby = await set.admin("standby");
  await standby.create("/api/v2/routing/queues", { name: "Billing", description: "Another text" });
});

async function withPlan(): Promise<Workspace> {
  const workspace = await stage.workspace();
  await works(workspace, 2, "plan", "-o", "plan.json");
  return workspace;
}

describe("a plan that cannot be trusted any more", () => {
  it("is refused when it was edited", async () => {
    const workspace = await withPlan();
    const text = await readFile(workspace.path("plan.json"), "utf8");
    await writeFile(workspace.path("plan.json"), text.replace("Calls about Billing", "Calls about nothing"));
    const error = await refused(stage, workspace, "apply", "plan.json");
    expect(error).toMatchObject({ exit: 3, code: "plan-edited", file: workspace.path("plan.json") });
  });

  it("is refused when it is cut off, or no plan at all", async () => {
    const workspace = await withPlan();
    const text = await readFile(workspace.path("plan.json"), "utf8");
    await writeFile(workspace.path("cut.json"), text.slice(0, 1000));
    await writeFile(workspace.path("other.json"), "[]");
    for (const file of ["cut.json", "other.json"]) {
      const error = await refused(stage, workspace, "apply", file);
      expect(error).toMatchObject({ exit: 1, code: "plan-malformed", file: workspace.path(file) });
    }
    expect(await refused(stage, workspace, "apply", "none.json")).toMatchObject({ exit: 1, code: "plan-missing" });
  });

  it("is refused by another organisation than the one it was made for", async () => {
    const workspace = await withPlan();
    const { other } = stage.line.orgs;
    const env = { STANDBY_ID: other?.client.id ?? "", STANDBY_SECRET: other?.client.secret ?? "" };
    await workspace.configure({ orgs: { standby: { orgId: other?.id } } });
    const mark = await stage.control.mark();
    const ended = await workspace.run(["apply", "plan.json", "--format", "json"], env);
    expect(ended.exit).toBe(3);
    expect(documentOf(ended)).toMatchObject({ error: { code: "wrong-target" } });
    expect((await stage.control.log(mark)).filter(({ method }) => method !== "GET").map(({ path }) => path)).toEqual([
      "/oauth/token",
    ]);
  });

  it("is refused when an object was changed meanwhile, naming it", async () => {
    const workspace = await withPlan();
    const admin = await stage.admin("standby");
    const { id } = await admin.named("/api/v2/routing/queues", "Billing");
    await admin.send("PUT", `/api/v2/routing/queues/${id}`, { name: "Billing", description: "Changed by hand" });
    const error = await refused(stage, workspace, "apply", "plan.json");
    expect(error).toMatchObject({ exit: 3, code: "moved-target", coordinate: "queue/Billing" });
  });

  it("is refused when somebody created what it would create", async () => {
    const workspace = await withPlan();
    const admin = await stage.admin("standby");
    await admin.create("/api/v2/routing/queues", { name: "Support", description: "By hand" });
    const error = await refused(stage, workspace, "apply", "plan.json");
    expect(error).toMatchObject({ exit: 3, code: "moved-target", coordinate: "queue/Support" });
  });

  it("is stopped by a guard when its source is old, until that is allowed", async () => {
    const workspace = await stage.workspace();
    await works(workspace, 0, "snapshot", "primary");
    const run = workspace.path("snapshots/primary/run.json");
    const text = await readFile(run, "utf8");
    await writeFile(run, text.replace(/"finishedAt": "[^"]*"/, '"finishedAt": "2020-01-01T00:00:00.000Z"'));
    const plan = await works(workspace, 2, "plan", "-o", "plan.json", "--from", "snapshots/primary");
    expect(plan).toMatchObject({ guards: [{ guard: "stale-snapshot" }] });
    const error = await refused(stage, workspace, "apply", "plan.json");
    expect(error).toMatchObject({ exit: 3, code: "stale-snapshot" });
    expect(error.hint).toContain("new snapshot");
    await works(workspace, 0, "apply", "plan.json", "--allow", "stale-snapshot");
  });
});
