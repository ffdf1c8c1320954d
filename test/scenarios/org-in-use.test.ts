import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { buildCentre } from "./support/centre.ts";
import { errorOf } from "./support/cli.ts";
import { writesTo } from "./support/control.ts";
import { works } from "./support/refused.ts";
import { stageFor } from "./support/stage.ts";
import { requestSeen } from "./support/waiting.ts";
import type { Workspace } from "./support/workspace.ts";

const STACK = "urn:pulumi:standby::lockstep::pulumi:providers:gclockstep::standby";
const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => buildCentre(await set.admin("primary")));

async function planned(): Promise<Workspace> {
  const workspace = await stage.workspace();
  await works(workspace, 2, "plan", "-o", "plan.json");
  return workspace;
}

function lockOf(workspace: Workspace): string {
  return workspace.path(".lockstep", "lock", `${stage.line.orgs["standby"]?.id ?? ""}.json`);
}

async function locked(workspace: Workspace, holder: string, pid: number): Promise<void> {
  await mkdir(dirname(lockOf(workspace)), { recursive: true });
  await writeFile(lockOf(workspace), JSON.stringify({ holder, pid }));
}

describe("an organisation that somebody works on", () => {
  it("is not written by apply or sync while a stack does", async () => {
    const workspace = await planned();
    // Another process that lives: this one shares what it has locked with itself.
    await locked(workspace, STACK, process.ppid);
    const mark = await stage.control.mark();
    for (const command of [
      ["apply", "plan.json"],
      ["sync", "--yes"],
    ]) {
      const refused = await workspace.json(...command);
      expect(refused.exit).toBe(1);
      expect(errorOf(refused)).toMatchObject({
        code: "org-in-use",
        message: `the stack standby (process ${process.ppid}) works on this organisation`,
        file: lockOf(workspace),
      });
    }
    expect(writesTo("standby", await stage.control.log(mark))).toEqual([]);
    expect(await readdir(dirname(lockOf(workspace)))).toHaveLength(1);
  });

  it("is written again once its holder has ended, and is free afterwards", async () => {
    const workspace = await planned();
    const dead = spawn(process.execPath, ["-e", ""]);
    await once(dead, "exit");
    await locked(workspace, STACK, dead.pid ?? 0);
    await works(workspace, 0, "apply", "plan.json");
    expect(await readdir(dirname(lockOf(workspace)))).toEqual([]);
  });

  it("is held by one apply at a time, and free again when that is interrupted", async () => {
    const workspace = await planned();
    const path = "/api/v2/routing/queues";
    await stage.control.faults({ org: "standby", method: "POST", path: `${path}$`, action: "hang", times: 99 });
    const mark = await stage.control.mark();
    const running = workspace.start(["apply", "plan.json", "--format", "json"]);
    await requestSeen(stage.control, mark, (line) => line.method === "POST" && line.path === path);
    expect(errorOf(await workspace.json("apply", "plan.json"))).toMatchObject({
      code: "org-in-use",
      message: expect.stringMatching(/^lockstep apply or sync \(process \d+\) works/) as string,
    });
    running.signal("SIGINT");
    expect((await running.ended).exit).toBe(130);
    expect(await readdir(dirname(lockOf(workspace)))).toEqual([]);
  });

  it("is free again after an apply that failed", async () => {
    const workspace = await planned();
    await stage.control.faults({
      org: "standby",
      method: "POST",
      path: "/routing/queues$",
      action: "status:400",
      times: 99,
    });
    expect((await workspace.json("apply", "plan.json")).exit).toBe(4);
    expect(await readdir(dirname(lockOf(workspace)))).toEqual([]);
  });
});
