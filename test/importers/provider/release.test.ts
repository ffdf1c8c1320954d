import grpc from "@grpc/grpc-js";
import empties from "google-protobuf/google/protobuf/empty_pb.js";
import engine from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { openOffice, rawState, type Office } from "../../conformance/office.ts";
import { untilWrite } from "./support/killed.ts";
import { pluginIn } from "./support/plugin.ts";
import { refusalOf } from "./support/refusal.ts";

let office: Office;

beforeEach(async () => {
  office = await openOffice();
});

/** Who holds the lock of the standby. */
async function holders(): Promise<unknown[]> {
  const state = await rawState(office, "standby");
  return Object.entries(state).flatMap(([path, row]) => (path.includes("/rows/") ? [row["owner"]] : []));
}

const SKILL = { name: "Spanish", key: "Spanish" };

describe("the lock of the standby", () => {
  it("is held from the first write on, and given back when the provider ends", async () => {
    const plugin = await pluginIn(office);
    await plugin.client.invoke("getInventory", {});
    expect(await holders()).toEqual([]);
    await plugin.client.create("skill", SKILL);
    expect(await holders()).toHaveLength(1);
    await plugin.close();
    expect(await holders()).toEqual([]);
  });

  it("is given back when the engine cancels, though nobody closes the provider", async () => {
    const { client } = await pluginIn(office);
    await client.create("skill", SKILL);
    await client.cancel();
    await vi.waitFor(async () => expect(await holders()).toEqual([]), 60_000);
    expect(await refusalOf(client.create("skill", { name: "Later", key: "Later" }))).toMatch(/^interrupted: /);
  });

  it("is given back when the engine that attached to the provider is gone", async () => {
    const { server, port } = await anEngine();
    const { client } = await pluginIn(office);
    await client.attach(`127.0.0.1:${String(port)}`);
    await client.create("skill", SKILL);
    expect(await holders()).toHaveLength(1);
    server.forceShutdown();
    await vi.waitFor(async () => expect(await holders()).toEqual([]), 60_000);
  });

  it("stays where a provider was killed, and is taken over by the next run of the directory at once", async () => {
    const transport = untilWrite(office, 1, ({ url }) => !url.includes("/flows/datatables"));
    const killed = await pluginIn(office, {}, transport);
    const work = killed.client.create("skill", SKILL).catch(() => undefined);
    await transport.reached;
    expect(await holders()).toHaveLength(1);
    const next = await pluginIn(office);
    await next.client.create("queue", { name: "Billing", key: "Billing", division: "division/@home" });
    expect(await holders()).toHaveLength(1);
    await next.close();
    expect(await holders()).toEqual([]);
    void killed.close();
    await work;
  });
});

/** What a provider can attach to: it hears messages and does nothing. */
async function anEngine(): Promise<{ server: grpc.Server; port: number }> {
  const server = new grpc.Server();
  const nothing: grpc.handleUnaryCall<unknown, unknown> = (_call, callback) => callback(null, new empties.Empty());
  server.addService(engine.EngineService, { log: nothing, getRootResource: nothing, setRootResource: nothing });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return { server, port };
}
