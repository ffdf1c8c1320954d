import { createServer, type AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { buildCentre } from "./support/centre.ts";
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
