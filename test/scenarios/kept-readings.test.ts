import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { buildCentre, callFlow } from "./support/centre.ts";
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
    // What was made a moment ago is read again whatever the audit log says, so that its queries come on top.
    await workspace.configure({ read: { audit: "off" } });
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

  it("is used for the organisation that it is of, wherever it lies", async () => {
    const workspace = await stage.workspace();
    await works(workspace, 0, "snapshot", "primary");
    const first = await counted(() => works(workspace, 0, "snapshot", "standby", "--fresh"));
    for (const place of [cacheOf(workspace, "standby"), workspace.path("snapshots/standby")]) {
      await rm(place, { recursive: true, force: true });
      await cp(workspace.path("snapshots/primary"), place, { recursive: true });
    }
    const again = await counted(() => works(workspace, 0, "diff"));
    const toStandby = (requests: readonly string[]): number =>
      requests.filter((request) => request.startsWith("standby ")).length;
    expect(exports(first)).toBeGreaterThan(0);
    expect(exports(again)).toBe(exports(first));
    expect(toStandby(again)).toBe(toStandby(first));
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

describe("what an apply reads back", () => {
  it("is kept too, so that the next command exports no published flow again", async () => {
    const workspace = await stage.workspace();
    await works(workspace, 0, "sync", "--yes");
    await changePrimary();
    const applied = await counted(() => works(workspace, 0, "sync", "--yes"));
    expect(exportsOf(applied, "standby")).toBe(2);
    const cache = cacheOf(workspace, "standby");
    await works(workspace, 0, "validate", cache);
    expect(exports(await counted(() => works(workspace, 0, "diff")))).toBe(0);
    const { "run.json": _, ...kept } = await digests(cache);
    await works(workspace, 0, "snapshot", "standby", "--fresh");
    const { "run.json": __, ...taken } = await digests(workspace.path("snapshots/standby"));
    expect(kept).toEqual(taken);
  });

  it("leaves the rest as old as it was", async () => {
    const workspace = await stage.workspace();
    await works(workspace, 0, "sync", "--yes");
    await changePrimary();
    await works(workspace, 2, "plan", "-o", "plan.json");
    const cache = cacheOf(workspace, "standby");
    const before = await readTime(cache);
    await works(workspace, 0, "apply", "plan.json");
    expect(await readFile(`${cache}/flow/inboundcall%3ASecond.yaml`, "utf8")).toContain("New");
    expect(await readTime(cache)).toBe(before);
  });

  it("is not kept where nothing is known of the rest", async () => {
    const workspace = await stage.workspace();
    await works(workspace, 0, "sync", "--yes");
    await changePrimary();
    await works(workspace, 2, "plan", "-o", "plan.json");
    await rm(workspace.path(".lockstep/cache"), { recursive: true });
    await works(workspace, 0, "apply", "plan.json");
    expect(Object.keys(await digests(workspace.path(".lockstep")))).not.toContain("cache");
    await works(workspace, 0, "diff");
  });
});

/** A new queue, one with another name, a new flow and a republished one. */
async function changePrimary(): Promise<void> {
  const primary = await stage.admin("primary");
  const queues = "/api/v2/routing/queues";
  await primary.create(queues, { name: "New" });
  const { id } = await primary.named(queues, "Support");
  await primary.send("PUT", `${queues}/${id}`, { name: "Help", description: "Calls about help" });
  const { name: home } = await primary.send("GET", "/api/v2/authorization/divisions/home");
  await primary.publish(callFlow("Second", "New", String(home)));
  await primary.publish(callFlow("Main", "Help", String(home)));
}

async function readTime(snapshot: string): Promise<unknown> {
  return (JSON.parse(await readFile(`${snapshot}/run.json`, "utf8")) as { readonly finishedAt: unknown }).finishedAt;
}

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
  return exportsOf(requests, "primary") + exportsOf(requests, "standby");
}

function exportsOf(requests: readonly string[], org: string): number {
  return requests.filter((request) => request === `${org} POST /api/v2/flows/export/jobs`).length;
}
