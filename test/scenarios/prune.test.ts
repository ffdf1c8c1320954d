import { describe, expect, it } from "vitest";
import { buildCentre, callFlow } from "./support/centre.ts";
import { writesTo } from "./support/control.ts";
import { lockTableId, withoutLock } from "./support/lock.ts";
import { works } from "./support/refused.ts";
import { stageFor } from "./support/stage.ts";

/** The standby has objects that the primary does not have, which refer to one another. */
const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => {
  const [primary, standby] = [await set.admin("primary"), await set.admin("standby")];
  await buildCentre(primary);
  await buildCentre(standby);
  await primary.create("/api/v2/routing/languages", { name: "Spanish" });
  const code = await standby.create("/api/v2/routing/wrapupcodes", { name: "Old code" });
  const queue = await standby.create("/api/v2/routing/queues", { name: "Old queue" });
  await standby.send("POST", `/api/v2/routing/queues/${queue}/wrapupcodes`, [{ id: code }]);
  const flow = await standby.publish(callFlow("Old flow", "Old queue", "Home standby"));
  await standby.create("/api/v2/architect/ivrs", { name: "Old line", dnis: [], openHoursFlow: { id: flow } });
});

const OLD = ["flow/inboundcall:Old flow", "ivr/Old line", "queue/Old queue", "wrap-up-code/Old code"];

interface PlanDocument {
  readonly operations: readonly { readonly coordinate: string; readonly action: string; readonly wave: number }[];
}

describe("objects that only the standby has", () => {
  it("are told, and kept", async () => {
    const workspace = await stage.workspace();
    const diff = (await works(workspace, 2, "diff")) as { summary: object };
    expect(diff.summary).toEqual({ create: 1, update: 0, delete: 4, rename: 0 });
    const plan = (await works(workspace, 2, "plan", "-o", "plan.json")) as PlanDocument;
    expect(plan.operations.map(({ coordinate }) => coordinate)).toEqual(["language/Spanish"]);
    const mark = await stage.control.mark();
    await works(workspace, 0, "apply", "plan.json");
    const writes = withoutLock(writesTo("standby", await stage.control.log(mark)), await lockTableId(stage));
    expect(writes.map(({ method, path }) => `${method} ${path}`)).toEqual(["POST /api/v2/routing/languages"]);
  });

  it("are deleted with --prune, what refers to others first", async () => {
    const workspace = await stage.workspace();
    const plan = (await works(workspace, 2, "plan", "-o", "plan.json", "--prune")) as PlanDocument;
    const deletes = plan.operations.filter(({ action }) => action === "delete");
    expect(deletes.map(({ coordinate }) => coordinate).sort()).toEqual(OLD);
    const wave = new Map(deletes.map(({ coordinate, wave }) => [coordinate, wave]));
    const order = ["ivr/Old line", "flow/inboundcall:Old flow", "queue/Old queue", "wrap-up-code/Old code"];
    const waves = order.map((coordinate) => wave.get(coordinate) ?? 0);
    expect(waves).toEqual([...waves].sort((a, b) => a - b));
    expect(new Set(waves.slice(0, 3)).size).toBe(3);
    const mark = await stage.control.mark();
    const applied = await works(workspace, 0, "apply", "plan.json", "--allow", "protected");
    const writes = writesTo("standby", await stage.control.log(mark));
    const deleted = withoutLock(writes, await lockTableId(stage)).filter(({ method }) => method === "DELETE");
    expect(deleted).toHaveLength(OLD.length);
    expect(applied).toMatchObject({ operations: { done: 5, failed: 0 }, writes: writes.length, verified: true });
    expect(await works(workspace, 0, "diff")).toMatchObject({ changes: [] });
  });
});

describe("an object that others are in of which lockstep knows nothing", () => {
  interface Outcome {
    readonly blocked: readonly { readonly coordinate: string; readonly code: string; readonly message: string }[];
  }

  it("is not tried again and again with --prune, and is deleted once it is empty", async () => {
    const workspace = await stage.workspace();
    const admin = await stage.admin("standby");
    const division = await admin.create("/api/v2/authorization/divisions", { name: "Old division", description: "" });
    const home = await admin.send("GET", "/api/v2/authorization/divisions/home");
    const queue = await admin.create("/api/v2/routing/queues", { name: "Left out", division: { id: division } });
    await workspace.configure({ include: { exclude: [{ kind: "queue", name: "Left out" }] } });
    const only = ["--only", "division/Old division", "--prune", "--allow", "shrunken-kind"];
    for (const _run of [1, 2]) {
      const { blocked } = (await works(workspace, 2, "sync", "--yes", ...only)) as Outcome;
      expect(blocked).toEqual([
        {
          coordinate: "division/Old division",
          code: "not-empty",
          message: "Cannot be deleted while it holds QUEUE (1), of which the plan takes out 0",
        },
      ]);
    }
    await admin.send("POST", `/api/v2/authorization/divisions/${String(home["id"])}/objects/QUEUE`, [queue]);
    expect(await works(workspace, 0, "sync", "--yes", ...only)).toMatchObject({ verified: true, blocked: [] });
  });

  it("is deleted together with what is in it, however many values that holds there", async () => {
    const workspace = await stage.workspace();
    const admin = await stage.admin("standby");
    const [from, between, to] = ["+13175550200", "+13175550205", "+13175550209"];
    const pool = { name: "Old numbers", startPhoneNumber: from, endPhoneNumber: to, provider: "PURE_CLOUD" };
    await admin.create("/api/v2/telephony/providers/edges/didpools", pool);
    await admin.create("/api/v2/architect/ivrs", { name: "Two numbers", dnis: [from, between] });
    const plan = (await works(workspace, 2, "plan", "-o", "plan.json", "--prune")) as PlanDocument & Outcome;
    expect(plan.blocked).toEqual([]);
    expect(plan.operations.map(({ coordinate }) => coordinate)).toEqual(
      expect.arrayContaining([`did-pool/${from}..${to}`, "ivr/Two numbers"]),
    );
    const allow = ["--allow", "protected", "--allow", "shrunken-kind"];
    expect(await works(workspace, 0, "apply", "plan.json", ...allow)).toMatchObject({ verified: true });
  });
});
