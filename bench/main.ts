import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { appliedCost, type AppliedCost } from "./applied.ts";
import { compareDiff } from "./compare-diff.ts";
import { compareHelp } from "./compare-help.ts";
import { compareLoading } from "./compare-loading.ts";
import { fewestWrites, type PlannedOperation } from "./floor-writes.ts";
import type { Measured } from "./product.ts";
import { compareLive } from "./live.ts";
import { comparePolls } from "./polls.ts";
import { compareRepublished } from "./republished.ts";
import { multiplySnapshots } from "./multiplied.ts";
import { reporter, writeReport, type Reporter } from "./report.ts";
import { againstFloor, totalOf, type Counted } from "./requests.ts";
import { simulate, SIZES, type Login, type Simulated, type Size } from "./simulated.ts";
import { driftMuch } from "./synthetic-drift.ts";
import { alignedRows, rounded, type Figure } from "./table.ts";
import { workspaceFor, type Workspace } from "./workspace.ts";

const MEMORY_GOAL_MB = 400;

/**
 * Runs every measurement, one at a time, and prints a table for each. Fails only when something cannot be run.
 * `--size S,M,L` chooses organisations (S and M unless given), `--xl` adds comparisons of about 10,000 and 100,000 objects on disk,
 * made from those of M, and `--json FILE` writes the figures as well.
 */
async function bench(): Promise<void> {
  const { values } = parseArgs({
    options: { size: { type: "string" }, xl: { type: "boolean", default: false }, json: { type: "string" } },
  });
  const told = reporter();
  const scratch = mkdtempSync(join(tmpdir(), "lockstep-bench-"));
  try {
    for (const size of sizesIn(values.size ?? "S,M")) await benchOrg(told, size, join(scratch, size), values.xl);
    told.add({ measure: "help", title: "lockstep --help", figures: [await compareHelp()] });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  if (values.json !== undefined) writeReport(values.json, told.report());
}

function sizesIn(text: string): Size[] {
  return text.split(",").map((name) => {
    const size = SIZES.find((known) => known === name);
    if (size === undefined) throw new Error(`no organisation of size ${name}: there are ${SIZES.join(", ")}`);
    return size;
  });
}

async function benchOrg(told: Reporter, size: Size, directory: string, xl: boolean): Promise<void> {
  const simulated = await simulate(size);
  try {
    const live = workspaceFor(`${directory}-live`, size, simulated.line);
    const figures = await compareLive(simulated, live);
    const republished = await compareRepublished(simulated, live);
    const liveTitle = `org ${size}: live diff, then plan, then one flow published again`;
    told.add({ measure: "live", size, title: liveTitle, figures: [...figures, ...republished] });
    const workspace = workspaceFor(directory, size, simulated.line);
    await benchSnapshots(told, size, simulated, workspace);
    if (size === "S") {
      const polls = await comparePolls(simulated, workspace);
      told.add({ measure: "polls", title: "polls of export jobs", figures: polls });
    }
    if (size !== "S") await driftMuch(simulated.line.baseUrl, adminOf(simulated, "standby"));
    await workspace.lockstep(["snapshot", "standby", "-o", "standby"]);
    const title = `lockstep diff of two org ${size} snapshots on disk`;
    told.add({ measure: "diff", size, title, figures: await compareDiff(workspace) });
    if (size === "M" && xl) await benchCopies(told, workspace);
    if (size === "S") {
      told.add({ measure: "loading", title: "lockstep diff without work", figures: [await compareLoading(workspace)] });
    }
    await benchApply(told, size, simulated, workspace);
  } finally {
    simulated.stop();
  }
}

/** How often what both organisations have alike is there in the large snapshots: the drift does not grow with them. */
const COPIES = [6, 60];

/** Rounds for the large ones: one that reads everything, and two that find what it kept. */
const XL_ROUNDS = 3;

async function benchCopies(told: Reporter, workspace: Workspace): Promise<void> {
  for (const times of COPIES) {
    const below = `x${String(times)}`;
    const objects = await multiplySnapshots(workspace.directory, join(workspace.directory, below), times);
    const title = `lockstep diff of two snapshots of ${String(objects)} objects on disk`;
    const figures = await compareDiff(workspace, `${below}/`, XL_ROUNDS);
    told.add({ measure: `diff-x${String(times)}`, title, figures });
  }
}

function adminOf({ line }: Simulated, org: string): Login {
  const found = line.orgs[org];
  if (found === undefined) throw new Error(`no organisation ${org}`);
  return found.admin;
}

async function benchSnapshots(told: Reporter, size: Size, simulated: Simulated, workspace: Workspace): Promise<void> {
  const state = await simulated.state("primary");
  for (const which of ["full", "unchanged"] as const) {
    const mark = await simulated.mark();
    const run = await workspace.lockstep(["snapshot", "primary", "-o", "primary", "--format", "json"]);
    const counted = againstFloor(state, await simulated.log("primary", mark), which);
    const title = which === "full" ? `org ${size}: full snapshot` : `org ${size}: snapshot without a change since`;
    const figures = [...requestFigures(counted), ...runFigures(size, run)];
    told.add({ measure: which, size, title, figures, requests: counted });
  }
}

function requestFigures(counted: readonly Counted[]): Figure[] {
  const { sent, floor } = totalOf(counted);
  const exported = counted.find(({ request }) => request === "POST /api/v2/flows/export/jobs")?.sent ?? 0;
  return [
    { what: "requests", value: `${sent}` },
    { what: "floor", value: `${floor}` },
    { what: "requests / floor", value: rounded(sent / floor), goal: "1.00", met: sent <= floor },
    { what: "flows exported", value: `${exported}` },
  ];
}

function runFigures(size: Size, run: Measured): Figure[] {
  const { kinds } = JSON.parse(run.stdout) as { kinds: Record<string, { kept: number }> };
  const objects = Object.values(kinds).reduce((sum, { kept }) => sum + kept, 0);
  return [
    { what: "objects", value: `${objects}` },
    { what: "seconds", value: rounded(run.wallMs / 1000) },
    { what: "objects per second", value: rounded(objects / (run.wallMs / 1000), 0) },
    memoryFigure(size, run),
  ];
}

function memoryFigure(size: Size, { peakMb }: Measured): Figure {
  const what = { what: "peak memory, MB", value: rounded(peakMb, 0) };
  return size === "M" ? { ...what, goal: `< ${MEMORY_GOAL_MB}`, met: peakMb < MEMORY_GOAL_MB } : what;
}

interface PlanFile {
  readonly operations: readonly PlannedOperation[];
  readonly guards: readonly { readonly guard: string }[];
}

async function benchApply(told: Reporter, size: Size, simulated: Simulated, workspace: Workspace): Promise<void> {
  await workspace.lockstep(["plan", "--from", "primary", "--to", "standby", "-o", "plan.json"], [0, 2]);
  const plan = JSON.parse(readFileSync(join(workspace.directory, "plan.json"), "utf8")) as PlanFile;
  const allow = [...new Set(plan.guards.map(({ guard }) => guard))].flatMap((guard) => ["--allow", guard]);
  const mark = await simulated.mark();
  const run = await workspace.lockstep(["apply", "plan.json", "--format", "json", ...allow]);
  const cost = appliedCost(await simulated.log("standby", mark));
  const figures = [...applyFigures(plan, cost), memoryFigure(size, run)];
  told.add({ measure: "apply", size, title: `org ${size}: apply`, figures });
  const rows = (what: string, counts: ReadonlyMap<string, number>): string[][] =>
    [...counts].map(([request, count]) => [`${what}  ${request}`, `${count}`]);
  print(
    `${alignedRows([
      ...rows("before", cost.readsBefore.by),
      ...rows("write", cost.writesBy),
      ...rows("between", cost.readsBetween.by),
      ...rows("after", cost.readsAfter.by),
    ])}\n`,
  );
}

function applyFigures(plan: PlanFile, cost: AppliedCost): Figure[] {
  const operations = plan.operations.length;
  const fewest = fewestWrites(plan.operations);
  const objects = new Set(plan.operations.map(({ coordinate }) => coordinate)).size;
  return [
    { what: "operations", value: `${operations}` },
    { what: "objects", value: `${objects}` },
    { what: "writes / operation", value: rounded(cost.writes / operations) },
    { what: "writes / fewest", value: rounded(cost.writes / fewest), goal: "1.00", met: cost.writes <= fewest },
    { what: "requests of the lock", value: `${cost.lock}` },
    {
      what: "reads of one object before, at most",
      value: `${cost.readsBefore.mostOfOne}`,
      goal: "<= 1",
      met: cost.readsBefore.mostOfOne <= 1,
    },
    {
      what: "reads of one object after, at most",
      value: `${cost.readsAfter.mostOfOne}`,
      goal: "<= 1",
      met: cost.readsAfter.mostOfOne <= 1,
    },
    { what: "requests before / object", value: rounded(cost.readsBefore.requests / objects) },
    { what: "requests after / object", value: rounded(cost.readsAfter.requests / objects) },
  ];
}

function print(text: string): void {
  process.stdout.write(text);
}

await bench();
