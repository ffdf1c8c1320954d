import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { createSimulator, serve, startLine } from "../../src/simulator/index.ts";
import type { Served, StartLine } from "../../src/simulator/index.ts";
import { administrator, type Admin } from "../scenarios/support/admin.ts";
import { controlOf } from "../scenarios/support/control.ts";
import { callFlow } from "../scenarios/support/centre.ts";
import { withoutPermission } from "../scenarios/support/roles.ts";
import { created, lab, type Body } from "./lab.ts";

const CHANNELS = "/api/v2/notifications/channels";
const topics = (body: Body): unknown[] => body.entities.map(({ id }) => id);

describe("notification channels (genesys-api §14.1)", () => {
  it("live for a day, are there for whoever opened them, and live on when topics are set again", async () => {
    const { login, clock } = lab();
    const [send, other] = [await login("primary", "client"), await login("primary", "admin")];
    const channel = (await send("POST", CHANNELS)).body;
    expect(channel).toMatchObject({ expires: "2026-01-06T10:00:00.000Z" });
    expect(channel["connectUri"]).toBe(`ws://sim.test/channels/${channel.id}`);
    expect((await send("GET", CHANNELS)).body.entities).toEqual([channel]);
    expect((await send("HEAD", `${CHANNELS}/${channel.id}`)).status).toBe(200);
    expect((await other("HEAD", `${CHANNELS}/${channel.id}`)).status).toBe(404);

    clock.pass(20 * 3_600_000);
    await send("PUT", `${CHANNELS}/${channel.id}/subscriptions`, []);
    clock.pass(20 * 3_600_000);
    const later = await login("primary", "client");
    expect((await later("HEAD", `${CHANNELS}/${channel.id}`)).status).toBe(200);
    clock.pass(4 * 3_600_000);
    expect((await later("HEAD", `${CHANNELS}/${channel.id}`)).status).toBe(404);
  });

  it("are 20 for each client: the 21st replaces the one that was used last the longest ago", async () => {
    const { login, clock } = lab();
    const send = await login("primary", "client");
    const ids: string[] = [];
    for (let n = 0; n < 20; n += 1) {
      ids.push(await created(send, CHANNELS, undefined));
      clock.pass(1000);
    }
    await send("PUT", `${CHANNELS}/${ids[0] ?? ""}/subscriptions`, []);
    ids.push(await created(send, CHANNELS, undefined));
    const left = (await send("GET", CHANNELS)).body.entities.map(({ id }) => id);
    expect(left).toEqual(ids.filter((id) => id !== ids[1]));
  });

  it("are shown to another token of the client without their address", async () => {
    const { login } = lab();
    await created(await login("primary", "client"), CHANNELS, undefined);
    const again = await login("primary", "client");
    expect((await again("GET", CHANNELS)).body.entities).toEqual([]);
    const { entities } = (await again("GET", `${CHANNELS}?includechannels=oauthclient`)).body;
    expect(entities).toEqual([{ expires: "2026-01-06T10:00:00.000Z" }]);
  });

  it("have the topics that were set or added, until they are dropped", async () => {
    const { login } = lab();
    const send = await login("primary", "client");
    const at = `${CHANNELS}/${await created(send, CHANNELS, undefined)}/subscriptions`;
    const set = (await send("PUT", at, [{ id: "v2.flows.1" }])).body;
    expect(set.entities).toEqual([{ id: "v2.flows.1", state: "Permitted" }]);
    await send("POST", at, [{ id: "v2.audits.entitytype.Queue.entityid.7" }]);
    expect(topics((await send("GET", at)).body)).toEqual(["v2.flows.1", "v2.audits.entitytype.Queue.entityid.7"]);
    await send("PUT", at, [{ id: "v2.architect.prompts.2" }]);
    expect(topics((await send("GET", at)).body)).toEqual(["v2.architect.prompts.2"]);
    expect((await send("DELETE", at)).status).toBe(204);
    expect(topics((await send("GET", at)).body)).toEqual([]);
  });

  it("refuse topics that there are none of, wildcards and more than a thousand, or skip them on request", async () => {
    const { login } = lab();
    const send = await login("primary", "client");
    const at = `${CHANNELS}/${await created(send, CHANNELS, undefined)}/subscriptions`;
    const wildcard = "v2.audits.entitytype.Queue.entityid.*";
    for (const id of ["v2.nothing.1", wildcard]) {
      expect((await send("PUT", at, [{ id }])).body).toMatchObject({ status: 400, code: "notification.invalid.topic" });
    }
    const { entities } = (await send("PUT", `${at}?ignoreErrors=true`, [{ id: wildcard }, { id: "v2.flows.1" }])).body;
    expect(entities.map(({ state }) => state)).toEqual(["Rejected", "Permitted"]);
    const many = Array.from({ length: 1001 }, (_, n) => ({ id: `v2.flows.${n}` }));
    const code = "notification.subscription.too.many.subscriptions";
    expect((await send("PUT", at, many)).body).toMatchObject({ status: 400, code });
  });
});

describe("events over a WebSocket (genesys-api §14.1)", () => {
  let served: Served;
  let line: StartLine;
  let admin: Admin;
  const opened: WebSocket[] = [];
  beforeAll(async () => {
    const simulator = createSimulator({ orgs: [{ name: "primary" }], settings: { jobMs: 0, ratePerMinute: 0 } });
    served = await serve(simulator, 0);
    line = startLine(simulator, served.baseUrl);
    admin = await administrator(line.baseUrl, line.orgs["primary"]?.admin ?? { id: "", secret: "" });
  });
  afterAll(async () => {
    for (const socket of opened) socket.terminate();
    await served.close();
  });

  /** A connected channel, and what it has heard. */
  async function connected(ids: readonly string[]): Promise<{ socket: WebSocket; next: () => Promise<Body> }> {
    const { id, connectUri } = await admin.send("POST", CHANNELS);
    await admin.send(
      "PUT",
      `${CHANNELS}/${String(id)}/subscriptions`,
      ids.map((topic) => ({ id: topic })),
    );
    const socket = new WebSocket(String(connectUri));
    opened.push(socket);
    const heard: Body[] = [];
    const waiting: ((event: Body) => void)[] = [];
    socket.on("message", (data: Buffer) => {
      const event = JSON.parse(data.toString()) as Body;
      const wake = waiting.shift();
      if (wake === undefined) heard.push(event);
      else wake(event);
    });
    await once(socket, "open");
    const next = (): Promise<Body> => {
      const first = heard.shift();
      return first === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(first);
    };
    return { socket, next };
  }

  it("tell of a publication by the flow's topic, and of any audited change by that of its entity", async () => {
    const queue = await admin.create("/api/v2/routing/queues", { name: "Billing" });
    const { name: home } = await admin.send("GET", "/api/v2/authorization/divisions/home");
    const flow = await admin.publish(callFlow("Main", "Billing", String(home)));
    const { next } = await connected([`v2.flows.${flow}`, `v2.audits.entitytype.Queue.entityid.${queue}`]);
    await admin.publish(callFlow("Main", "Billing", String(home)).replace("Disconnect", "Hang up"));
    expect(await next()).toMatchObject({ topicName: `v2.flows.${flow}`, eventBody: { id: flow, name: "Main" } });
    await admin.send("PUT", `/api/v2/routing/queues/${queue}`, { name: "Billing", description: "Calls" });
    let event = await next();
    while (event["topicName"] === `v2.flows.${flow}`) event = await next();
    expect(event).toMatchObject({
      topicName: `v2.audits.entitytype.Queue.entityid.${queue}`,
      eventBody: { action: "Update", entityType: "Queue", entity: { id: queue } },
    });
  });

  it("answer a ping", async () => {
    const { socket, next } = await connected([]);
    socket.send('{"message":"ping"}');
    expect(await next()).toEqual({ topicName: "channel.metadata", eventBody: { message: "pong" } });
  });

  it("end when the service refuses connections, which it then takes no more", async () => {
    const { socket } = await connected([]);
    const control = controlOf(served.baseUrl);
    const closed = once(socket, "close");
    await control.set({ sockets: "refuse" });
    await closed;
    const { connectUri } = await admin.send("POST", CHANNELS);
    const [refusal] = (await once(new WebSocket(String(connectUri)), "error")) as [Error];
    expect(refusal.message).toContain("404");
    await control.set({ sockets: "open" });
  });

  it("are refused about what the client may not read, naming the permission that it lacks", async () => {
    await withoutPermission(admin, "architect:flow");
    const reader = await administrator(line.baseUrl, line.orgs["primary"]?.client ?? { id: "", secret: "" });
    const { id } = await reader.send("POST", CHANNELS);
    const at = `${CHANNELS}/${String(id)}/subscriptions?ignoreErrors=true`;
    expect(await reader.send("PUT", at, [{ id: "v2.flows.1" }])).toMatchObject({
      entities: [{ id: "v2.flows.1", state: "Rejected", missingPermissions: ["architect:flow:view"] }],
    });
  });
});
