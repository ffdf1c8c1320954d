import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { buildCentre } from "./support/centre.ts";
import { refused, works } from "./support/refused.ts";
import { stageFor } from "./support/stage.ts";
import type { Workspace } from "./support/workspace.ts";

const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => buildCentre(await set.admin("primary")));

/** Requests that read more than who an organisation is. */
async function reads(mark: number): Promise<readonly string[]> {
  const log = await stage.control.log(mark);
  return log.flatMap(({ method, path }) =>
    /oauth\/token$|organizations\/me$/.test(path) ? [] : [`${method} ${path}`],
  );
}

/** Refused before anything of an organisation was read. */
async function refusedAtOnce(workspace: Workspace, ...args: readonly string[]): ReturnType<typeof refused> {
  const mark = await stage.control.mark();
  const error = await refused(stage, workspace, ...args);
  expect(await reads(mark)).toEqual([]);
  return error;
}

const COMPARING: [string, string[]][] = [
  ["diff", ["diff"]],
  ["plan", ["plan", "-o", "plan.json"]],
  ["sync", ["sync", "--yes"]],
];

describe.each(COMPARING)("%s looks first", (_name, args) => {
  it.each(["PRIMARY", "STANDBY"])("for the secret of the login of %s", async (side) => {
    const workspace = await stage.workspace({ env: { [`${side}_SECRET`]: "" } });
    expect(await refusedAtOnce(workspace, ...args)).toMatchObject({ code: "secret-missing" });
  });

  it("whether both pins are the same", async () => {
    const workspace = await stage.workspace();
    const orgId = stage.line.orgs["primary"]?.id;
    await workspace.configure({ orgs: { standby: { orgId } } });
    expect(await refusedAtOnce(workspace, ...args)).toMatchObject({ exit: 3, code: "same-org" });
  });

  it("whether both logins lead to one organisation", async () => {
    const workspace = await stage.workspace();
    const login = { clientId: "env:PRIMARY_ID", clientSecret: "env:PRIMARY_SECRET" };
    await workspace.configure({ orgs: { standby: { ...login, orgId: undefined } } });
    const error = await refusedAtOnce(workspace, ...args);
    expect(error).toMatchObject({ exit: 3, code: args[0] === "sync" ? "standby-not-pinned" : "same-org" });
    expect(error.hint).not.toContain("--from");
  });

  it("whether a snapshot is that of the other organisation", async () => {
    const workspace = await stage.workspace();
    await works(workspace, 0, "snapshot", "standby");
    const from = await refusedAtOnce(workspace, ...args, "--from", "snapshots/standby");
    expect(from).toMatchObject({ exit: 3, code: "same-org" });
    await works(workspace, 0, "snapshot", "primary");
    const to = await refusedAtOnce(workspace, ...args, "--to", "snapshots/primary");
    expect(to).toMatchObject({ exit: 3, code: "same-org" });
  });

  it.each(["--from", "--to"])("for the directory of %s", async (option) => {
    const workspace = await stage.workspace();
    expect(await refusedAtOnce(workspace, ...args, option, "nowhere")).toMatchObject({ code: "not-a-snapshot" });
  });
});

describe("a directory in the place of a file", () => {
  it.each([
    ["plan", ["plan", "-o", "taken"]],
    ["diff with a report", ["diff", "--report", "json=taken"]],
  ])("is found out by %s before anything is read", async (_name, args) => {
    const workspace = await stage.workspace();
    await mkdir(workspace.path("taken"));
    const error = await refusedAtOnce(workspace, ...args);
    expect(error).toMatchObject({ exit: 1, code: "file-unwritable", file: workspace.path("taken") });
    expect(error.message).toContain("EISDIR");
  });
});

describe("guards that need no reading", () => {
  it("stop a sync from an old snapshot before the standby is read", async () => {
    const workspace = await stage.workspace();
    await works(workspace, 0, "snapshot", "primary");
    await rm(workspace.path("snapshots/primary/run.json"));
    const error = await refusedAtOnce(workspace, "sync", "--yes", "--from", "snapshots/primary");
    expect(error).toMatchObject({ exit: 3, code: "stale-snapshot" });
  });

  it("stop an apply before it reads anything", async () => {
    const workspace = await stage.workspace();
    await works(workspace, 0, "snapshot", "primary");
    await rm(workspace.path("snapshots/primary/run.json"));
    await works(workspace, 2, "plan", "-o", "plan.json", "--from", "snapshots/primary");
    const mark = await stage.control.mark();
    expect(await refused(stage, workspace, "apply", "plan.json")).toMatchObject({ exit: 3, code: "stale-snapshot" });
    expect(await stage.control.log(mark)).toEqual([]);
  });
});

describe("a secret that a plan needs", () => {
  it("is looked for by apply before anything is read or written, and all that are missing are told", async () => {
    const workspace = await stage.workspace();
    const rule = (name: string): object => ({
      kind: "queue",
      name,
      path: "/secret",
      value: `env:${name.toUpperCase()}`,
    });
    await workspace.configure({ secrets: [rule("Billing"), rule("Support")] });
    await works(workspace, 2, "plan", "-o", "plan.json");
    const error = await refusedAtOnce(workspace, "apply", "plan.json");
    expect(error).toMatchObject({ exit: 1, code: "secret-missing" });
    expect(error.message).toContain("queue/Billing: The environment variable BILLING is not set");
    expect(error.message).toContain("queue/Support: The environment variable SUPPORT is not set");
  });
});

describe("a report", () => {
  it("replaces what lockstep wrote and nothing else", async () => {
    const workspace = await stage.workspace();
    const file = workspace.path("drift.md");
    const args = ["diff", "--report", "markdown=drift.md"];
    for (const content of ["# My notes\n", Buffer.from([0xff, 0xfe, 0x41, 0x00])]) {
      await writeFile(file, content);
      expect(await refusedAtOnce(workspace, ...args)).toMatchObject({ exit: 1, code: "would-overwrite", file });
    }
    await writeFile(file, "");
    await works(workspace, 2, ...args);
    await works(workspace, 2, ...args);
    await writeFile(file, `${await readFile(file, "utf8")}My remark\n`);
    expect(await refusedAtOnce(workspace, ...args)).toMatchObject({ exit: 1, code: "would-overwrite", file });
  });

  it("never goes to the file of another report, of a plan or of the configuration", async () => {
    const workspace = await stage.workspace();
    const twice = ["--report", "json=drift", "--report", "markdown=./drift"];
    expect(await refusedAtOnce(workspace, "diff", ...twice)).toMatchObject({ code: "invalid-report" });
    await works(workspace, 2, "plan", "-o", "plan.json");
    for (const file of ["plan.json", "lockstep.yaml"]) {
      const error = await refusedAtOnce(workspace, "diff", "--report", `json=${file}`);
      expect(error).toMatchObject({ code: "would-overwrite", file: workspace.path(file) });
    }
  });

  it("goes to a device as often as it is asked for", async () => {
    const workspace = await stage.workspace();
    await works(workspace, 2, "diff", "--report", "json=/dev/null");
    await works(workspace, 2, "diff", "--report", "json=/dev/null");
  });
});
