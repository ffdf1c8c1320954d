import { mkdir, readFile, rm } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startGitHub, type GitHubDouble } from "../collab/github-double/start.ts";
import { FULL_TOKEN } from "../collab/github-double/state.ts";
import { PULL, pullWorkspace } from "../scenarios/support/pull-request.ts";
import { stageFor } from "../scenarios/support/stage.ts";
import { action, runAction } from "./run-action.ts";

const stage = stageFor({ primary: "empty", standby: "empty" }, async (organisations) => {
  const primary = await organisations.admin("primary");
  await primary.create("/api/v2/routing/skills", { name: "Spanish" });
});

let github: GitHubDouble;
beforeEach(async () => {
  github = await startGitHub({ tokens: { "the-token": FULL_TOKEN } });
});
afterEach(() => github.close());

describe("the action", () => {
  it("reports drift, plans, applies the plan, and finds everything in step", async () => {
    const workspace = await stage.workspace();
    const drift = await runAction(workspace, { mode: "drift" });
    expect(drift).toMatchObject({
      exit: 0,
      outputs: { "exit-code": "2", "has-drift": "true", create: "1", update: "0" },
    });
    expect(drift.summary).toContain("Spanish");
    // A later step of the job does not put the cache over what this one has written.
    expect(drift.later).toBe("LOCKSTEP_STATE=here\n");
    expect(action.runs.steps[0]?.if).toContain("env.LOCKSTEP_STATE != 'here'");
    const sarif = JSON.parse(await readFile(drift.outputs["report-sarif"] ?? "", "utf8")) as { version: string };
    expect(sarif.version).toBe("2.1.0");
    expect(await runAction(workspace, { mode: "drift", "fail-on-drift": "true" })).toMatchObject({ exit: 2 });
    const planned = await runAction(workspace, { mode: "plan" });
    expect(planned).toMatchObject({ exit: 0, outputs: { "has-drift": "true", create: "1", plan: "plan.json" } });
    expect(await runAction(workspace, { mode: "apply" })).toMatchObject({ exit: 0, outputs: { "exit-code": "0" } });
    const after = await runAction(workspace, { mode: "drift", "fail-on-drift": "true" });
    expect(after).toMatchObject({ exit: 0, outputs: { "has-drift": "false", create: "0" } });
  });

  it("tells a pull request by comment and check, and the job by its summary", async () => {
    const workspace = await stage.workspace();
    for (const side of ["primary", "standby"]) expect((await workspace.run(["snapshot", side])).exit).toBe(0);
    const pulled = await pullWorkspace(workspace, github);
    const head = pulled.commit("Nothing");
    await github.set({ pulls: [{ number: PULL, sha: head }] });
    // A variable that is not set is an empty input: it means what no input means.
    const unset = { comment: "", base: "", label: "", environment: "", "fail-on": "", config: "" };
    const told = await runAction(workspace, { mode: "pr", check: "true", ...unset }, await pulled.job());
    expect(told).toMatchObject({ exit: 0, outputs: { "exit-code": "0" } });
    expect(told.summary).toContain("Spanish");
    const { comments, checks, violations } = await github.state();
    expect([comments.length, checks.length, violations]).toEqual([1, 1, []]);
  });

  it("says what is wrong with its inputs, and where lockstep is not installed", async () => {
    const workspace = await stage.workspace();
    const wrong = await runAction(workspace, { mode: "toString" });
    expect(wrong).toMatchObject({ exit: 1, outputs: {} });
    expect(wrong.stderr).toContain("::error::The input mode is toString; expected one of drift");
    const unclear = await runAction(workspace, { mode: "drift", "fail-on-drift": "yes" });
    expect(unclear.stderr).toContain("::error::The input fail-on-drift is yes; expected true or false");
    const lines = await runAction(workspace, { mode: "100%\r::set-env name=PATH::x" });
    expect(lines.stderr).toContain("::error::The input mode has more than one line");
    const percent = await runAction(workspace, { mode: "100%" });
    expect(percent.stderr).toContain("::error::The input mode is 100%25; expected one of");
    const failed = await runAction(workspace, { config: "none.yaml" });
    expect(failed).toMatchObject({ exit: 1, outputs: { "exit-code": "1", "has-drift": "false" } });
    await rm(workspace.path("node_modules"), { recursive: true });
    await mkdir(workspace.path("node_modules", "lockstep"), { recursive: true });
    const bare = await runAction(workspace, {});
    expect(bare.stderr).toContain("run `npm ci` before this action");
  });

  it("passes on every output that the step sets", () => {
    for (const [name, { value }] of Object.entries(action.outputs))
      expect(value).toBe(`\${{ steps.run.outputs.${name} }}`);
  });
});
