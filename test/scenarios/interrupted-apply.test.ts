import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documentOf, errorOf } from "./support/cli.ts";
import { buildCentre } from "./support/centre.ts";
import { plainState } from "./support/raw-state.ts";
import { works } from "./support/refused.ts";
import { stageFor } from "./support/stage.ts";
import { requestSeen } from "./support/waiting.ts";
import type { Workspace } from "./support/workspace.ts";

const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => buildCentre(await set.admin("primary")));

interface Applied {
  readonly operations: {
    readonly done: number;
    readonly failed: number;
    readonly skipped: number;
    readonly resumed: number;
  };
}

let kept = "";
let operations = 0;
let expected: unknown;

/** One plan for all tests, and the standby as it is when the plan is applied without a break. */
beforeAll(async () => {
  kept = await mkdtemp(join(tmpdir(), "lockstep-plan-"));
  const workspace = await stage.workspace();
  const plan = await works(workspace, 2, "plan", "-o", "plan.json");
  ({ length: operations } = (plan as { operations: readonly unknown[] }).operations);
  await cp(workspace.path("plan.json"), join(kept, "plan.json"));
  await works(workspace, 0, "apply", "plan.json");
  expected = plainState(await stage.control.state("standby"));
  await stage.reset();
});

afterAll(() => rm(kept, { recursive: true, force: true }));

async function withPlan(): Promise<Workspace> {
  const workspace = await stage.workspace();
  await cp(join(kept, "plan.json"), workspace.path("plan.json"));
  return workspace;
}

/** Requests that get no answer: the organisation has not carried them out, or it has. */
const moments: readonly [NodeJS.Signals, string, string, string][] = [
  ["SIGINT", "before a queue is created", "hang", "/api/v2/routing/queues"],
  ["SIGKILL", "before a queue is created", "hang", "/api/v2/routing/queues"],
  ["SIGKILL", "after a queue is created", "slow:600000", "/api/v2/routing/queues"],
  ["SIGKILL", "after a division is created", "slow:600000", "/api/v2/authorization/divisions"],
  ["SIGKILL", "after the entry point is created", "slow:600000", "/api/v2/architect/ivrs"],
  ["SIGKILL", "while a flow is published", "hang", "/api/v2/flows/jobs"],
];

describe("an apply that is stopped", () => {
  it.each(moments)("by %s %s goes on with the same command", async (signal, _, action, path) => {
    const workspace = await withPlan();
    await stage.control.faults({ org: "standby", method: "POST", path: `${path}$`, action, times: 99 });
    const mark = await stage.control.mark();
    const running = workspace.start(["apply", "plan.json", "--format", "json"]);
    await requestSeen(stage.control, mark, (line) => line.method === "POST" && line.path === path);
    running.signal(signal);
    const ended = await running.ended;
    expect(ended.exit).toBe(signal === "SIGKILL" ? null : 130);
    if (signal !== "SIGKILL") expect(errorOf(ended).code).toBe("interrupted");
    const [journal = ""] = await journalLines(workspace);
    expect(JSON.parse(journal)).toMatchObject({ state: "started" });

    await stage.control.faults();
    const resumed = await workspace.json("apply", "plan.json");
    expect(resumed.exit, resumed.stdout + resumed.stderr).toBe(0);
    const { done, failed, skipped, resumed: before } = documentOf<Applied>(resumed).operations;
    expect({ total: done + before, failed, skipped }).toEqual({ total: operations, failed: 0, skipped: 0 });
    expect(plainState(await stage.control.state("standby"))).toEqual(expected);
  });
});

async function journalLines(workspace: Workspace): Promise<string[]> {
  const { sha256 } = JSON.parse(await readFile(workspace.path("plan.json"), "utf8")) as { sha256: string };
  const text = await readFile(workspace.path(".lockstep/journal", `${sha256.slice(0, 16)}.jsonl`), "utf8");
  return text.split("\n");
}
