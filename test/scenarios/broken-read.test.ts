import { describe, expect, it } from "vitest";
import { buildCentre } from "./support/centre.ts";
import { tamperingProxy } from "./support/proxy.ts";
import { refused, works } from "./support/refused.ts";
import { stageFor } from "./support/stage.ts";
import { digests, type Workspace } from "./support/workspace.ts";

const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => buildCentre(await set.admin("primary")));

/** A workspace with a good snapshot of the primary, which then changes. */
async function withSnapshot(): Promise<Workspace> {
  const workspace = await stage.workspace();
  await works(workspace, 0, "snapshot", "primary");
  const admin = await stage.admin("primary");
  await admin.create("/api/v2/routing/skills", { name: "French" });
  return workspace;
}

describe("a read that goes wrong half-way", () => {
  it("names the object that was deleted meanwhile", async () => {
    const workspace = await withSnapshot();
    const { id } = await (await stage.admin("primary")).named("/api/v2/routing/queues", "Support");
    await stage.control.faults({ org: "primary", path: `/queues/${id}/wrapupcodes`, action: "status:404", times: 9 });
    const error = await refused(stage, workspace, "snapshot", "primary");
    expect(error).toMatchObject({ exit: 1, code: "object-vanished", coordinate: "queue/Support" });
  });

  it("notices a list that gives less than it announced", async () => {
    const workspace = await withSnapshot();
    const baseUrl = await tamperingProxy(stage.line.baseUrl, ({ url }, body) =>
      url.pathname === "/api/v2/routing/queues" ? { ...(body as object), entities: [] } : undefined,
    );
    await workspace.configure({ orgs: { primary: { baseUrl } } });
    const error = await refused(stage, workspace, "snapshot", "primary");
    expect(error).toMatchObject({ exit: 1, code: "incomplete-list", coordinate: "queue" });
    expect(error.message).toContain("announced 2 objects and gave 0");
  });

  it("names the list whose page is refused", async () => {
    const workspace = await withSnapshot();
    await stage.control.faults({ org: "primary", path: "/routing/wrapupcodes$", action: "status:400", times: 9 });
    const error = await refused(stage, workspace, "snapshot", "primary");
    expect(error).toMatchObject({ exit: 1, code: "request-refused", coordinate: "wrap-up-code" });
    expect(error.message).toContain("/api/v2/routing/wrapupcodes");
  });

  it("gets over a short outage and an expired token", async () => {
    const workspace = await withSnapshot();
    const before = await digests(workspace.path("snapshots"));
    await stage.control.faults(
      { org: "primary", path: "/routing/queues$", action: "status:503" },
      { org: "primary", path: "/routing/skills$", action: "reset-before" },
      { org: "primary", path: "/architect/ivrs$", action: "expire-token" },
    );
    await works(workspace, 0, "snapshot", "primary");
    const after = await digests(workspace.path("snapshots"));
    const changed = Object.keys(after).filter((path) => after[path] !== before[path]);
    expect(changed).toContain("primary/skill/French.json");
    expect(changed.filter((path) => /queue|ivr/.test(path))).toEqual([]);
  });
});
