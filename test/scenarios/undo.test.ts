import { describe, expect, it } from "vitest";
import { buildCentre, callFlow } from "./support/centre.ts";
import { plainState } from "./support/raw-state.ts";
import { works } from "./support/refused.ts";
import { stageFor } from "./support/stage.ts";

const QUEUES = "/api/v2/routing/queues";

/** The primary has new, other and no longer the same objects as the standby, which has some of its own. */
const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => {
  const [primary, standby] = [await set.admin("primary"), await set.admin("standby")];
  await buildCentre(primary);
  await buildCentre(standby);
  const { id } = await primary.named(QUEUES, "Billing");
  await primary.send("PUT", `${QUEUES}/${id}`, {
    name: "Billing",
    description: "Another text",
    acwSettings: { wrapupPrompt: "MANDATORY_TIMEOUT", timeoutMs: 30_000 },
  });
  await primary.create(QUEUES, { name: "New queue" });
  await primary.publish(callFlow("Main", "New queue"));
  const code = await standby.create("/api/v2/routing/wrapupcodes", { name: "Old code" });
  const old = await standby.create(QUEUES, { name: "Old queue" });
  await standby.send("POST", `${QUEUES}/${old}/wrapupcodes`, [{ id: code }]);
});

describe("the undo plan of an apply", () => {
  it("brings back what was there, deleted objects and the flow's version included", async () => {
    const workspace = await stage.workspace();
    const before = plainState(await stage.control.state("standby"));
    await works(workspace, 2, "plan", "-o", "plan.json", "--prune");
    const applied = (await works(workspace, 0, "apply", "plan.json")) as { undoPlan: string };
    expect(plainState(await stage.control.state("standby"))).not.toEqual(before);
    expect(await works(workspace, 0, "diff")).toMatchObject({ changes: [] });
    const undone = await works(workspace, 0, "apply", applied.undoPlan);
    expect(undone).toMatchObject({ operations: { failed: 0, skipped: 0 }, verified: true });
    expect(plainState(await stage.control.state("standby"))).toEqual(before);
    const again = await works(workspace, 0, "apply", applied.undoPlan);
    expect(again).toMatchObject({ operations: { done: 0, failed: 0 }, writes: 0, verified: true });
  });
});
