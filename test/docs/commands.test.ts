import { existsSync, readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { buildCentre } from "../scenarios/support/centre.ts";
import type { Ended } from "../scenarios/support/cli.ts";
import { stageFor } from "../scenarios/support/stage.ts";
import { blocks, blocksOf, pages, ROOT } from "./support/pages.ts";
import { commandsOf, isOnlyShown, shellIn } from "./support/shell.ts";

const stage = stageFor({ primary: "empty", standby: "empty" }, async (organisations) => {
  await buildCentre(await organisations.admin("primary"));
  await (await organisations.admin("standby")).create("/api/v2/routing/skills", { name: "Spanish" });
});

/** The commands of a page in their order: of its shell blocks, and of the steps of its workflows. */
function commandsOn(page: string): string[] {
  return blocksOf(page).flatMap(({ language, text }) => {
    if (language === "sh") return commandsOf(text);
    return language === "yaml" && text.includes("jobs:") ? workflowCommands(text) : [];
  });
}

function workflowCommands(text: string): string[] {
  const { jobs } = parse(text) as { jobs: { [job: string]: { steps: { run?: string }[] } } };
  return Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run = "" }) => commandsOf(run)));
}

type Shell = (command: string) => Promise<Ended>;

/** A directory as the reader of a page has it: an empty Git repository, the credentials in the environment. */
async function reader(): Promise<{ directory: string; shell: Shell }> {
  const { directory, env } = await stage.workspace();
  const shell = await shellIn(directory, {
    HOME: env["HOME"] ?? "",
    GENESYS_PRIMARY_CLIENT_ID: env["PRIMARY_ID"] ?? "",
    GENESYS_PRIMARY_CLIENT_SECRET: env["PRIMARY_SECRET"] ?? "",
    GENESYS_STANDBY_CLIENT_ID: env["STANDBY_ID"] ?? "",
    GENESYS_STANDBY_CLIENT_SECRET: env["STANDBY_SECRET"] ?? "",
    GITHUB_STEP_SUMMARY: join(directory, "home", "summary.md"),
    GIT_AUTHOR_NAME: "reader",
    GIT_AUTHOR_EMAIL: "reader@example.com",
    GIT_COMMITTER_NAME: "reader",
    GIT_COMMITTER_EMAIL: "reader@example.com",
  });
  await shell("rm lockstep.yaml && git init -q");
  await shell("git init -q --bare home/origin.git && git remote add origin file://$PWD/home/origin.git");
  await shell("git config push.autoSetupRemote true");
  return { directory, shell };
}

/** Points a generated configuration at the simulator instead of two regions. */
async function useSimulator(directory: string): Promise<void> {
  const file = join(directory, "lockstep.yaml");
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replaceAll(/region: "us-(east-1|west-2)"/g, `baseUrl: ${stage.line.baseUrl}`));
  expect(await readFile(file, "utf8")).not.toBe(text);
}

/** Exit codes that a command of the pages may have: differences are no failure. */
function expectedExits(command: string): number[] {
  return /^(npx (--no-install )?)?lockstep (diff|plan)\b/.test(command) ? [0, 2] : [0];
}

/** Its commands need an engine and a simulator of their own: pulumi.test.ts runs them. */
const ELSEWHERE = "docs/pulumi.md";

const withCommands = pages().filter(
  (page) => page !== ELSEWHERE && commandsOn(page).some((command) => !isOnlyShown(command)),
);

it("runs the commands of the pages that show how lockstep is used", () => {
  expect(withCommands).toEqual(expect.arrayContaining(["README.md", "docs/ci.md"]));
});

it("has no pipeline download a package of this name from the public registry", () => {
  expect(commandsOn("docs/ci.md").filter((command) => command.includes("npx lockstep"))).toEqual([]);
});

describe.each(withCommands)("%s", (page) => {
  it("shows commands that work, one at a time", { timeout: 120_000 }, async () => {
    const { directory, shell } = await reader();
    const commands = commandsOn(page).filter((command) => !isOnlyShown(command));
    if (!commands.some((command) => command.includes("lockstep init"))) {
      await shell("lockstep init --primary us-east-1 --standby us-west-2");
      await useSimulator(directory);
      expect(await shell("lockstep doctor --pin")).toMatchObject({ exit: 0 });
    }
    for (const command of commands) {
      const { exit, stdout, stderr } = await shell(command);
      expect(expectedExits(command), `${command}\n${stdout}${stderr}`).toContain(exit);
      if (command.includes("lockstep init")) await useSimulator(directory);
    }
    if (!commands.some((command) => command.includes("lockstep apply"))) return;
    const standby = Object.values(await stage.control.state("standby"));
    expect(standby.map((entity) => entity["name"])).toEqual(expect.arrayContaining(["Billing", "Main line"]));
  });
});

it("names only scripts that exist", () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: object };
  const shown = blocks("sh").flatMap(({ text }) => commandsOf(text));
  const npm = shown.flatMap((command) => /^npm run ([\w:]+)/.exec(command)?.[1] ?? []);
  expect(npm.length).toBeGreaterThan(0);
  expect(npm.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  expect(existsSync(join(ROOT, ".ci/run"))).toBe(true);
});
