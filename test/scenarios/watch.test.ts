import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildCentre, callFlow } from "./support/centre.ts";
import { errorOf } from "./support/cli.ts";
import { writesTo } from "./support/control.ts";
import { receiver } from "./support/receiver.ts";
import { stageFor } from "./support/stage.ts";
import { watching, type Watching } from "./support/watching.ts";
import type { Workspace } from "./support/workspace.ts";

const CHANNELS = "/api/v2/notifications/channels";
const LISTEN = ["--listen", "127.0.0.1:0", "--quiet", "0"] as const;
const JSON_LINES = ["--format", "json"] as const;

const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => {
  for (const org of ["primary", "standby"]) await buildCentre(await set.admin(org));
});
const service = receiver();

let workspace: Workspace;
let running: Watching | undefined;
beforeEach(async () => {
  workspace = await stage.workspace();
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  await stage.control.set({ sockets: "open" });
});

/** Starts a watch, and waits until both organisations tell of changes and everything has been compared since. */
async function watched(...args: string[]): Promise<Watching> {
  running = watching(workspace, "watch", ...LISTEN, ...JSON_LINES, ...args);
  for (let side = 0; side < 2; side += 1) await running.noted("tells of changes");
  return running;
}

/** Address of the status pages. */
async function addressOf(watch: Watching): Promise<string> {
  await watch.noted("health and metrics: ");
  const line = /health and metrics: (http:\S+)\/healthz/.exec(watch.stderr());
  return line?.[1] ?? "";
}

async function changeQueue(org: string, name: string, description: string): Promise<void> {
  const admin = await stage.admin(org);
  const { id } = await admin.named("/api/v2/routing/queues", name);
  await admin.send("PUT", `/api/v2/routing/queues/${id}`, { name, description });
}

/**
 * Changes a queue until the report is about that alone: what a channel that has just opened makes necessary, a comparison of
 * everything, may still be under way or due, and finds the first changes.
 */
async function narrowedReport(watch: Watching, org: string, name: string): ReturnType<Watching["report"]> {
  for (let times = 1; ; times += 1) {
    await changeQueue(org, name, `Changed ${times} times`);
    const report = await watch.report();
    if ("selection" in report || times === 4) return report;
  }
}

describe("lockstep watch", () => {
  it("reports a change of either organisation as it is told of, and nothing else of that moment", async () => {
    const watch = await watched();
    expect(await watch.report()).toMatchObject({ changes: [] });
    expect(await narrowedReport(watch, "primary", "Billing")).toMatchObject({
      selection: { only: ["queue/Billing"] },
      changes: [{ coordinate: "queue/Billing", action: "update" }],
    });
    expect(await narrowedReport(watch, "standby", "Support")).toMatchObject({
      selection: { only: ["queue/Support"] },
      changes: [{ coordinate: "queue/Support", action: "update" }],
    });
  });

  it("hears of a publication, and says that both are in step again after it was undone", async () => {
    const watch = await watched();
    await watch.report();
    const admin = await stage.admin("primary");
    const { name: home } = await admin.send("GET", "/api/v2/authorization/divisions/home");
    const yaml = callFlow("Main", "Billing", String(home));
    await admin.publish(yaml.replace("To the queue", "To Billing"));
    expect(await watch.report()).toMatchObject({ changes: [{ coordinate: "flow/inboundcall:Main" }] });
    await admin.publish(yaml);
    const last = await watch.report();
    expect(last).toMatchObject({ changes: [] });
    expect(last).not.toHaveProperty("selection");
  });

  it("finds what no topic tells of by comparing everything from time to time", async () => {
    const watch = await watched("--every", "1");
    await watch.report();
    await (await stage.admin("primary")).create("/api/v2/routing/skills", { name: "French" });
    expect(await watch.report()).toMatchObject({ changes: [{ coordinate: "skill/French", action: "create" }] });
  });

  it("writes nothing to either organisation but its own channels, and leaves them without topics", async () => {
    const before = await stage.control.mark();
    const watch = await watched();
    await watch.report();
    expect(await watch.stop()).toMatchObject({ exit: 0 });
    const log = await stage.control.log(before);
    for (const org of ["primary", "standby"]) {
      const writes = writesTo(org, log).map(({ method, path }) => `${method} ${path.replace(/streaming[^/]+/, "ID")}`);
      expect(writes).toEqual([
        `POST ${CHANNELS}`,
        `PUT ${CHANNELS}/ID/subscriptions`,
        `DELETE ${CHANNELS}/ID/subscriptions`,
      ]);
    }
  });

  it.each([
    ["refused", { faults: [{ path: CHANNELS, method: "POST", action: "status:403", times: 1000 }] }, "permission"],
    ["that nobody can connect to", { sockets: "refuse" }, "status 404"],
  ])("polls while a channel is %s", async (_, settings, reason) => {
    await stage.control.set(settings);
    running = watching(workspace, "watch", ...LISTEN, ...JSON_LINES, "--poll", "1");
    await running.noted("is polled: no notification channel");
    expect(running.stderr()).toContain(reason);
    await running.report();
    await changeQueue("primary", "Billing", "Calls about invoices");
    expect(await running.report()).toMatchObject({ changes: [{ coordinate: "queue/Billing" }] });
  });

  it("opens another channel when one is lost, and misses nothing of the time between", async () => {
    const watch = await watched("--every", "3600", "--poll", "3600");
    await watch.report();
    await stage.control.set({ sockets: "refuse" });
    await watch.noted("is polled: no notification channel");
    await changeQueue("primary", "Billing", "Changed while nobody listened");
    await stage.control.set({ sockets: "open" });
    expect(await watch.report()).toMatchObject({ changes: [{ coordinate: "queue/Billing" }] });
  });

  it("tells those whom the configuration names, once they differ", async () => {
    workspace = await stage.workspace({ env: { HOOK_URL: `${service.origin()}/hook` } });
    await workspace.configure({ notify: [{ type: "webhook", url: "env:HOOK_URL" }] });
    const watch = await watched();
    await watch.report();
    await changeQueue("primary", "Billing", "Calls about invoices");
    await watch.report();
    while (service.received.length === 0) await pause(20);
    const [message] = service.received.map(({ body }) => JSON.parse(body) as object);
    expect(message).toMatchObject({ event: "drift", worst: [{ coordinate: "queue/Billing" }] });
  });

  it("says how it is, and counts what Prometheus scrapes", async () => {
    running = watching(workspace, "watch", ...LISTEN, ...JSON_LINES);
    const address = await addressOf(running);
    for (let side = 0; side < 2; side += 1) await running.noted("tells of changes");
    await running.report();
    await changeQueue("primary", "Billing", "Calls about invoices");
    await running.report();
    const health = await fetch(`${address}/healthz`);
    expect([health.status, await health.json()]).toEqual([
      200,
      {
        healthy: true,
        ageSeconds: expect.any(Number) as number,
        compared: true,
        primary: "channel",
        standby: "channel",
      },
    ]);
    const metrics = await (await fetch(`${address}/metrics`)).text();
    expect(metrics).toContain('lockstep_drift{kind="queue",severity="error"} 1');
    expect(metrics).toContain('lockstep_notification_channel{org="primary"} 1');
    expect(metrics).toMatch(/lockstep_last_good_comparison_age_seconds \d/);
    expect(metrics).toMatch(/lockstep_comparisons_total\{outcome="good"\} [1-9]/);
    expect(metrics).toMatch(/lockstep_requests_total\{org="standby"\} [1-9]/);
    expect(metrics).toContain('lockstep_rate_limit_waits_total{org="primary"} 0');
    expect((await fetch(`${address}/other`)).status).toBe(404);
    expect((await fetch(`${address}/metrics`, { method: "POST" })).status).toBe(405);
  });

  it("never counts a failed comparison as one that found nothing: its health turns bad", async () => {
    running = watching(
      workspace,
      "watch",
      ...LISTEN,
      ...JSON_LINES,
      "--every",
      "1",
      "--poll",
      "1",
      "--stale-after",
      "2",
    );
    const address = await addressOf(running);
    await running.report();
    await stage.control.faults({
      org: "standby",
      path: "/api/v2/routing/queues",
      action: "status:403",
      times: 100_000,
    });
    await running.noted("not compared: ");
    let health = await fetch(`${address}/healthz`);
    while (health.status === 200) {
      await pause(50);
      health = await fetch(`${address}/healthz`);
    }
    expect([health.status, await health.json()]).toMatchObject([
      503,
      { healthy: false, failure: "permission-missing" },
    ]);
    await stage.control.faults();
    while (health.status === 503) {
      await pause(50);
      health = await fetch(`${address}/healthz`);
    }
    expect(await health.json()).not.toHaveProperty("failure");
  });

  it("does not start to watch what a configuration gets wrong", async () => {
    await workspace.configure({ orgs: { standby: { clientSecret: "env:NOT_SET" } } });
    running = watching(workspace, "watch", ...LISTEN, ...JSON_LINES);
    const ended = await running.ended;
    expect([ended.exit, errorOf(ended).code]).toEqual([1, "secret-missing"]);
  });

  it("says that its port is taken", async () => {
    const first = watching(workspace, "watch", ...LISTEN, ...JSON_LINES);
    const { port } = new URL(await addressOf(first));
    running = watching(workspace, "watch", "--listen", `127.0.0.1:${port}`, ...JSON_LINES);
    const ended = await running.ended;
    await first.stop();
    expect(errorOf(ended)).toMatchObject({ code: "port-unavailable" });
  });
});
