import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enginePlace, type EnginePlace, type StoredResource } from "../engine/support/engine.ts";
import { describeEngine } from "../engine/support/needs.ts";
import { buildCentre, CENTRE } from "./support/centre.ts";
import { documentOf, errorOf, type Ended, type ErrorDocument } from "./support/cli.ts";
import { writesTo } from "./support/control.ts";
import { runProcess, start } from "./support/process.ts";
import { works } from "./support/refused.ts";
import { stageFor } from "./support/stage.ts";
import { requestSeen } from "./support/waiting.ts";
import type { Workspace } from "./support/workspace.ts";

describe("lockstep up without an engine", () => {
  let cwd = "";
  beforeAll(async () => {
    cwd = await mkdtemp(join(tmpdir(), "lockstep-up-"));
    await writeFile(join(cwd, "Pulumi.yaml"), "name: lockstep\nruntime: nodejs\n");
  });
  afterAll(() => rm(cwd, { recursive: true, force: true }));

  const up = (args: readonly string[], path = cwd): Promise<Ended> =>
    runProcess(["up", "--stack", "standby", ...args, "--format", "json"], { cwd, env: { HOME: cwd, PATH: path } });

  it("says that the Pulumi command line is missing, and how to get it", async () => {
    const ended = await up(["--preview"]);
    expect(ended.exit).toBe(1);
    expect(errorOf(ended)).toMatchObject({ code: "pulumi-missing" });
    expect(errorOf(ended).hint).toMatch(/3\.252\.0.*npx pulumi/);
  });

  it("says that the Pulumi command line is too old", async () => {
    const bin = join(cwd, "bin");
    await mkdir(bin);
    await writeFile(join(bin, "pulumi"), "#!/bin/sh\necho v3.251.9\n");
    await chmod(join(bin, "pulumi"), 0o755);
    const ended = await up([], bin);
    expect(ended.exit).toBe(1);
    expect(errorOf(ended)).toMatchObject({ code: "pulumi-too-old" });
    expect(errorOf(ended).message).toContain("3.251.9");
  });

  it.each([
    [["--allow", "none"], "unknown-guard"],
    [["--cwd", "nowhere"], "project-missing"],
    [["--stack", "primary", "--prune"], "prune-primary"],
    [["--only", "queue/Billing"], "stack-not-narrowed"],
    [["--kind", "queue"], "stack-not-narrowed"],
  ])("refuses %j before it looks for one", async (args, code) => {
    const ended = await up(args);
    expect([ended.exit, errorOf(ended).code]).toEqual([1, code]);
  });
});

/** Variables of the environment. */
type Changed = { readonly [name: string]: string | undefined };

describeEngine("lockstep up", [], ({ engine }) => {
  const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) =>
    buildCentre(await set.admin("primary")),
  );
  let place: EnginePlace;

  beforeAll(async () => {
    place = await enginePlace(engine, "each step");
    await settings("lockstep:role: standby");
  });
  afterAll(() => place.remove());

  /** Replaces the settings of the stack. */
  async function settings(...lines: readonly string[]): Promise<void> {
    const text = ["config:", ...lines.map((line) => `  ${line}`), ""].join("\n");
    await writeFile(join(place.directory, "stacks", "Pulumi.standby.yaml"), text);
  }

  const environment = (): { readonly [name: string]: string } => ({
    ...place.env,
    PATH: [dirname(place.command.command), place.env["PATH"]].join(delimiter),
  });

  /** @param env what is other than usual; undefined takes a variable away */
  function up(workspace: Workspace, args: readonly string[], env: Changed = {}): Promise<Ended> {
    const whole = Object.entries({ ...environment(), ...env }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    );
    const command = ["up", "--stack", "standby", "--cwd", place.directory, ...args, "--format", "json"];
    return workspace.start(command, Object.fromEntries(whole)).ended;
  }

  async function refusedUp(
    workspace: Workspace,
    args: readonly string[],
    env: Changed = {},
  ): Promise<ErrorDocument & { readonly exit: number | null }> {
    const mark = await stage.control.mark();
    const ended = await up(workspace, args, env);
    const log = await stage.control.log(mark);
    for (const org of ["primary", "standby"]) expect(writesTo(org, log)).toEqual([]);
    return { exit: ended.exit, ...errorOf(ended) };
  }

  /** A workspace with a snapshot of the primary, and a stack that nobody has used. */
  async function ready(): Promise<Workspace> {
    await rm(join(place.backend, ".pulumi"), { recursive: true, force: true });
    await settings("lockstep:role: standby");
    const workspace = await stage.workspace();
    await works(workspace, 0, "snapshot", "primary");
    return workspace;
  }

  /** The outputs of the stack as the engine's state has them. */
  async function storedOutputs(): Promise<unknown> {
    const text = await readFile(join(place.backend, ".pulumi", "stacks", "lockstep", "standby.json"), "utf8");
    const { checkpoint } = JSON.parse(text) as { checkpoint: { latest: { resources: StoredResource[] } } };
    return checkpoint.latest.resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs;
  }

  it("previews with exit code 2, updates, and has nothing left to write the second time", async () => {
    const workspace = await ready();
    const mark = await stage.control.mark();
    const preview = await up(workspace, ["--preview"]);
    expect(preview.exit, preview.stderr).toBe(2);
    const told = documentOf<{ changes: { coordinate: string; action: string }[] }>(preview);
    const created = told.changes.filter(({ action }) => action === "create").map(({ coordinate }) => coordinate);
    expect(created).toEqual(expect.arrayContaining([...CENTRE.objects]));
    expect(writesTo("standby", await stage.control.log(mark))).toEqual([]);

    const first = await up(workspace, ["--yes", "--skip-checkpoints"]);
    expect(first.exit, first.stderr + first.stdout).toBe(0);
    const { outputs, ...done } = documentOf<{ outputs: { [name: string]: unknown } }>(first);
    expect(done).toMatchObject({ stack: "standby", failures: [] });
    expect(outputs).toMatchObject({ role: "standby" });
    expect(outputs).toEqual(await storedOutputs());
    expect(writesTo("standby", await stage.control.log(mark)).length).toBeGreaterThan(0);
    await works(workspace, 0, "plan", "-o", "plan.json");

    const second = await stage.control.mark();
    const again = await up(workspace, ["--yes"]);
    expect(again.exit, again.stderr).toBe(0);
    expect(documentOf(again)).toMatchObject({ summary: { create: 0, update: 0, delete: 0 }, changes: [], outputs });
    const log = await stage.control.log(second);
    expect([writesTo("standby", log), writesTo("primary", await stage.control.log(mark))]).toEqual([[], []]);
    expect((await up(workspace, ["--preview"])).exit).toBe(0);
  });

  it("stops at guards with exit code 3, and at a question that nobody answers", async () => {
    const workspace = await ready();
    expect((await up(workspace, ["--yes"])).exit).toBe(0);
    const admin = await stage.admin("standby");
    const { id } = await admin.named("/api/v2/routing/queues", "Billing");
    await admin.send("PUT", `/api/v2/routing/queues/${id}`, { name: "Billing", description: "By hand" });
    expect(await refusedUp(workspace, [])).toMatchObject({ exit: 1, code: "not-confirmed" });
    await workspace.configure({ guards: { protected: [{ kind: "queue", name: "Bill*" }] } });
    const error = await refusedUp(workspace, ["--yes"]);
    expect(error).toMatchObject({ exit: 3, code: "protected" });
    expect(error.hint).toContain("guards.protected");
    const allowed = await up(workspace, ["--yes", "--allow", "protected"]);
    expect(allowed.exit, allowed.stderr).toBe(0);
    expect(documentOf(allowed)).toMatchObject({ changes: [{ coordinate: "queue/Billing", action: "update" }] });
  });

  it("deletes only with --prune", async () => {
    const workspace = await ready();
    await (await stage.admin("standby")).create("/api/v2/routing/skills", { name: "Only there" });
    expect((await up(workspace, ["--yes"])).exit).toBe(0);
    const skills = async (): Promise<boolean> =>
      Object.values(await stage.control.state("standby")).some(
        (entity) => entity["name"] === "Only there" && entity["state"] !== "deleted",
      );
    expect(await skills()).toBe(true);
    const allow = ["--allow", "shrunken-kind", "--allow", "max-deletes"];
    const pruned = await up(workspace, ["--yes", "--prune", ...allow]);
    expect(pruned.exit, pruned.stderr).toBe(0);
    expect(documentOf(pruned)).toMatchObject({ changes: [{ coordinate: "skill/Only there", action: "delete" }] });
    expect(await skills()).toBe(false);
  });

  it("ends with 4 when a part of the update failed", async () => {
    const workspace = await ready();
    await stage.control.faults({
      org: "standby",
      method: "POST",
      path: "/routing/skills",
      times: 50,
      action: "status:400",
    });
    const ended = await up(workspace, ["--yes"]);
    expect(ended.exit, ended.stderr).toBe(4);
    const { failures } = documentOf<{ failures: { coordinate: string; code: string }[] }>(ended);
    expect(failures.map(({ coordinate }) => coordinate)).toContain("skill/Spanish");
    for (const { code } of failures) expect(code).not.toBe("engine-failed");
    await stage.control.faults();
    expect((await up(workspace, ["--yes"])).exit).toBe(0);
  });

  it("ends with 130 when it is interrupted, and the next run does the rest", async () => {
    const workspace = await ready();
    const mark = await stage.control.mark();
    const command = [
      "up",
      "--stack",
      "standby",
      "--cwd",
      place.directory,
      "-c",
      workspace.path("lockstep.yaml"),
      "--yes",
    ];
    const running = start(command, { cwd: workspace.directory, env: { ...workspace.env, ...environment() } });
    await requestSeen(stage.control, mark, (line) => writesTo("standby", [line]).length > 0);
    running.signal("SIGINT");
    const { exit, stderr } = await running.ended;
    expect(exit, stderr).toBe(130);
    expect(stderr).toContain("error interrupted");
    const next = await up(workspace, ["--yes"]);
    expect(next.exit, next.stderr).toBe(0);
    await works(workspace, 0, "plan", "-o", "plan.json");
  });

  it.each<[string, Changed, string, RegExp]>([
    [
      "the passphrase is missing",
      { PULUMI_CONFIG_PASSPHRASE: undefined },
      "passphrase-missing",
      /PULUMI_CONFIG_PASSPHRASE/,
    ],
    ["nobody is logged in to a backend", { PULUMI_BACKEND_URL: "" }, "not-logged-in", /pulumi login/],
    ["the backend is not there", { PULUMI_BACKEND_URL: "file:///nowhere/at/all" }, "backend-missing", /pulumi login/],
  ])("says what to do when %s", async (_, env, code, hint) => {
    const workspace = await ready();
    const error = await refusedUp(workspace, ["--preview"], env);
    expect([error.exit, error.code]).toEqual([1, code]);
    expect(error.hint).toMatch(hint);
  });

  it("names the command that sets a missing key, and the file that is missing or not built", async () => {
    const workspace = await ready();
    await settings("lockstep:access: read-only");
    const error = await refusedUp(workspace, ["--preview"]);
    expect(error).toMatchObject({ exit: 1, code: "stack-config-missing" });
    expect(error.hint).toContain("pulumi config set --stack standby lockstep:role standby");

    await settings("lockstep:role: standby", "lockstep:snapshot: /nowhere");
    expect(await refusedUp(workspace, ["--preview"])).toMatchObject({ exit: 1, code: "not-a-snapshot" });
    await settings("lockstep:role: standby");
    await writeFile(workspace.path("other.yaml"), "orgs: {}\n");
    expect(await refusedUp(workspace, ["--preview", "-c", "none.yaml"])).toMatchObject({ code: "config-missing" });

    const bare = join(place.backend, "..", "bare");
    await mkdir(join(bare, "plugin"), { recursive: true });
    await cp(join(place.directory, "Pulumi.yaml"), join(bare, "Pulumi.yaml"));
    await cp(join(place.directory, "stacks"), join(bare, "stacks"), { recursive: true });
    await cp(join(place.directory, "plugin"), join(bare, "plugin"), { recursive: true, dereference: true });
    expect(await refusedUp(workspace, ["--preview", "--cwd", bare])).toMatchObject({ code: "program-not-built" });
    await cp(join(place.directory, "dist", "stacks"), join(bare, "dist", "stacks"), { recursive: true });
    const unbuilt = await refusedUp(workspace, ["--preview", "--cwd", bare]);
    expect(unbuilt).toMatchObject({ exit: 1, code: "plugin-not-built" });
    await rm(join(bare, "plugin"), { recursive: true });
    expect(await refusedUp(workspace, ["--preview", "--cwd", bare])).toMatchObject({ exit: 1, code: "plugin-missing" });
  });

  it("keeps secrets out of everything it says and stores", async () => {
    const workspace = await ready();
    const ended = await up(workspace, ["--yes"]);
    const state = await readFile(join(place.backend, ".pulumi", "stacks", "lockstep", "standby.json"), "utf8");
    const { client } = stage.line.orgs["standby"] ?? { client: undefined };
    expect(client?.secret).toBeTruthy();
    for (const text of [ended.stdout, ended.stderr, state]) expect(text).not.toContain(client?.secret);
  });
});
