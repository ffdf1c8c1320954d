import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Log } from "sarif";
import { describe, expect, it } from "vitest";
import type { Plan } from "../../src/model/plan.ts";
import type { DriftReport } from "../../src/model/report.ts";
import { buildCentre } from "./support/centre.ts";
import { documentOf, errorOf } from "./support/cli.ts";
import { stageFor } from "./support/stage.ts";

const stage = stageFor({ primary: "empty", standby: "empty" }, async (organisations) => {
  await buildCentre(await organisations.admin("primary"));
  await (await organisations.admin("standby")).create("/api/v2/routing/skills", { name: "Only here" });
});

type Workspace = Awaited<ReturnType<typeof stage.workspace>>;

/** A workspace with the drift of the stage saved as a report, and a plan that removes it. */
async function saved(): Promise<Workspace> {
  const workspace = await stage.workspace();
  expect((await workspace.run(["diff", "--report", "json=drift.json"])).exit).toBe(2);
  expect((await workspace.run(["plan", "-o", "plan.json", "--report", "markdown=plan.md"])).exit).toBe(2);
  return workspace;
}

const fileOf = ({ directory }: Workspace, name: string): Promise<string> => readFile(join(directory, name), "utf8");

describe("lockstep show", () => {
  it("renders a saved report as the comparison itself did", async () => {
    const workspace = await saved();
    for (const format of ["text", "json", "markdown", "html", "sarif", "junit", "github"]) {
      const live = await workspace.run(["diff", "--format", format]);
      expect(await workspace.run(["report", "drift.json", "--format", format])).toMatchObject({
        exit: 0,
        stdout: live.stdout,
      });
    }
  });

  it("tells the file and the line of the snapshot in which each object differs", async () => {
    const workspace = await stage.workspace();
    for (const side of ["primary", "standby"]) expect((await workspace.run(["snapshot", side])).exit).toBe(0);
    const log = documentOf<Log>(await workspace.run(["diff", "--format", "sarif"]));
    const results = log.runs[0]?.results ?? [];
    expect(results.length).toBeGreaterThan(0);
    for (const { ruleId, message, locations = [] } of results) {
      const { artifactLocation, region } = locations[0]?.physicalLocation ?? {};
      const text = await fileOf(workspace, decodeURIComponent(artifactLocation?.uri ?? ""));
      expect(text.split("\n").length, `${ruleId} ${message.text}`).toBeGreaterThanOrEqual(
        region?.startLine ?? Infinity,
      );
    }
  });

  it("shows a plan edit by edit, in every format", async () => {
    const workspace = await saved();
    const plan = JSON.parse(await fileOf(workspace, "plan.json")) as Plan;
    const shown = documentOf<DriftReport>(await workspace.run(["show", "plan.json", "--format", "json"]));
    expect(shown.changes.map(({ coordinate, wave, edits }) => ({ coordinate, wave, edits }))).toEqual(
      plan.operations.map(({ coordinate, wave, edits }) => ({ coordinate, wave, edits })),
    );
    expect(shown.plan).toMatchObject({ sha256: plan.sha256, prune: false });
    const text = await workspace.run(["show", "plan.json"]);
    expect(text.stdout).toMatch(/^\d+ operations in \d+ waves for .*; nothing is deleted without --prune\n/);
    expect(text.stdout).toContain("  + queue Billing");
    expect(await fileOf(workspace, "plan.md")).toContain("`Billing`");
    expect((await workspace.run(["show", "plan.json", "--stat"])).exit).toBe(0);
  });

  it.each<[string, string, string, RegExp]>([
    ["nothing there", "", "report-missing", /There is no report or plan/],
    [
      "a report that was written half",
      '{"schemaVersion": 1, "changes": [',
      "report-malformed",
      /the end of the file at line 1/,
    ],
    [
      "another document",
      '{"schemaVersion": 1}',
      "report-malformed",
      /is not a report: expected a value, found nothing/,
    ],
    ["a report of a newer version", '{"schemaVersion": 7, "other": []}', "report-newer", /schema version 7/],
    ["a plan that is none", '{"operations": [], "schemaVersion": 1}', "plan-edited", /does not match its checksum/],
  ])("refuses %s", async (_what, text, code, message) => {
    const workspace = await stage.workspace();
    if (text !== "") await writeFile(join(workspace.directory, "x.json"), text);
    const error = errorOf(await workspace.run(["show", "x.json", "--format", "json"]));
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) as string });
  });
});

describe("lockstep diff with an object", () => {
  it("tells about this object only, in full", async () => {
    const workspace = await stage.workspace();
    const report = documentOf<DriftReport>(await workspace.run(["diff", "queue/Billing", "--format", "json"]));
    expect(report).toMatchObject({ changes: [{ coordinate: "queue/Billing" }], summary: { create: 1, delete: 0 } });
    const text = await workspace.run(["diff", "skill/Only here"]);
    expect(text.stdout).toMatch(/^in step: 1 object compared; 1 only in the standby, which stay/);
    expect(text.stdout).toContain("· skill Only here\n");
  });

  it("refuses one that neither organisation has, with the nearest", async () => {
    const workspace = await stage.workspace();
    expect(errorOf(await workspace.run(["diff", "queue/Biling", "--format", "json"]))).toMatchObject({
      code: "unknown-object",
      hint: 'Did you mean "queue/Billing"?',
    });
  });
});
