import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildCentre } from "./support/centre.ts";
import { run } from "./support/cli.ts";
import { MAIN } from "./support/process.ts";
import { stageFor } from "./support/stage.ts";
import type { Workspace } from "./support/workspace.ts";

const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => {
  await buildCentre(await set.admin("primary"));
  const standby = await set.admin("standby");
  await standby.create("/api/v2/routing/queues", { name: "Billing", description: "Another text" });
});

let cwd = "";
let helps = new Map<string, string>();

/** The help of the program (under the empty name) and of each of its commands. */
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "lockstep-help-"));
  const help = async (...args: readonly string[]): Promise<string> =>
    (await run([...args, "--help"], { cwd, env: { HOME: cwd } })).stdout;
  const program = await help();
  const names = [...(program.split("Commands:")[1] ?? "").matchAll(/^ {2}([a-z]+)/gm)].map(([, name = ""]) => name);
  helps = new Map([["", program]]);
  for (const name of names) helps.set(name, await help(name));
});

afterAll(() => rm(cwd, { recursive: true, force: true }));

function examples(): string[] {
  return [...helps.values()].flatMap((help) =>
    [...help.matchAll(/^ {2}\$ (lockstep .*)$/gm)].map(([, line = ""]) => line),
  );
}

/** Examples in an order that works, with their exit code; the demo's are run by the test of the demo. */
const inOrder: readonly [string, number][] = [
  ["lockstep doctor", 0],
  ["lockstep doctor --pin", 0],
  ["lockstep kinds", 0],
  ["lockstep kinds --format json", 0],
  ["lockstep snapshot primary -o snapshots/primary", 0],
  ["lockstep snapshot standby -o snapshots/standby", 0],
  ["lockstep validate snapshots/primary", 0],
  ["lockstep doctor --probe", 0],
  ["lockstep diff", 2],
  ["lockstep diff --from snapshots/primary --to snapshots/standby", 2],
  ["lockstep diff queue/Billing", 2],
  ["lockstep diff --report markdown=drift.md --report json=drift.json", 2],
  ["lockstep report drift.json --format markdown", 0],
  ["lockstep plan -o plan.json", 2],
  ["lockstep show plan.json", 0],
  ["lockstep snapshot primary --repository -o organisation", 0],
  ["lockstep plan --stack primary -o primary.json", 0],
  ["lockstep apply plan.json", 0],
  ["lockstep apply plan.json --allow max-updates", 0],
  ["lockstep sync --yes", 0],
  ["lockstep completion bash", 0],
  ["lockstep completion zsh", 0],
];

/** They need the Pulumi command line; up.test.ts runs the command where there is one. */
const stacks = ["lockstep up --stack standby --preview", "lockstep up --stack standby --yes"];

/** They need a Git working copy or a job; pull-request.test.ts and snapshot-commit.test.ts run the commands. */
const pulls = [
  "lockstep pr",
  "lockstep pr --check --fail-on change",
  "lockstep pr --base origin/main",
  "lockstep snapshot primary --push",
  "lockstep issue",
  "lockstep issue --environment production",
];

/** They need somebody to send to; notify.test.ts runs the command. */
const messages = ["lockstep notify", "lockstep notify --test", "lockstep notify --environment production"];

/** They run until they are stopped; watch.test.ts runs the command. */
const endless = ["lockstep watch", "lockstep watch --listen 0.0.0.0:9464 --stale-after 600"];

const elsewhere = [
  ...endless,
  ...stacks,
  ...pulls,
  ...messages,
  "lockstep demo",
  "lockstep demo --seed 7",
  "lockstep init",
  "lockstep init --pulumi",
  "lockstep simulate --port 8080",
];

describe("help", () => {
  it("fits into 80 columns, for every command", () => {
    expect(helps.size).toBeGreaterThan(10);
    for (const [name, help] of helps) {
      expect(help, name).toContain("Usage: lockstep");
      expect(help.split("\n").filter((line) => line.length > 80)).toEqual([]);
      expect(help).not.toContain("\u001b");
    }
  });

  it("has an example for every command, and none that is not run", () => {
    const known = new Set([...inOrder.map(([line]) => line), ...elsewhere]);
    expect(examples().filter((line) => !known.has(line))).toEqual([]);
    const shown = new Set(examples().map((line) => line.split(" ")[1]));
    expect([...helps.keys()].filter((name) => name !== "" && !shown.has(name))).toEqual([]);
  });

  it("shows examples that work", { timeout: 120_000 }, async () => {
    const workspace = await stage.workspace();
    await workspace.configure({ repository: { directory: "organisation" } });
    for (const [line, exit] of inOrder) {
      const ended = await workspace.run(line.split(" ").slice(1));
      expect(ended.exit, `${line}: ${ended.stderr}${ended.stdout}`).toBe(exit);
    }
  });

  it("shows updates of a stack, which say what they need where it is missing", async () => {
    const workspace = await stage.workspace();
    for (const line of stacks) {
      const ended = await workspace.start(line.split(" ").slice(1), { PATH: workspace.directory }).ended;
      expect([ended.exit, ended.stdout]).toEqual([1, ""]);
      expect(ended.stderr).toContain("error pulumi-missing");
    }
  });

  it("shows an init and a simulator that work", async () => {
    const workspace = await stage.workspace();
    await rm(workspace.path("lockstep.yaml"));
    expect((await workspace.run(["init"])).exit).toBe(0);
    expect((await workspace.run(["doctor"])).stdout).toContain("ok    configuration");
    await simulates(workspace);
  });
});

async function simulates(workspace: Workspace): Promise<void> {
  const running = workspace.start(["simulate", "--port", "8080"]);
  const ended = running.ended.then(({ stderr }) => stderr);
  const line = await Promise.race([running.firstLine, ended]);
  // Another program may hold this port; then the error says so.
  if (line.startsWith("{")) {
    expect(JSON.parse(line)).toMatchObject({ baseUrl: "http://127.0.0.1:8080" });
    running.signal("SIGTERM");
    const { exit, stdout } = await running.ended;
    expect(exit).toBe(0);
    expect(JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "")).toMatchObject({ requests: 0 });
  } else expect(line).toContain("port-unavailable");
}

describe("a reader that closes its end at once", () => {
  it("gets no stack trace for it, whether it asked for help or for work", async () => {
    for (const args of [["--help"], ["kinds"]]) {
      const child = spawn(process.execPath, [MAIN, ...args], { cwd, env: { HOME: cwd } });
      child.stdout.destroy();
      let told = "";
      child.stderr.on("data", (chunk: Buffer) => (told += chunk.toString()));
      const [exit] = (await once(child, "close")) as [number];
      expect({ args, told, exit }).toEqual({ args, told: "", exit: 0 });
    }
  });
});
