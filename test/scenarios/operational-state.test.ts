import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createTrunk } from "./support/centre.ts";
import { works } from "./support/refused.ts";
import { stageFor } from "./support/stage.ts";

const TRUNKS = "/api/v2/telephony/providers/edges/trunkbasesettings";

const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => {
  await createTrunk(await set.admin("primary"), { trunk_enabled: true, trunk_label: "Carrier" });
  await createTrunk(await set.admin("standby"), { trunk_enabled: false, trunk_label: "Another" });
});

async function trunkEnabled(): Promise<unknown> {
  const standby = await stage.admin("standby");
  const { id } = await standby.named(TRUNKS, "Carrier");
  const { properties } = (await standby.send("GET", `${TRUNKS}/${id}`)) as {
    properties: { trunk_enabled?: { value: { instance: unknown } } };
  };
  return properties.trunk_enabled?.value.instance;
}

describe("operational state", () => {
  it("of the standby is left unchanged, also by a write of the object that has it", async () => {
    const workspace = await stage.workspace();
    const plan = (await works(workspace, 2, "plan", "-o", "plan.json")) as { operations: readonly object[] };
    expect(plan.operations).toMatchObject([{ coordinate: "trunk/Carrier", action: "update" }]);
    expect(JSON.stringify(plan.operations)).not.toContain("trunk_enabled");
    await works(workspace, 0, "apply", "plan.json");
    expect(await trunkEnabled()).toBe(false);
    expect(await works(workspace, 2, "diff")).toMatchObject({ changes: [] });
  });

  it("that is off in the standby is told in every form, and decides about the exit code as configured", async () => {
    const workspace = await stage.workspace();
    const place = "trunk Carrier › properties › trunk enabled";
    await works(workspace, 2, "plan", "-o", "plan.json");
    await works(workspace, 0, "apply", "plan.json");
    expect(await works(workspace, 2, "diff", "--report", "markdown=drift.md")).toMatchObject({
      operational: [
        { coordinate: "trunk/Carrier", path: "/properties/trunk_enabled", primary: true, standby: false, off: true },
      ],
    });
    expect(await readFile(join(workspace.directory, "drift.md"), "utf8")).toContain(place);
    const text = await workspace.run(["diff"]);
    expect(text.stdout).toContain(`${place}: false, primary true; off in the standby`);
    expect(text.stdout).not.toMatch(/^in step/m);
    expect((await workspace.run(["plan", "-o", "again.json"])).stdout).toContain("off in the standby");
    await workspace.configure({ operational: { alarm: "none" } });
    expect(await works(workspace, 0, "diff")).toMatchObject({ operational: [{ off: true }] });
  });

  it("is set where lockstep.yaml says what it should be", async () => {
    const workspace = await stage.workspace();
    const state = [{ kind: "trunk", name: "Carrier", path: "/properties/trunk_enabled", value: true }];
    await workspace.configure({ orgs: { standby: { state } } });
    await works(workspace, 2, "plan", "-o", "plan.json");
    await works(workspace, 0, "apply", "plan.json");
    expect(await trunkEnabled()).toBe(true);
    expect(await works(workspace, 0, "diff")).toMatchObject({ changes: [] });
  });
});
