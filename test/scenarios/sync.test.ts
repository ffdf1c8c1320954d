import { describe, expect, it } from "vitest";
import { buildCentre, CENTRE } from "./support/centre.ts";
import { writesTo } from "./support/control.ts";
import { refused, works } from "./support/refused.ts";
import { stageFor } from "./support/stage.ts";

const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => buildCentre(await set.admin("primary")));

interface Applied {
  readonly operations: { readonly done: number };
  readonly writes: number;
  readonly undoPlan: string | null;
}

describe("sync", () => {
  it("applies nothing unless somebody agrees", async () => {
    const workspace = await stage.workspace();
    const error = await refused(stage, workspace, "sync");
    expect(error).toMatchObject({ exit: 1, code: "not-confirmed" });
    expect(error.hint).toContain("--yes");
  });

  it("plans and applies in one go with --yes, and finds nothing to do the second time", async () => {
    const workspace = await stage.workspace();
    const mark = await stage.control.mark();
    const applied = (await works(workspace, 0, "sync", "--yes")) as Applied;
    const log = await stage.control.log(mark);
    expect(applied.operations.done).toBeGreaterThanOrEqual(CENTRE.objects.length);
    expect(writesTo("standby", log)).toHaveLength(applied.writes);
    expect(writesTo("primary", log)).toEqual([]);
    const again = (await works(workspace, 0, "sync", "--yes")) as Applied;
    expect(again).toMatchObject({ operations: { done: 0 }, writes: 0, verified: true });
  });

  it("tells in JSON what it could not do, counts it, and calls nothing verified that it left undone", async () => {
    const blocked = { coordinate: "ivr/Main line", code: "missing-reference" };
    const workspace = await stage.workspace();
    await workspace.configure({ flows: [{ name: "Main", mode: "independent" }] });
    const applied = await works(workspace, 2, "sync", "--yes");
    expect(applied).toMatchObject({
      operations: { failed: 0, skipped: 1 },
      failures: [],
      blocked: [blocked],
      verified: false,
    });
    const again = await workspace.run(["sync", "--yes"]);
    expect(again.exit).toBe(2);
    expect(again.stdout).toContain("cannot be done: ivr/Main line: missing-reference");
    expect(again.stdout).toContain("not verified");
    await works(workspace, 2, "plan", "-o", "plan.json");
    expect(await works(workspace, 2, "apply", "plan.json")).toMatchObject({ blocked: [blocked], verified: false });
  });

  it("stops at a guard as apply does", async () => {
    const workspace = await stage.workspace();
    await works(workspace, 0, "sync", "--yes");
    const admin = await stage.admin("primary");
    for (const name of ["Billing", "Support"]) {
      const { id } = await admin.named("/api/v2/routing/queues", name);
      await admin.send("PUT", `/api/v2/routing/queues/${id}`, { name, description: "Another text" });
    }
    await workspace.configure({ guards: { maxUpdates: { percent: 10, minimum: 1 } } });
    const error = await refused(stage, workspace, "sync", "--yes");
    expect(error).toMatchObject({ exit: 3, code: "max-updates" });
    await works(workspace, 0, "sync", "--yes", "--allow", "max-updates");
  });
});
