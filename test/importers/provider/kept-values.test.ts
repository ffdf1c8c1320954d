import { beforeEach, describe, expect, it } from "vitest";
import type { Transport } from "../../../src/platform/genesys/transport.ts";
import { openOffice, type Office } from "../../conformance/office.ts";
import { pluginIn } from "./support/plugin.ts";
import { refusalOf } from "./support/refusal.ts";

let office: Office;

beforeEach(async () => {
  office = await openOffice();
});

/** The organisation, which stores a description of its own whatever it is sent. */
const stubborn = (): Transport => ({
  handle: (request) => {
    const isQueue = request.method === "PUT" && /\/routing\/queues\/[^/]+$/.test(request.url);
    const body = isQueue ? { ...(JSON.parse(String(request.body)) as object), description: "Its own" } : undefined;
    return office.simulator.handle(body === undefined ? request : { ...request, body: JSON.stringify(body) });
  },
});

const queue = (description: string): { [name: string]: string } => ({
  name: "Billing",
  key: "Billing",
  division: "division/@home",
  description,
});

describe("an object that has other values after a write than the written ones", () => {
  it("is a failure, and the platform's own value when it comes back a second time", async () => {
    const { client } = await pluginIn(office, {}, stubborn());
    const state = await client.create("queue", queue("First"));
    expect(await refusalOf(client.update("queue", state, queue("Second")))).toMatch(
      /^not-as-written: queue\/Billing was written, and .*\/description/,
    );
    const next = await pluginIn(office, {}, stubborn());
    const now = await next.client.read("queue", state.id, state);
    const again = await next.client.update("queue", now ?? state, queue("Second"));
    expect(again.outputs).toMatchObject({ description: "Its own" });
  });

  it("is a failure again when another value is wanted", async () => {
    const { client } = await pluginIn(office, {}, stubborn());
    let state = await client.create("queue", queue("First"));
    for (const description of ["Second", "Third"]) {
      expect(await refusalOf(client.update("queue", state, queue(description)))).toMatch(/^not-as-written: /);
      state = (await client.read("queue", state.id, state)) ?? state;
    }
  });
});
