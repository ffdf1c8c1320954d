import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { buildCentre } from "./support/centre.ts";
import { refused, works } from "./support/refused.ts";
import { stageFor } from "./support/stage.ts";
import type { Settings } from "./support/workspace.ts";

const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => {
  for (const org of ["primary", "standby"]) await buildCentre(await set.admin(org));
});

interface ReportDocument {
  readonly changes: readonly { readonly coordinate: string }[];
  readonly findings: readonly { readonly code: string; readonly coordinate: string; readonly message: string }[];
}

const KEPT = { kind: "skill", name: "Spanish", path: "/name", reason: "nothing" };

describe.each<[string, Settings, string, string]>([
  [
    "a rename of an object that is gone",
    { renames: [{ kind: "queue", from: "Biling", to: "Billing 2" }] },
    "rename-unmatched",
    "queue/Biling",
  ],
  [
    "an override of an object that is gone",
    { overrides: [{ kind: "queue", name: "Old queue", path: "/description", value: "x" }] },
    "override-unmatched",
    "queue/Old queue",
  ],
  [
    "state of an object that is gone",
    {
      orgs: { standby: { state: [{ kind: "integration", name: "Gone", path: "/intendedState", value: "DISABLED" }] } },
    },
    "state-unmatched",
    "integration/Gone",
  ],
  [
    "a rename that makes two objects one",
    { renames: [{ kind: "queue", from: "Billing", to: "Support" }] },
    "rename-collision",
    "queue/Support",
  ],
  [
    "a rename that leaves nothing of a name",
    { renames: [{ kind: "queue", pattern: "Billing", replace: "" }] },
    "rename-empty",
    "queue/Billing",
  ],
])("%s", (_what, settings, code, coordinate) => {
  it("is a finding of a diff, which goes on and does not end well", async () => {
    const workspace = await stage.workspace();
    await workspace.configure({ ignores: [KEPT], ...settings });
    await (await stage.admin("primary")).create("/api/v2/routing/skills", { name: "French" });
    const report = (await works(workspace, 2, "diff")) as ReportDocument;
    expect(report.changes.map((change) => change.coordinate)).toContain("skill/French");
    const found = report.findings.find((finding) => finding.code === code);
    expect(found).toMatchObject({ coordinate });
    const text = await readFile(workspace.path("lockstep.yaml"), "utf8");
    const line = Number(/lockstep\.yaml, line (\d+)\)/.exec(found?.message ?? "")?.[1]);
    expect(text.split("\n")[line - 1]).toMatch(/^ *(- kind: |renames:)/);
    const { stdout } = await workspace.run(["diff"]);
    expect(stdout).toContain(found?.message);
    expect(stdout).not.toMatch(/^in step/m);
  });

  it("is told with the rule and its line where something would be written", async () => {
    const workspace = await stage.workspace();
    await workspace.configure(settings);
    const ended = await workspace.json("plan", "-o", "plan.json");
    const { error } = JSON.parse(ended.stdout) as { error: { code: string; message: string; hint: string } };
    expect(ended.exit).toBe(1);
    expect(error).toMatchObject({ code, file: workspace.path("lockstep.yaml") });
    expect(error.message).toMatch(/^\/\S+ \(lockstep\.yaml, line \d+\): /);
    expect(error.hint).not.toBe("");
  });
});

it("writes nothing, and says what was meant", async () => {
  const workspace = await stage.workspace();
  await workspace.configure({ renames: [{ kind: "queue", from: "Biling", to: "Billing 2" }] });
  for (const args of [
    ["plan", "-o", "plan.json"],
    ["sync", "--yes"],
  ]) {
    const error = await refused(stage, workspace, ...args);
    expect(error).toMatchObject({ exit: 1, code: "rename-unmatched", hint: 'Did you mean "Billing"?' });
  }
});
