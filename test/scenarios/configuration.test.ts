import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { buildCentre } from "./support/centre.ts";
import { refused } from "./support/refused.ts";
import { stageFor } from "./support/stage.ts";

const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => buildCentre(await set.admin("primary")));

describe("a configuration that is wrong", () => {
  it.each([
    ["is not YAML", "orgs: [", { code: "config-invalid-yaml" }],
    ["is empty", "", { code: "config-invalid" }],
    ["repeats a key", "orgs: {}\norgs: {}\n", { code: "config-invalid-yaml" }],
    ["lacks the organisations", "renames: []\n", { code: "config-invalid" }],
  ])("says so when it %s", async (_, text, expected) => {
    const workspace = await stage.workspace();
    const file = workspace.path("lockstep.yaml");
    await writeFile(file, text);
    const mark = await stage.control.mark();
    const error = await refused(stage, workspace, "diff");
    expect(error).toMatchObject({ exit: 1, file, ...expected });
    expect(error.message).toMatch(/lockstep\.yaml:\d+/);
    expect(await stage.control.log(mark)).toEqual([]);
  });

  it("says so when there is none", async () => {
    const workspace = await stage.workspace();
    const error = await refused(stage, workspace, "diff", "--config", "none.yaml");
    expect(error).toMatchObject({ exit: 1, file: workspace.path("none.yaml") });
    expect(error.hint).toContain("lockstep init");
  });

  it("suggests the key that was meant", async () => {
    const workspace = await stage.workspace();
    await workspace.configure({ overides: [] });
    const error = await refused(stage, workspace, "diff");
    expect(error).toMatchObject({ exit: 1, code: "config-unknown-key", path: "/overides" });
    expect(error.hint).toBe('Did you mean "overrides"?');
  });

  it("names a kind that there is not", async () => {
    const workspace = await stage.workspace();
    await workspace.configure({ renames: [{ kind: "queu", from: "Billing", to: "Billing 2" }] });
    const error = await refused(stage, workspace, "diff");
    expect(error).toMatchObject({ exit: 1, code: "unknown-kind" });
    expect(error.hint + error.message).toContain("queue");
  });

  it.each([
    ["rename", { renames: [{ kind: "queue", from: "Bilking", to: "Billing 2" }] }, "rename-unmatched"],
    [
      "override",
      { overrides: [{ kind: "queue", name: "Bill", path: "/description", value: "x" }] },
      "override-unmatched",
    ],
  ])("names a %s that matches nothing", async (_, settings, code) => {
    const workspace = await stage.workspace();
    await workspace.configure(settings);
    const error = await refused(stage, workspace, "plan", "-o", "plan.json");
    expect(error).toMatchObject({ exit: 1, code, file: workspace.path("lockstep.yaml") });
  });

  it("never shows a secret that was put where its place belongs", async () => {
    const workspace = await stage.workspace();
    const secret = "Zq8-not-a-reference-77";
    await workspace.configure({ orgs: { standby: { clientSecret: secret } } });
    const error = await refused(stage, workspace, "diff");
    expect(error).toMatchObject({ exit: 1, code: "config-invalid", path: "/orgs/standby/clientSecret" });
    expect(JSON.stringify(error)).not.toContain(secret);
    const ended = await workspace.run(["diff"]);
    expect(ended.stdout + ended.stderr).not.toContain(secret);
  });

  it("is not overwritten by init", async () => {
    const workspace = await stage.workspace();
    const before = await readFile(workspace.path("lockstep.yaml"), "utf8");
    const error = await refused(stage, workspace, "init");
    expect(error).toMatchObject({ exit: 1, code: "config-exists", file: workspace.path("lockstep.yaml") });
    expect(await readFile(workspace.path("lockstep.yaml"), "utf8")).toBe(before);
  });
});
