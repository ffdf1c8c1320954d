import { readdir } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { errorOf } from "./support/cli.ts";
import { buildCentre } from "./support/centre.ts";
import { works } from "./support/refused.ts";
import { stageFor } from "./support/stage.ts";
import { requestSeen } from "./support/waiting.ts";
import { digests } from "./support/workspace.ts";

const stage = stageFor({ primary: "empty" }, async (set) => buildCentre(await set.admin("primary")));

describe("a snapshot that is stopped", () => {
  it.each(["SIGINT", "SIGTERM", "SIGKILL"] as const)("by %s leaves the old one as it was", async (signal) => {
    const workspace = await stage.workspace();
    await works(workspace, 0, "snapshot", "primary");
    const before = await digests(workspace.directory);
    await stage.control.faults({ org: "primary", path: "/architect/ivrs$", action: "hang", times: 99 });
    const mark = await stage.control.mark();
    const running = workspace.start(["snapshot", "primary", "--format", "json"]);
    await requestSeen(stage.control, mark, ({ path }) => path === "/api/v2/architect/ivrs");
    running.signal(signal);
    const ended = await running.ended;
    if (signal === "SIGKILL") expect(ended.exit).toBeNull();
    else {
      expect(ended.exit).toBe(130);
      expect(errorOf(ended).code).toBe("interrupted");
    }
    expect(await digests(workspace.directory)).toEqual(before);

    await stage.control.faults();
    await works(workspace, 0, "snapshot", "primary");
    const after = await digests(workspace.path("snapshots/primary"));
    expect({ ...after, "run.json": before["snapshots/primary/run.json"] }).toEqual(
      Object.fromEntries(Object.entries(before).flatMap(([path, digest]) => within(path, digest))),
    );
    expect(await readdir(workspace.path("snapshots"))).toEqual(["primary"]);
  });
});

function within(path: string, digest: string): [string, string][] {
  const start = "snapshots/primary/";
  return path.startsWith(start) ? [[path.slice(start.length), digest]] : [];
}
