import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { startGitHub } from "../collab/github-double/start.ts";
import { buildCentre, callFlow } from "../scenarios/support/centre.ts";
import { pullWorkspace } from "../scenarios/support/pull-request.ts";
import { stageFor } from "../scenarios/support/stage.ts";
import { action, runAction } from "./run-action.ts";

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: { readonly [name: string]: unknown };
}

interface Workflow {
  readonly permissions: { readonly [scope: string]: string };
  readonly jobs: {
    readonly [job: string]: { readonly env?: { readonly [name: string]: string }; readonly steps: readonly Step[] };
  };
}

const DIRECTORY = fileURLToPath(new URL("../../docs/ci/", import.meta.url));
const read = (name: string): unknown => parse(readFileSync(`${DIRECTORY}${name}`, "utf8"));
const names = readdirSync(DIRECTORY).filter((name) => name !== "gitlab.yml");
const stepsOf = (name: string): Step[] => Object.values((read(name) as Workflow).jobs).flatMap(({ steps }) => steps);
const ours = (name: string): Step[] => stepsOf(name).filter(({ uses }) => uses === "./node_modules/lockstep");

describe.each(names)("docs/ci/%s", (name) => {
  it("passes inputs that the action has, after everything is installed", () => {
    const steps = stepsOf(name);
    expect(ours(name).length).toBeGreaterThan(0);
    for (const step of ours(name)) {
      expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(step.with ?? {})));
    }
    expect(steps.flatMap(({ run = "npm ci" }) => run)).toEqual(steps.map(() => "npm ci"));
  });

  it("pins every action, and asks for no permission that it does not name", () => {
    const others = stepsOf(name).flatMap(({ uses = "" }) => (uses === "" || uses.startsWith("./") ? [] : [uses]));
    expect(others.filter((uses) => !/^[\w/-]+@v\d+$/.test(uses))).toEqual([]);
    // Only what commits may write.
    const commits = ours(name).some((step) => step.with?.["commit"] !== undefined);
    expect((read(name) as Workflow).permissions).toMatchObject({ contents: commits ? "write" : "read" });
  });
});

describe("docs/ci/gitlab.yml", () => {
  it("never downloads a package of the same name", () => {
    const { drift } = read("gitlab.yml") as { drift: { script: string[] } };
    expect(drift.script.filter((line) => /\bnpx (?!--no-install )/.test(line))).toEqual([]);
  });
});

describe("the workflow after a merge", () => {
  const stage = stageFor({ primary: "empty", standby: "empty" }, async (organisations) => {
    await (await organisations.admin("primary")).create("/api/v2/routing/skills", { name: "Spanish" });
  });

  it("brings the standby in step, step by step", async () => {
    const workspace = await stage.workspace();
    const ended = [];
    for (const { with: given = {} } of ours("merge.yml")) {
      const inputs = Object.fromEntries(Object.entries(given).map(([key, value]) => [key, String(value)]));
      const { exit, outputs } = await runAction(workspace, inputs);
      ended.push([inputs["mode"], exit, outputs["has-drift"]]);
    }
    expect(ended).toEqual([
      ["plan", 0, "true"],
      ["apply", 0, "false"],
      ["drift", 0, "false"],
    ]);
  });
});

describe("the workflow after a publish", () => {
  const stage = stageFor({ primary: "empty", standby: "empty" }, async (organisations) =>
    buildCentre(await organisations.admin("primary")),
  );

  it("proposes the published flow, and nothing else that changed", async () => {
    const github = await startGitHub();
    try {
      const workspace = await stage.workspace();
      const pulled = await pullWorkspace(workspace, github);
      expect((await workspace.run(["snapshot", "primary"])).exit).toBe(0);
      pulled.commit("Snapshot");
      pulled.git("init", "--quiet", "--bare", "home/remote.git");
      pulled.git("remote", "add", "origin", workspace.path("home/remote.git"));
      pulled.git("push", "--quiet", "--set-upstream", "origin", "change");
      const admin = await stage.admin("primary");
      await admin.create("/api/v2/routing/skills", { name: "Not asked for" });
      const { name: home } = await admin.send("GET", "/api/v2/authorization/divisions/home");
      await admin.publish(callFlow("Main", "Support", String(home)));
      const [step] = ours("publish.yml");
      const flow = "${{ github.event.client_payload.flow }}";
      const inputs: [string, string][] = Object.entries(step?.with ?? {}).map(([key, value]) => [
        key,
        String(value).replace(flow, "Main"),
      ]);
      const { env = {} } = Object.values((read("publish.yml") as Workflow).jobs)[0] ?? {};
      const author = Object.entries(env).filter(([name]) => name.startsWith("GIT_"));
      const job = { ...(await pulled.job()), ...Object.fromEntries(author) };
      const { exit, stderr } = await runAction(workspace, Object.fromEntries(inputs), job);
      expect({ exit, stderr }).toMatchObject({ exit: 0 });
      const { issues, violations } = await github.state();
      expect(violations).toEqual([]);
      expect(issues.map(({ title }) => title)).toEqual(["Snapshot of the primary"]);
      expect(issues[0]?.body).toContain("- changed: flow/inboundcall:Main");
      expect(issues[0]?.body).not.toContain("Not asked for");
    } finally {
      await github.close();
    }
  });
});
