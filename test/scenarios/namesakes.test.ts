import { describe, expect, it } from "vitest";
import { writesTo } from "./support/control.ts";
import { works } from "./support/refused.ts";
import { stageFor } from "./support/stage.ts";

const CRM = { name: "CRM", integrationType: { id: "custom-rest-actions" } };
const coordinate = "integration/custom-rest-actions:CRM";
const blocked = { coordinate, code: "duplicate-key" };

const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => {
  await (await set.admin("primary")).create("/api/v2/routing/skills", { name: "Spanish" });
});

async function createTwins(org: string, count: number): Promise<void> {
  const admin = await stage.admin(org);
  for (let made = 0; made < count; made += 1) await admin.create("/api/v2/integrations", CRM);
}

async function integrationWrites(mark: number): Promise<number> {
  const writes = writesTo("standby", await stage.control.log(mark));
  return writes.filter(({ path }) => path.includes("/integrations")).length;
}

describe.each([
  ["the primary", 2, 0],
  ["the primary, of which the standby has one", 2, 1],
  ["the standby", 1, 2],
  ["both organisations", 2, 2],
])("two objects of one name in %s", (_, inPrimary, inStandby) => {
  it("are set aside, and everything else goes on", async () => {
    await createTwins("primary", inPrimary);
    await createTwins("standby", inStandby);
    const workspace = await stage.workspace();
    await works(workspace, 0, "snapshot", "primary");
    await works(workspace, 0, "validate", "snapshots/primary");
    const mark = await stage.control.mark();
    const plan = await works(workspace, 2, "plan", "--prune", "-o", "plan.json");
    expect(plan).toMatchObject({ operations: [{ coordinate: "skill/Spanish" }], blocked: [blocked] });
    expect(await works(workspace, 2, "sync", "--yes", "--prune")).toMatchObject({
      operations: { done: 1, failed: 0, skipped: 1 },
      blocked: [blocked],
      verified: false,
    });
    expect(await integrationWrites(mark)).toBe(0);
    expect(await works(workspace, 2, "diff")).toMatchObject({ changes: [], findings: [blocked] });
    expect((await workspace.run(["diff"])).stdout).not.toMatch(/^in step/m);
  });

  it("are nobody's concern where the configuration excludes them", async () => {
    await createTwins("primary", inPrimary);
    await createTwins("standby", inStandby);
    const workspace = await stage.workspace();
    await workspace.configure({ include: { exclude: [{ kind: "integration", name: "CRM" }] } });
    await works(workspace, 0, "sync", "--yes");
    expect(await works(workspace, 0, "diff")).toMatchObject({ changes: [], findings: [] });
  });
});
