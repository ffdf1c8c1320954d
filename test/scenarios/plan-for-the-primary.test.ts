import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { Plan } from "../../src/model/plan.ts";
import { buildCentre, CENTRE } from "./support/centre.ts";
import { errorOf } from "./support/cli.ts";
import { writesTo } from "./support/control.ts";
import { refused, works } from "./support/refused.ts";
import { stageFor } from "./support/stage.ts";
import type { Workspace } from "./support/workspace.ts";

/** What the primary should be is taken from a directory; here it is a snapshot of an organisation that holds the centre. */
const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => buildCentre(await set.admin("standby")));

async function withRepository(rules: { readonly [name: string]: unknown } = {}): Promise<Workspace> {
  const workspace = await stage.workspace();
  await works(workspace, 0, "snapshot", "standby", "--repository", "-o", "topology");
  await workspace.configure({ repository: { directory: "topology", ...rules } });
  return workspace;
}

const planned = ["plan", "--stack", "primary", "-o", "primary.json"] as const;

describe("a plan for the primary", () => {
  it("says what the primary lacks of the repository, and only reads it", async () => {
    const workspace = await withRepository({ renames: [{ kind: "queue", from: "Billing", to: "Billing HQ" }] });
    const mark = await stage.control.mark();
    const plan = (await works(workspace, 2, ...planned)) as Plan;
    expect(plan).toMatchObject({ stack: "primary", target: { orgId: stage.line.orgs["primary"]?.id } });
    const created = plan.operations.filter(({ action }) => action === "create").map(({ coordinate }) => coordinate);
    expect(created.length).toBeGreaterThanOrEqual(CENTRE.objects.length);
    expect(created).toContain("queue/Billing HQ");
    expect(plan.operations.some(({ action }) => action === "delete")).toBe(false);
    const log = await stage.control.log(mark);
    for (const org of ["primary", "standby"]) expect(writesTo(org, log)).toEqual([]);
  });

  it("names its checksum as what has to be approved", async () => {
    const workspace = await withRepository();
    const { exit, stdout } = await workspace.run([...planned]);
    expect(exit).toBe(2);
    const { sha256 } = JSON.parse(await readFile(workspace.path("primary.json"), "utf8")) as Plan;
    expect(stdout).toContain(`pulumi config set --stack primary lockstep:approvedPlan ${sha256}`);
    expect(stdout).not.toContain("lockstep apply");
  });

  it("is refused by apply, also when the standby's address leads to the primary", async () => {
    const workspace = await withRepository();
    await works(workspace, 2, ...planned);
    expect(await refused(stage, workspace, "apply", "primary.json")).toMatchObject({ exit: 3, code: "wrong-target" });
    const { primary } = stage.line.orgs;
    await workspace.configure({ orgs: { standby: { orgId: primary?.id } }, repository: { directory: "topology" } });
    const mark = await stage.control.mark();
    const env = { STANDBY_ID: primary?.admin.id ?? "", STANDBY_SECRET: primary?.admin.secret ?? "" };
    const ended = await workspace.run(["apply", "primary.json", "--format", "json"], env);
    expect(ended.exit).toBe(3);
    expect(errorOf(ended).code).toBe("same-org");
    expect(writesTo("primary", await stage.control.log(mark))).toEqual([]);
  });

  it("never deletes, and needs a repository", async () => {
    const workspace = await withRepository();
    expect(await refused(stage, workspace, ...planned, "--prune")).toMatchObject({ exit: 1, code: "prune-primary" });
    await workspace.configure({});
    expect(await refused(stage, workspace, ...planned)).toMatchObject({ exit: 1, code: "repository-missing" });
  });

  it("points to the rule of the repository that matches nothing", async () => {
    const workspace = await withRepository({ renames: [{ kind: "queue", from: "Biling", to: "Billing HQ" }] });
    const error = await refused(stage, workspace, ...planned);
    expect(error).toMatchObject({ exit: 1, code: "rename-unmatched", path: "/repository/renames/0" });
    expect(error.file).toContain("lockstep.yaml");
  });

  it("leaves the plan for the standby as it was", async () => {
    const workspace = await withRepository();
    const plan = (await works(workspace, 0, "plan", "--stack", "standby", "-o", "plan.json")) as Plan;
    expect(plan.stack).toBeUndefined();
    expect(plan.target.orgId).toBe(stage.line.orgs["standby"]?.id);
  });
});
