import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { program } from "../src/stacks/program.ts";
import { enginePlace, inlineStack, stateBytes, type EnginePlace, type Run } from "../test/engine/support/engine.ts";
import { fillOrg } from "../test/engine/support/fill-org.ts";
import { administrator } from "../test/scenarios/support/admin.ts";
import { findEngine } from "../tools/engine/find-engine.mjs";
import { appliedCost } from "./applied.ts";
import { simulate, type Simulated } from "./simulated.ts";
import { alignedRows, rounded } from "./table.ts";
import { workspaceFor, type Workspace } from "./workspace.ts";

/** Objects of the organisation that a standby is made from; other numbers may stand on the command line. */
const SIZES = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [40, 400, 1000];

/** Without checkpoints the state is written at the end alone, instead of before and after each step. */
const MODES = [
  { name: "checkpoints", env: {} },
  { name: "no checkpoints", env: { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" } },
] as const;

const HEAD = ["objects", "", "preview s", "create s", "unchanged s", "refresh s", "writes", "second", "state KB"];

/** Times the standby's stack on the real engine, and counts its writes against those of `lockstep apply`. */
async function bench(engine: string): Promise<void> {
  const rows = [HEAD];
  for (const size of SIZES) {
    rows.push(...(await benchSize(engine, size)));
    process.stdout.write(`\n${alignedRows(rows)}\n`);
  }
}

async function benchSize(engine: string, size: number): Promise<string[][]> {
  const scratch = mkdtempSync(join(tmpdir(), "lockstep-bench-"));
  const simulated = await simulate("S", ["primary=empty", "standby=empty"]);
  try {
    const { baseUrl, orgs } = simulated.line;
    const admin = orgs["primary"]?.admin;
    if (admin === undefined) throw new Error("no primary");
    await fillOrg(await administrator(baseUrl, admin), size);
    const restore = await simulated.save();
    const rows: string[][] = [];
    for (const { name, env } of MODES) {
      const place = await enginePlace(engine, "each step");
      const workspace = workspaceFor(join(scratch, name), "S", simulated.line, { pairing: {} });
      rows.push([String(size), name, ...(await timeStack(place, workspace, simulated, env))]);
      place.remove();
      await restore();
    }
    const workspace = workspaceFor(join(scratch, "apply"), "S", simulated.line, { pairing: {} });
    return [...rows, [String(size), "lockstep apply", ...(await timeApply(workspace, simulated))]];
  } finally {
    simulated.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function timeStack(
  place: EnginePlace,
  workspace: Workspace,
  simulated: Simulated,
  env: { readonly [name: string]: string },
): Promise<string[]> {
  await workspace.lockstep(["snapshot", "primary", "-o", "snapshot"]);
  const stack = await inlineStack(place, {
    name: "standby",
    program,
    config: {
      "lockstep:role": "standby",
      "lockstep:config": join(workspace.directory, "lockstep.yaml"),
      "lockstep:snapshot": join(workspace.directory, "snapshot"),
    },
    env: { ...workspace.env, ...env },
  });
  const preview = timed(await stack.preview());
  const start = await simulated.mark();
  const create = timed(await stack.up());
  const second = await simulated.mark();
  const unchanged = timed(await stack.up({ expectNoChanges: true }));
  const third = await simulated.mark();
  const refresh = timed(await stack.refresh());
  const log = await simulated.log("standby", start);
  const writes = appliedCost(log.filter(({ n }) => n <= second)).writes;
  const again = appliedCost(log.filter(({ n }) => n > second && n <= third)).writes;
  return [
    preview,
    create,
    unchanged,
    refresh,
    String(writes),
    String(again),
    rounded(stateBytes(place, "standby") / 1024, 0),
  ];
}

function timed(run: Run): string {
  if (run.failed) throw new Error(run.text);
  return rounded(run.seconds, 1);
}

async function timeApply(workspace: Workspace, simulated: Simulated): Promise<string[]> {
  const plan = await workspace.lockstep(["plan", "-o", "plan.json"], [0, 2]);
  const start = await simulated.mark();
  const apply = await workspace.lockstep(["apply", "plan.json"]);
  const second = await simulated.mark();
  const unchanged = await workspace.lockstep(["apply", "plan.json"]);
  const log = await simulated.log("standby", start);
  const writes = appliedCost(log.filter(({ n }) => n <= second)).writes;
  const again = appliedCost(log.filter(({ n }) => n > second)).writes;
  const seconds = [plan, apply, unchanged].map(({ wallMs }) => rounded(wallMs / 1000, 1));
  return [...seconds, "", String(writes), String(again), ""];
}

const engine = findEngine();
if (engine === undefined) {
  process.stderr.write("no Pulumi engine; npm run engine builds one (Go needed)\n");
  process.exitCode = 1;
} else await bench(engine);
