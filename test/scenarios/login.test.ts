import { createServer, type AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { buildCentre } from "./support/centre.ts";
import { refused, works } from "./support/refused.ts";
import { stageFor } from "./support/stage.ts";

const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => buildCentre(await set.admin("primary")));

describe("a login that does not lead where it should", () => {
  it("names the organisation whose credentials are wrong", async () => {
    const { primary } = stage.line.orgs;
    const workspace = await stage.workspace({
      logins: { primary: { id: primary?.client.id ?? "", secret: "not it" } },
    });
    const error = await refused(stage, workspace, "snapshot", "primary", "-o", "out");
    expect(error).toMatchObject({ exit: 1, code: "login-failed", path: "/orgs/primary" });
    expect(error.message).toContain("primary");
    expect(JSON.stringify(error)).not.toContain("not it");
  });

  it("says that the region may be wrong when it does not know the client", async () => {
    const workspace = await stage.workspace({
      logins: { standby: { id: "11111111-2222-4333-8444-555555555555", secret: "x" } },
    });
    const error = await refused(stage, workspace, "plan", "-o", "plan.json");
    expect(error).toMatchObject({ exit: 1, code: "login-failed", path: "/orgs/standby" });
    expect(error.hint + error.message).toMatch(/region/);
  });

  it("suggests a region for one that does not exist", async () => {
    const workspace = await stage.workspace();
    const region = { baseUrl: undefined, region: "us-east-11" };
    await workspace.configure({ orgs: { primary: region } });
    const error = await refused(stage, workspace, "snapshot", "primary");
    expect(error).toMatchObject({ exit: 1, code: "unknown-region" });
    expect(error.hint).toContain("us-east-1");
  });

  it("refuses an organisation that is not the configured one", async () => {
    const workspace = await stage.workspace();
    const orgId = "11111111-2222-4333-8444-555555555555";
    await workspace.configure({ orgs: { standby: { orgId } } });
    const error = await refused(stage, workspace, "plan", "-o", "plan.json");
    expect(error).toMatchObject({ code: "org-mismatch", path: "/orgs/standby" });
    expect(error.exit).not.toBe(0);
  });

  it.each([["diff"], ["plan", "-o", "plan.json"], ["sync", "--yes"]])(
    "refuses one organisation on both sides: %s",
    async (...args) => {
      const { primary } = stage.line.orgs;
      if (primary === undefined) throw new Error("no primary");
      const workspace = await stage.workspace({ logins: { standby: primary.client } });
      // What writes asks for a pinned standby first.
      const orgId = args[0] === "sync" ? primary.id : undefined;
      await workspace.configure({ orgs: { standby: { orgId } } });
      const error = await refused(stage, workspace, ...args);
      expect(error).toMatchObject({ exit: 3, code: "same-org" });
      expect(error.message).toContain(primary.id);
    },
  );

  it("names the environment variable that is missing", async () => {
    const workspace = await stage.workspace();
    await workspace.configure({ orgs: { primary: { clientSecret: "env:NOT_SET" } } });
    const error = await refused(stage, workspace, "snapshot", "primary");
    expect(error).toMatchObject({ exit: 1, code: "secret-missing" });
    expect(error.message).toContain("NOT_SET");
  });

  it("says so when there is no network, and keeps the snapshot that is there", async () => {
    const workspace = await stage.workspace();
    await works(workspace, 0, "snapshot", "primary");
    const port = await unusedPort();
    await workspace.configure({ orgs: { primary: { baseUrl: `http://127.0.0.1:${port}` } } });
    const error = await refused(stage, workspace, "snapshot", "primary");
    expect(error).toMatchObject({ exit: 1, code: "no-network", path: "/orgs/primary" });
    expect(error.message).toContain(`127.0.0.1:${port}`);
  });
});

async function unusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
