import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
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
  readonly jobs: { readonly [job: string]: { readonly steps: readonly Step[] } };
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
    expect((read(name) as Workflow).permissions).toMatchObject({ contents: "read" });
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
