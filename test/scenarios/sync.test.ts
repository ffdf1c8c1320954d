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
