import { expect, it } from "vitest";
import type { Admin } from "../scenarios/support/admin.ts";
import { buildCentre, CENTRE } from "../scenarios/support/centre.ts";
import { writesTo, type LogLine } from "../scenarios/support/control.ts";
import { lockTableId, withoutLock } from "../scenarios/support/lock.ts";
import { plainState } from "../scenarios/support/raw-state.ts";
import { works } from "../scenarios/support/refused.ts";
import { stageFor } from "../scenarios/support/stage.ts";
import { placeFor, type EngineStack } from "./support/engine.ts";
import { changed, named, operations } from "./support/events.ts";
import { describeEngine } from "./support/needs.ts";
import { orgStack, takeSnapshot } from "./support/orgs.ts";

describeEngine("real engine: a standby from a small contact centre", [], ({ engine }) => {
  const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) =>
    buildCentre(await set.admin("primary")),
  );
  const place = placeFor(engine);

  const writes = async (since: number): Promise<LogLine[]> =>
    withoutLock(writesTo("standby", await stage.control.log(since)), await lockTableId(stage));

  it("previews each object, creates it once, and changes nothing the second time", async () => {
    const workspace = await stage.workspace();
    await takeSnapshot(workspace);
    const stack = await orgStack(place(), workspace, { role: "standby", name: "create" });
    const mark = await stage.control.mark();

    const preview = await stack.preview();
    expect(preview.text).not.toContain("error:");
    expect(named(preview, "create")).toEqual(expect.arrayContaining([...CENTRE.objects]));
    expect(await writes(mark)).toEqual([]);

    const up = await stack.up();
    expect(up.failed, up.text).toBe(false);
    expect(named(up, "create")).toEqual(named(preview, "create"));
    const created = await writes(mark);
    expect(await works(workspace, 0, "diff")).toMatchObject({ changes: [] });

    const second = await stage.control.mark();
    const again = await stack.up({ expectNoChanges: true });
    expect(again.failed, again.text).toBe(false);
    expect(await writes(second)).toEqual([]);

    const state = plainState(await stage.control.state("standby"));
    await stage.reset();
    const other = await stage.workspace();
    await works(other, 2, "plan", "-o", "plan.json");
    const from = await stage.control.mark();
    await works(other, 0, "apply", "plan.json");
    expect(requests(await writes(from))).toEqual(requests(created));
    expect(plainState(await stage.control.state("standby"))).toEqual(state);
  });

  it("sees what somebody changed by hand, and reverts it", async () => {
    const workspace = await stage.workspace();
    await takeSnapshot(workspace);
    const stack = await orgStack(place(), workspace, { role: "standby", name: "drift" });
    const up = await stack.up();
    expect(up.failed, up.text).toBe(false);
    const before = plainState(await stage.control.state("standby"));

    const admin = await stage.admin("standby");
    const queue = await admin.named("/api/v2/routing/queues", "Billing");
    await admin.send("PUT", `/api/v2/routing/queues/${queue.id}`, { ...queue, description: "Changed by hand" });
    const skill = await admin.named("/api/v2/routing/skills", "Spanish");
    await admin.send("DELETE", `/api/v2/routing/skills/${skill.id}`);

    const refresh = await stack.refresh();
    expect(changed(refresh)).toMatchObject({ "queue/Billing": ["description"] });
    expect(operations(refresh)).toMatchObject({ update: 1, delete: 1 });

    const repair = await stack.up();
    expect(repair.failed, repair.text).toBe(false);
    expect(named(repair, "create")).toEqual(["skill/Spanish"]);
    expect(named(repair, "update")).toEqual(["queue/Billing"]);
    expect(plainState(await stage.control.state("standby"))).toEqual(before);
  });

  it("adopts a standby that is there already", async () => {
    const workspace = await stage.workspace();
    await works(workspace, 2, "plan", "-o", "plan.json");
    await works(workspace, 0, "apply", "plan.json");
    await takeSnapshot(workspace);
    const mark = await stage.control.mark();
    const stack = await orgStack(place(), workspace, { role: "standby", name: "adopt" });
    const up = await stack.up();
    expect(up.failed, up.text).toBe(false);
    expect(named(up, "create").filter((name) => name.includes("/"))).toEqual([]);
    expect(named(up, "import")).toEqual(expect.arrayContaining([...CENTRE.objects]));
    expect(await writes(mark)).toEqual([]);
    const second = await stack.up({ expectNoChanges: true });
    expect(second.failed, second.text).toBe(false);
  });

  it("deletes nothing unless that was asked for, and then not what carries entry points", async () => {
    const workspace = await stage.workspace();
    await takeSnapshot(workspace);
    const stack = await orgStack(place(), workspace, { role: "standby", name: "delete" });
    expect((await stack.up()).failed).toBe(false);

    const admin = await stage.admin("primary");
    for (const [list, name] of [
      ["/api/v2/architect/ivrs", "Main line"],
      ["/api/v2/routing/queues", "Support"],
    ] as const) {
      await admin.send("DELETE", `${list}/${(await admin.named(list, name)).id}`);
    }
    await takeSnapshot(workspace);
    const mark = await stage.control.mark();
    const kept = await stack.up();
    expect(kept.failed, kept.text).toBe(false);
    expect(await writes(mark)).toEqual([]);

    const pruning = await orgStack(place(), workspace, {
      role: "standby",
      name: "delete",
      // The only call route is gone, which could as well mean that the login no longer sees it.
      config: { "lockstep:prune": "true", "lockstep:allow[0]": "shrunken-kind" },
    });
    const pruned = await pruning.up();
    expect(pruned.failed, pruned.text).toBe(false);
    expect(named(pruned, "delete")).toEqual(["queue/Support"]);
    expect(requests(await writes(mark))).toEqual(["DELETE /api/v2/routing/queues/*"]);
    expect(await (await stage.admin("standby")).named("/api/v2/architect/ivrs", "Main line")).toBeDefined();
  });

  it("moves a number from one call route to another, whichever is registered first", async () => {
    const admin = await stage.admin("primary");
    const main = await admin.named("/api/v2/architect/ivrs", "Main line");
    const { openHoursFlow, closedHoursFlow } = main;
    await admin.create("/api/v2/architect/ivrs", {
      name: "A line",
      dnis: ["+13175550101"],
      openHoursFlow,
      closedHoursFlow,
    });
    const workspace = await stage.workspace();
    await takeSnapshot(workspace);
    const stack = await orgStack(place(), workspace, {
      role: "standby",
      name: "number",
      // Each call route loses its last number once.
      config: { "lockstep:allow[0]": "loses-all-members" },
    });
    expect((await stack.up()).failed).toBe(false);

    for (const [from, to] of [
      ["Main line", "A line"],
      ["A line", "Main line"],
    ] as const) {
      await give(admin, from, []);
      await give(admin, to, [CENTRE.number, "+13175550101"]);
      await takeSnapshot(workspace);
      const mark = await stage.control.mark();
      const up = await stack.up();
      expect(up.failed, up.text).toBe(false);
      expect(named(up, "update").sort()).toEqual(["ivr/A line", "ivr/Main line"]);
      expect(await writes(mark)).toHaveLength(2);
    }
    const again = await stack.up({ expectNoChanges: true });
    expect(again.failed, again.text).toBe(false);
  });

  /** A stack that may delete, and what it has made. */
  async function provisioned(name: string): Promise<EngineStack> {
    const workspace = await stage.workspace();
    await takeSnapshot(workspace);
    const config = { "lockstep:prune": "true" };
    const stack = await orgStack(place(), workspace, { role: "standby", name, config });
    expect((await stack.up()).failed).toBe(false);
    return stack;
  }

  it("leaves protected entry points when it is destroyed", async () => {
    const stack = await provisioned("destroy");
    const destroyed = await stack.destroy();
    expect(destroyed.failed).toBe(true);
    expect(destroyed.text).toMatch(/protect/);
    expect(await (await stage.admin("standby")).named("/api/v2/architect/ivrs", "Main line")).toBeDefined();
  });

  it("takes away the rest, and not what a protected entry point needs, when a destroy is told to leave those out", async () => {
    const stack = await provisioned("exclude-protected");
    const before = plainState(await stage.control.state("standby"));
    const mark = await stage.control.mark();
    const destroyed = await stack.destroy({ excludeProtected: true });
    expect(destroyed.failed, destroyed.text).toBe(false);

    const after = plainState(await stage.control.state("standby"));
    const gone = Object.keys(before).filter((path) => !Object.hasOwn(after, path));
    expect(gone.filter((path) => !path.includes("/queues:Support/"))).toEqual([
      "/api/v2/routing/queues/queues:Support",
      "/api/v2/routing/skills/skills:Spanish",
      expect.stringMatching(/^\/api.+:Default Site\/outboundroutes\/outboundroutes:Default Outbound Route$/),
    ]);
    expect(after).toEqual(Object.fromEntries(Object.entries(before).filter(([path]) => !gone.includes(path))));
    expect(requests(await writes(mark))).toEqual([
      "DELETE /api/v2/routing/queues/*",
      "DELETE /api/v2/routing/skills/*",
      "DELETE /api/v2/telephony/providers/edges/sites/*/outboundroutes/*",
    ]);
    const admin = await stage.admin("standby");
    for (const [list, name] of NEEDED) expect(await admin.named(list, name)).toMatchObject({ name });
    const left = (await stack.state()).resources.map(({ urn }) => urn.split("::").at(-1));
    expect(left).toEqual(expect.arrayContaining(CENTRE.objects.filter((name) => !GONE.has(name))));
    expect(left.filter((name) => GONE.has(name ?? ""))).toEqual([]);
  });
});

/** Entry points of the small contact centre, and what a call that comes in there meets. */
const NEEDED = [
  ["/api/v2/architect/ivrs", "Main line"],
  ["/api/v2/telephony/providers/edges/didpools", "Numbers"],
  ["/api/v2/flows", "Main"],
  ["/api/v2/architect/schedulegroups", "Office hours"],
  ["/api/v2/architect/schedules", "Working days"],
  ["/api/v2/routing/queues", "Billing"],
  ["/api/v2/routing/wrapupcodes", "Resolved"],
] as const;

/** What no entry point of it needs. */
const GONE: ReadonlySet<string> = new Set([
  "queue/Support",
  "skill/Spanish",
  "outbound-route/Default Site/Default Outbound Route",
]);

/** Gives a call route other numbers. */
async function give(admin: Admin, name: string, dnis: readonly string[]): Promise<void> {
  const ivr = await admin.named("/api/v2/architect/ivrs", name);
  await admin.send("PUT", `/api/v2/architect/ivrs/${ivr.id}`, { ...ivr, dnis });
}

/** Method and path of each request, whatever the ids. */
function requests(log: readonly LogLine[]): string[] {
  return log.map(({ method, path }) => `${method} ${path.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "*")}`).sort();
}
