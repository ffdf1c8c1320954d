import { describe, expect, it } from "vitest";
import { documentOf, errorOf } from "./support/cli.ts";
import { writesTo } from "./support/control.ts";
import { lockRows, lockTableId } from "./support/lock.ts";
import { works } from "./support/refused.ts";
import { onlyViewing } from "./support/roles.ts";
import { stageFor } from "./support/stage.ts";
import { requestSeen } from "./support/waiting.ts";
import type { Workspace } from "./support/workspace.ts";

const QUEUES = "/api/v2/routing/queues";
const INTEGRATIONS = "/api/v2/integrations";
const TABLES = "/api/v2/flows/datatables";

/** Objects of which the platform takes a second one of the same name, and one that is unique. */
const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => {
  const admin = await set.admin("primary");
  await admin.create(QUEUES, { name: "Billing" });
  const type = { id: "custom-rest-actions" };
  for (const name of ["CRM", "Tickets", "Orders"]) {
    const id = await admin.create(INTEGRATIONS, { name, integrationType: type });
    await admin.create(`${INTEGRATIONS}/actions`, action(`Find ${name}`, id));
  }
});

function action(name: string, integrationId: string): object {
  const schema = { type: "object", properties: {} };
  return {
    name,
    category: "All",
    integrationId,
    secure: false,
    contract: { input: { inputSchema: schema }, output: { successSchema: schema } },
    config: {
      request: { requestUrlTemplate: "https://example.com", requestType: "GET", headers: {} },
      response: { translationMap: {}, translationMapDefaults: {}, successTemplate: "${rawResult}" },
    },
  };
}

interface Applied {
  readonly lock: { readonly state: string; readonly reason?: string };
  readonly lockRequests: number;
  readonly writes: number;
}

async function workspaces(settings: object = {}): Promise<[Workspace, Workspace]> {
  const both: [Workspace, Workspace] = [await stage.workspace(), await stage.workspace()];
  for (const workspace of both) {
    await workspace.configure({ ...settings });
    await works(workspace, 2, "plan", "-o", "plan.json");
  }
  return both;
}

/** Starts an apply that does not get past a write. */
async function halted(workspace: Workspace): Promise<ReturnType<Workspace["start"]>> {
  await stage.control.faults({ org: "standby", method: "POST", path: `${QUEUES}$`, action: "hang", times: 99 });
  const mark = await stage.control.mark();
  const running = workspace.start(["apply", "plan.json", "--format", "json"]);
  await requestSeen(stage.control, mark, (line) => line.method === "POST" && line.path === QUEUES);
  await stage.control.faults();
  return running;
}

/** Names that the standby has more than one integration or data action of. */
async function namesakes(): Promise<string[]> {
  const admin = await stage.admin("standby");
  const lists = await Promise.all(
    [INTEGRATIONS, `${INTEGRATIONS}/actions`].map((path) => admin.send("GET", `${path}?pageSize=100`)),
  );
  const names = lists.flatMap(({ entities }) => (entities as { name: string }[]).map(({ name }) => name));
  expect(names.length).toBeGreaterThanOrEqual(6);
  return names.filter((name, at) => names.indexOf(name) !== at);
}

describe("two workspaces that write one standby", () => {
  it("take turns: the second is refused, told by whom, and goes on when the first was stopped", async () => {
    const [first, second] = await workspaces();
    const running = await halted(first);
    const refused = await second.json("apply", "plan.json");
    expect(refused.exit).toBe(3);
    expect(errorOf(refused)).toMatchObject({
      code: "standby-locked",
      message: expect.stringMatching(
        /^The standby is locked by .+@.+ \(process \d+\), who took it \d+ s ago/,
      ) as string,
    });
    running.signal("SIGINT");
    expect((await running.ended).exit).toBe(130);
    expect(await lockRows(stage)).toEqual([]);
    expect(await works(second, 0, "sync", "--yes")).toMatchObject({ verified: true, lock: { state: "held" } });
    expect(await namesakes()).toEqual([]);
    await works(second, 0, "diff");
  });

  it("do not wait for ever: the lock of a killed run is taken over when it is old, or when that is allowed", async () => {
    const [first, second] = await workspaces();
    const running = await halted(first);
    running.signal("SIGKILL");
    await running.ended;
    expect((await second.json("apply", "plan.json")).exit).toBe(3);
    const admin = await stage.admin("standby");
    const [row = {}] = await lockRows(stage);
    const heartbeat = new Date(Date.now() - 11 * 60_000).toISOString();
    await admin.send("PUT", `${TABLES}/${(await lockTableId(stage)) ?? ""}/rows/lock`, { ...row, heartbeat });
    expect(await works(second, 0, "sync", "--yes")).toMatchObject({ lock: { state: "held", takenOver: true } });
    expect(await namesakes()).toEqual([]);
    expect(await lockRows(stage)).toEqual([]);
  });

  it("do not share a lock that a person says is left behind", async () => {
    const [first, second] = await workspaces();
    const running = await halted(first);
    running.signal("SIGKILL");
    await running.ended;
    await works(second, 0, "sync", "--yes", "--allow", "standby-locked");
    await works(first, 0, "sync", "--yes");
    expect(await lockRows(stage)).toEqual([]);
  });

  it("make nothing twice when they start at once", async () => {
    const both = await workspaces();
    const ended = await Promise.all(both.map((each) => each.start(["apply", "plan.json", "--format", "json"]).ended));
    expect(ended.map(({ exit }) => exit)).toContain(0);
    expect(await namesakes()).toEqual([]);
    await works(both[0], 0, "sync", "--yes");
    await works(both[0], 0, "diff");
  });
});

describe("the lock in the standby", () => {
  it("is asked for only when there is something to write, and its requests are counted apart", async () => {
    const workspace = await stage.workspace();
    const mark = await stage.control.mark();
    const applied = (await works(workspace, 0, "sync", "--yes")) as Applied;
    expect(applied).toMatchObject({ lock: { state: "held" }, lockRequests: 5 });
    const log = await stage.control.log(mark);
    expect(writesTo("standby", log)).toHaveLength(applied.writes);
    expect(writesTo("standby", log).filter(({ path }) => path.startsWith(TABLES))).toHaveLength(3);
    const later = await stage.control.mark();
    expect(await works(workspace, 0, "sync", "--yes")).toMatchObject({
      lock: { state: "not-needed" },
      lockRequests: 0,
    });
    expect(writesTo("standby", await stage.control.log(later))).toEqual([]);
  });

  it("is no configuration: it is never compared, pruned or copied, on either side", async () => {
    const workspace = await stage.workspace();
    await works(workspace, 0, "sync", "--yes");
    await works(workspace, 0, "diff");
    expect(await works(workspace, 0, "plan", "--prune", "-o", "plan.json")).toMatchObject({ operations: [] });
    await workspace.configure({
      operational: { alarm: "none" },
      orgs: {
        primary: {
          orgId: stage.line.orgs["standby"]?.id,
          clientId: "env:STANDBY_ID",
          clientSecret: "env:STANDBY_SECRET",
        },
        standby: {
          orgId: stage.line.orgs["primary"]?.id,
          clientId: "env:PRIMARY_ID",
          clientSecret: "env:PRIMARY_SECRET",
        },
      },
    });
    await works(workspace, 0, "diff");
  });

  it("is missed with a warning where the client may not write tables, unless it is required", async () => {
    const admin = await stage.admin("standby");
    await onlyViewing(admin, "architect:datatable");
    await onlyViewing(admin, "architect:datatableRow");
    const [first, second] = await workspaces();
    await second.configure({ lock: { use: "required" } });
    const mark = await stage.control.mark();
    const refused = await second.json("apply", "plan.json");
    expect([refused.exit, errorOf(refused).code]).toEqual([1, "lock-unavailable"]);
    expect(writesTo("standby", await stage.control.log(mark)).map(({ status }) => status)).toEqual([403]);
    const applied = await first.json("apply", "plan.json");
    expect(applied.exit, applied.stdout).toBe(0);
    expect(applied.stderr).toContain("Another machine could write the standby at the same time");
    const { lock } = documentOf<Applied>(applied);
    expect(lock).toMatchObject({ state: "unavailable", reason: expect.stringContaining("datatable") as string });
  });
});
