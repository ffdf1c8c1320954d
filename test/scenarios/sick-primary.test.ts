import { createServer, type AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { virtualClock } from "../../src/platform/clock.ts";
import { buildCentre } from "./support/centre.ts";
import { run } from "./support/cli.ts";
import type { Fault } from "./support/control.ts";
import { refused, works } from "./support/refused.ts";
import { stageFor } from "./support/stage.ts";

const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => buildCentre(await set.admin("primary")));

interface PlanDocument {
  readonly operations: readonly unknown[];
  readonly findings: readonly { readonly code: string; readonly message: string }[];
}

describe("a primary that cannot be reached", () => {
  it("is planned from by its last good snapshot, and says so", async () => {
    const workspace = await stage.workspace();
    await works(workspace, 0, "snapshot", "primary");
    const healthy = (await works(workspace, 2, "plan", "-o", "healthy.json")) as PlanDocument;
    await workspace.configure({ orgs: { primary: { baseUrl: await deadAddress() } } });
    const plan = (await works(workspace, 2, "plan", "-o", "plan.json")) as PlanDocument;
    expect(plan.operations).toEqual(healthy.operations);
    expect(plan.findings.map(({ code }) => code)).toContain("source-stand-in");
    expect(await works(workspace, 0, "apply", "plan.json")).toMatchObject({ verified: true });
  });

  const everything = { org: "primary", path: "^/api/", times: 999 };
  const me = { org: "primary", path: "/organizations/me$", times: 999 };
  const login = { path: "/oauth/token$", times: 999 };
  const html = { action: "answer", contentType: "text/html", body: "<html>Down for maintenance</html>" };
  const shapes: [string, Fault][] = [
    ["503 at login", { ...login, org: "primary", action: "status:503" }],
    ["a page at login", { ...login, org: "primary", ...html }],
    ["no answer at login", { ...login, org: "primary", action: "hang" }],
    ["503 for its identity", { ...me, action: "status:503" }],
    ["nothing for its identity", { ...me, action: "answer", status: 204 }],
    ["no answer to anything", { ...everything, action: "hang" }],
    ["broken connections", { ...everything, after: 3, action: "reset-before" }],
    ["503 on one list", { org: "primary", path: "/routing/skills$", times: 999, action: "status:503" }],
    ["a page for one list", { org: "primary", path: "/routing/skills$", times: 999, ...html }],
    ["nothing for one list", { org: "primary", path: "/routing/skills$", times: 999, action: "answer", body: {} }],
    ["503 in the middle", { ...everything, after: 20, action: "status:503" }],
  ];

  describe.each(shapes)("that gives %s", (_shape, fault) => {
    it.each([
      ["plan", ["plan", "-o", "plan.json"]],
      ["diff", ["diff"]],
      ["sync", ["sync"]],
    ])("is replaced by its snapshot, which the first line of a %s says", async (_command, args) => {
      const workspace = await stage.workspace();
      await workspace.configure({ outage: { afterSeconds: 1 } });
      await works(workspace, 0, "snapshot", "primary");
      await stage.control.faults(fault);
      const { directory: cwd, env } = workspace;
      const { stdout, stderr } = await run(args, { cwd, env, clock: virtualClock(Date.now()) });
      const text = args[0] === "sync" ? stderr : stdout;
      expect(text).toMatch(/^The primary cannot be reached \([a-z-]+\); its snapshot of 2\S+ is used instead$/m);
      if (args[0] !== "sync") expect(text.split("\n")[0]).toMatch(/^The primary cannot be reached/);
    });
  });

  it("is told in the JSON of a diff", async () => {
    const workspace = await stage.workspace();
    await works(workspace, 0, "snapshot", "primary");
    await workspace.configure({ orgs: { primary: { baseUrl: await deadAddress() } } });
    const report = (await works(workspace, 2, "diff")) as PlanDocument;
    expect(report.findings.map(({ code }) => code)).toContain("source-stand-in");
  });

  it.each<[string, Fault, string]>([
    ["credentials are refused", { path: "/oauth/token$", times: 9, action: "status:401" }, "login-failed"],
    ["a permission is missing", { path: "/routing/skills$", times: 9, action: "status:403" }, "permission-missing"],
  ])("is not replaced where %s, and the hint names the way", async (_what, fault, code) => {
    const workspace = await stage.workspace();
    await works(workspace, 0, "snapshot", "primary");
    await stage.control.faults({ ...fault, org: "primary" });
    const error = await refused(stage, workspace, "plan", "-o", "plan.json");
    expect(error).toMatchObject({ exit: 1, code, hint: expect.stringContaining("--from snapshots/primary") as string });
  });

  it("is not replaced by the snapshot of another organisation", async () => {
    const workspace = await stage.workspace();
    await works(workspace, 0, "snapshot", "primary");
    await workspace.configure({ orgs: { primary: { baseUrl: await deadAddress(), orgId: "another" } } });
    expect(await refused(stage, workspace, "plan", "-o", "plan.json")).toMatchObject({ exit: 1, code: "no-network" });
  });

  it("is an error while there is no snapshot of it", async () => {
    const workspace = await stage.workspace();
    await workspace.configure({ orgs: { primary: { baseUrl: await deadAddress() } } });
    const error = await refused(stage, workspace, "plan", "-o", "plan.json");
    expect(error).toMatchObject({ exit: 1, code: "no-network", path: "/orgs/primary" });
  });
});

async function deadAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
