import { describe, expect, it } from "vitest";
import { buildCentre, callFlow } from "./support/centre.ts";
import { writesTo } from "./support/control.ts";
import { lockTableId, withoutLock } from "./support/lock.ts";
import { works } from "./support/refused.ts";
import { stageFor } from "./support/stage.ts";

const QUEUES = "/api/v2/routing/queues";

const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => buildCentre(await set.admin("primary")));

interface Change {
  readonly coordinate: string;
  readonly action: string;
  readonly from?: string;
}

describe("a renamed object and an edit of one that refers to it", () => {
  it("are both verified, though the untouched part still has the old name in the plan", async () => {
    const workspace = await stage.workspace();
    await works(workspace, 0, "sync", "--yes");
    const primary = await stage.admin("primary");
    const CODES = "/api/v2/routing/wrapupcodes";
    const code = await primary.named(CODES, "Resolved");
    await primary.send("PUT", `${CODES}/${code.id}`, { ...code, name: "Solved" });
    const queue = await primary.named(QUEUES, "Billing");
    await primary.send("PUT", `${QUEUES}/${queue.id}`, { name: "Billing", description: "Another description" });
    expect(await works(workspace, 0, "sync", "--yes")).toMatchObject({ verified: true });
    expect(await works(workspace, 0, "diff")).toMatchObject({ changes: [] });
  });
});

describe("the name of a renamed object", () => {
  it("may belong to a new one: each keeps what it is", async () => {
    const workspace = await stage.workspace();
    await works(workspace, 0, "sync", "--yes");
    const [primary, standby] = [await stage.admin("primary"), await stage.admin("standby")];
    const { id } = await primary.named(QUEUES, "Support");
    await primary.send("PUT", `${QUEUES}/${id}`, { name: "Support (old)", description: "Calls about Support" });
    await primary.create(QUEUES, { name: "Support", description: "The new one" });
    const before = await standby.named(QUEUES, "Support");
    await works(workspace, 0, "sync", "--yes");
    expect((await standby.named(QUEUES, "Support (old)")).id).toBe(before.id);
    expect(await standby.named(QUEUES, "Support")).toMatchObject({ description: "The new one" });
    expect(await works(workspace, 0, "diff")).toMatchObject({ changes: [] });
  });

  it("comes back to an object that was renamed by hand in the standby", async () => {
    const workspace = await stage.workspace();
    await works(workspace, 0, "sync", "--yes");
    const standby = await stage.admin("standby");
    const { id } = await standby.named(QUEUES, "Support");
    await standby.send("PUT", `${QUEUES}/${id}`, { name: "By hand", description: "Calls about Support" });
    await works(workspace, 0, "sync", "--yes");
    expect((await standby.named(QUEUES, "Support")).id).toBe(id);
    expect(await works(workspace, 0, "diff")).toMatchObject({ changes: [] });
  });
});

describe("an object that gets another name in the primary", () => {
  it("is renamed in the standby, where it keeps its id", async () => {
    const workspace = await stage.workspace();
    await works(workspace, 2, "plan", "-o", "first.json");
    await works(workspace, 0, "apply", "first.json");
    const [primary, standby] = [await stage.admin("primary"), await stage.admin("standby")];
    const { id } = await primary.named(QUEUES, "Support");
    await primary.send("PUT", `${QUEUES}/${id}`, { name: "Help desk", description: "Calls about Support" });
    const before = await standby.named(QUEUES, "Support");

    const diff = (await works(workspace, 2, "diff")) as { changes: readonly Change[] };
    expect(diff.changes).toMatchObject([{ coordinate: "queue/Help desk", action: "rename", from: "queue/Support" }]);
    await works(workspace, 2, "plan", "-o", "second.json");
    const mark = await stage.control.mark();
    await works(workspace, 0, "apply", "second.json");
    const writes = withoutLock(writesTo("standby", await stage.control.log(mark)), await lockTableId(stage));
    expect(writes.map(({ method, path }) => `${method} ${path}`)).toEqual([`PUT ${QUEUES}/${before.id}`]);
    expect((await standby.named(QUEUES, "Help desk")).id).toBe(before.id);
    expect(await works(workspace, 0, "diff")).toMatchObject({ changes: [] });
  });
});

describe("a division that gets another name in the primary", () => {
  it("is renamed in the standby, and no flow in it is published again", async () => {
    const DIVISIONS = "/api/v2/authorization/divisions";
    const [primary, standby] = [await stage.admin("primary"), await stage.admin("standby")];
    await primary.publish(callFlow("In sales", "Billing", "Sales"));
    const workspace = await stage.workspace();
    await works(workspace, 0, "sync", "--yes");
    const flow = await standby.named("/api/v2/flows", "In sales");
    expect(flow).toMatchObject({ division: { name: "Sales" } });
    const { id } = await primary.named(DIVISIONS, "Sales");
    await primary.send("PUT", `${DIVISIONS}/${id}`, { name: "Field sales", description: "Sells" });
    const mark = await stage.control.mark();
    expect(await works(workspace, 0, "sync", "--yes")).toMatchObject({ verified: true });
    const writes = writesTo("standby", withoutLock(await stage.control.log(mark), await lockTableId(stage)));
    expect(writes.map(({ method, path }) => `${method} ${path.replace(/[0-9a-f-]{36}/, "{id}")}`)).toEqual([
      `PUT ${DIVISIONS}/{id}`,
    ]);
    expect(await standby.named("/api/v2/flows", "In sales")).toMatchObject({
      division: { name: "Field sales" },
      publishedVersion: { id: (flow["publishedVersion"] as { readonly id: string }).id },
    });
    expect(await works(workspace, 0, "sync", "--yes")).toMatchObject({ writes: 0 });
  });
});
