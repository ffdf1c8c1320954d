import { describe, expect, it } from "vitest";
import { documentOf } from "./support/cli.ts";
import { buildCentre } from "./support/centre.ts";
import { works } from "./support/refused.ts";
import { stageFor } from "./support/stage.ts";

const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => buildCentre(await set.admin("primary")));

async function queueNames(): Promise<unknown[]> {
  const state = await stage.control.state("standby");
  return Object.entries(state)
    .flatMap(([path, { name }]) => (/^\/api\/v2\/routing\/queues\/[^/]+$/.test(path) ? [name] : []))
    .sort();
}

describe("a service that does not answer as it should", () => {
  it("shows new objects late, which is waited for", async () => {
    const workspace = await stage.workspace();
    await works(workspace, 2, "plan", "-o", "plan.json");
    await stage.control.set({ lagMs: 700 });
    const applied = await workspace.json("apply", "plan.json");
    await stage.control.set({ lagMs: 0 });
    expect(documentOf(applied)).toMatchObject({ failures: [], unequal: [], verified: true });
    expect(await works(workspace, 0, "diff")).toMatchObject({ changes: [] });
  });

  it("carries out a request without saying so: nothing is created twice", async () => {
    const workspace = await stage.workspace();
    await works(workspace, 2, "plan", "-o", "plan.json");
    await stage.control.faults({ org: "standby", method: "POST", path: "/routing/queues$", action: "reset-after" });
    expect(await works(workspace, 0, "apply", "plan.json")).toMatchObject({ failures: [], verified: true });
    expect(await queueNames()).toEqual(["Billing", "Support"]);
  });

  it("is busy for a while, which is waited for", async () => {
    const workspace = await stage.workspace();
    await stage.control.faults(
      { org: "standby", method: "POST", path: "/routing/skills$", action: "status:429" },
      { org: "standby", method: "GET", path: "/routing/queues/", action: "status:503" },
      { org: "standby", method: "PUT", path: ".", action: "status:500" },
    );
    expect(await works(workspace, 0, "sync", "--yes")).toMatchObject({ failures: [], verified: true });
  });
});
