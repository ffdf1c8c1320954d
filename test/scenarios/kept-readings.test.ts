import { mkdir, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { buildCentre } from "./support/centre.ts";
import { works } from "./support/refused.ts";
import { stageFor } from "./support/stage.ts";
import { digests, type Workspace } from "./support/workspace.ts";

const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => {
  await buildCentre(await set.admin("primary"));
  await buildCentre(await set.admin("standby"));
});

describe("what was read of the organisations", () => {
  it("is kept as a snapshot of each, so that the next command does not read it again", async () => {
    const workspace = await stage.workspace();
    const first = await counted(() => works(workspace, 0, "diff"));
    for (const side of ["primary", "standby"]) await works(workspace, 0, "validate", cacheOf(workspace, side));
    const second = await counted(() => works(workspace, 0, "plan", "-o", "plan.json"));
    expect(exports(first)).toBeGreaterThan(0);
    expect(exports(second)).toBe(0);
    expect(second.length).toBeLessThan(first.length);
  });

  it("has the bytes of a snapshot of that moment", async () => {
    const workspace = await stage.workspace();
    await works(workspace, 0, "diff");
    await works(workspace, 0, "snapshot", "primary", "--fresh");
    const { "run.json": _, ...kept } = await digests(cacheOf(workspace, "primary"));
    const { "run.json": __, ...taken } = await digests(workspace.path("snapshots/primary"));
    expect(kept).toEqual(taken);
  });

  it("is read again with --fresh", async () => {
    const workspace = await stage.workspace();
    const first = await counted(() => works(workspace, 0, "diff"));
    const fresh = await counted(() => works(workspace, 0, "diff", "--fresh"));
    expect([...fresh].sort()).toEqual([...first].sort());
  });

  it.each([
    ["half of it is missing", (file: string) => file.startsWith("queue/")],
    ["its manifest is damaged", (file: string) => file === "manifest.json"],
  ])("is ignored, with a line, where %s", async (_what, damages) => {
    const workspace = await stage.workspace();
    const first = await counted(() => works(workspace, 0, "diff"));
    const cache = cacheOf(workspace, "primary");
    for (const file of Object.keys(await digests(cache)).filter(damages)) await writeFile(`${cache}/${file}`, "{");
    const again = await counted(async () => {
      const { exit, stderr } = await workspace.run(["diff"]);
      expect(exit).toBe(0);
      expect(stderr).toMatch(/cache\S+ cannot be used \(snapshot-\w+\) and is ignored/);
    });
    expect(exports(again)).toBe(exports(first) / 2);
    expect(exports(await counted(() => works(workspace, 0, "diff")))).toBe(0);
  });

  it("is used in place of a primary that gives no answer, as what it is", async () => {
    const workspace = await stage.workspace();
    await works(workspace, 0, "diff");
    await workspace.configure({ outage: { afterSeconds: 1 } });
    await stage.control.faults({ org: "primary", path: "^/api/", times: 999, action: "status:503" });
    const { stdout } = await workspace.run(["diff"]);
    expect(stdout).toMatch(/^The primary cannot be reached \(server-error\); its snapshot of 2\S+ is used instead\n/);
  });

  it("is not kept where nothing can be written, which costs only requests", async () => {
    const workspace = await stage.workspace();
    await mkdir(workspace.path(".lockstep"));
    await writeFile(workspace.path(".lockstep/cache"), "");
    const { exit, stderr } = await workspace.run(["diff"]);
    expect(exit).toBe(0);
    expect(stderr).toContain("what was read is not kept in");
  });
});

function cacheOf(workspace: Workspace, side: string): string {
  return workspace.path(".lockstep/cache", stage.line.orgs[side]?.id ?? "");
}

/** The API requests that some work takes. */
async function counted(work: () => Promise<unknown>): Promise<string[]> {
  const mark = await stage.control.mark();
  await work();
  const log = await stage.control.log(mark);
  const sent = log.filter(({ path }) => path.startsWith("/api/"));
  return sent.map(({ org, method, path }) => `${org} ${method} ${path.replace(/jobs\/.*/, "jobs/ID")}`);
}

function exports(requests: readonly string[]): number {
  return requests.filter((request) => request.endsWith("POST /api/v2/flows/export/jobs")).length;
}
