import { readFile, rm } from "node:fs/promises";
import { parse } from "yaml";
import { beforeEach, describe, expect, it } from "vitest";
import { runCommandLine } from "../../src/cli/program.ts";
import { virtualClock } from "../../src/platform/clock.ts";
import { nodeFiles } from "../../src/platform/files.ts";
import { takeLock } from "../../src/platform/org-lock.ts";
import { stageFor } from "./support/stage.ts";
import type { Workspace } from "./support/workspace.ts";

const CODES = "/api/v2/routing/wrapupcodes";
const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => {
  for (const [org, mark] of [
    ["primary", "PROD"],
    ["standby", "STANDBY"],
  ] as const) {
    const admin = await set.admin(org);
    for (const name of ["Main", "Billing"]) await admin.create(CODES, { name: `${name}-${mark}` });
  }
});

let workspace: Workspace;
beforeEach(async () => {
  workspace = await stage.workspace();
  await rm(workspace.path("lockstep.yaml"));
});

/** Runs `lockstep init` for somebody at a terminal who agrees to every question that matches. */
async function answering(agrees: RegExp, more: { readonly [name: string]: string } = {}) {
  const { baseUrl } = stage.line;
  const [text, asked]: [{ stdout: string; stderr: string }, string[]] = [{ stdout: "", stderr: "" }, []];
  const { env, directory } = workspace;
  const logins = {
    GENESYS_PRIMARY_CLIENT_ID: env["PRIMARY_ID"] ?? "",
    GENESYS_PRIMARY_CLIENT_SECRET: env["PRIMARY_SECRET"] ?? "",
    GENESYS_STANDBY_CLIENT_ID: env["STANDBY_ID"] ?? "",
    GENESYS_STANDBY_CLIENT_SECRET: env["STANDBY_SECRET"] ?? "",
  };
  const exit = await runCommandLine(["init"], {
    env: { PATH: process.env["PATH"], HOME: env["HOME"], ...logins, ...more },
    cwd: directory,
    files: nodeFiles(),
    clock: virtualClock(Date.now()),
    random: Math.random,
    stdout: { isTTY: true, write: (written) => void (text.stdout += written) },
    stderr: { isTTY: true, write: (written) => void (text.stderr += written) },
    confirm: (question) => {
      asked.push(question);
      return Promise.resolve(agrees.test(question));
    },
    ask: () => Promise.resolve(baseUrl),
    takeLock,
    signal: new AbortController().signal,
  });
  return { exit, ...text, asked };
}

async function configuration(): Promise<{ readonly [name: string]: unknown }> {
  return parse(await readFile(workspace.path("lockstep.yaml"), "utf8")) as { [name: string]: unknown };
}

describe("lockstep init on a terminal", () => {
  it("pins both organisations and adds the rules that were agreed to", async () => {
    const ended = await answering(/Log in|Rename/);
    expect(ended.exit).toBe(0);
    expect(ended.asked[1]).toMatch(/^Rename each wrap-up-code \(\.\*\)-PROD → \$1-STANDBY\? It pairs 2: /);
    expect(ended.stderr).toContain("1 renames, 0 overrides");
    const { orgs } = stage.line;
    expect(await configuration()).toMatchObject({
      orgs: { primary: { orgId: orgs["primary"]?.id }, standby: { orgId: orgs["standby"]?.id } },
      renames: [{ kind: "wrap-up-code", pattern: "(.*)-PROD", replace: "$1-STANDBY" }],
    });
    expect(ended.asked.at(-1)).toMatch(/^Write workflows for GitHub Actions/);
  });

  it("adds nothing that was not agreed to", async () => {
    const ended = await answering(/Log in/);
    expect(ended.stderr).toContain("no rules were added");
    expect(await configuration()).not.toHaveProperty("renames");
  });

  it("sends nothing to anybody who does not want to log in yet", async () => {
    const before = await stage.control.mark();
    expect((await answering(/nothing/)).exit).toBe(0);
    expect(await stage.control.mark()).toBe(before);
  });

  it("leaves a configuration that can be finished later where the login does not work yet", async () => {
    const ended = await answering(/Log in/, { GENESYS_STANDBY_CLIENT_SECRET: "wrong" });
    expect(ended.exit).toBe(0);
    expect(ended.stderr).toContain("not possible yet: Login to the standby");
    expect(ended.stdout).toContain("lockstep doctor --pin");
    expect(await configuration()).toMatchObject({ orgs: { standby: { baseUrl: stage.line.baseUrl } } });
  });

  it("writes the workflows that ship with the package, and replaces none", async () => {
    const ended = await answering(/workflows/);
    const nightly = workspace.path(".github", "workflows", "lockstep-nightly.yml");
    expect(ended.stderr).toContain(`${nightly} written`);
    expect(await readFile(nightly, "utf8")).toContain("name: nightly");
    await rm(workspace.path("lockstep.yaml"));
    expect((await answering(/workflows/)).stderr).toContain(`${nightly} is there already`);
  });
});
