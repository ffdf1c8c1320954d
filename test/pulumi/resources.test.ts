import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import { KINDS } from "../../src/kinds/index.ts";
import { resourceToken } from "../../src/importers/provider/schema/tokens.ts";
import { Flow, getId, Link, Provider, Queue, resourceOf, type QueueArgs } from "../../src/pulumi/index.ts";
import { mockEngine, valueOf } from "./mocks.ts";

let engine: Awaited<ReturnType<typeof mockEngine>>;
beforeAll(async () => {
  engine = await mockEngine();
});

const inputsOf = (name: string): Record<string, unknown> | undefined =>
  engine.registered.find((resource) => resource.name === name)?.inputs;

describe("a typed resource class", () => {
  it("registers its token and the arguments, with outputs of others at any depth", async () => {
    const flow = new Flow("greeting", { name: "Greeting", type: "INBOUNDCALL", yaml: "inboundCall: {}" });
    const queue = new Queue("billing", {
      name: "Billing",
      queueFlow: flow.coordinate,
      acwSettings: { timeoutMs: pulumi.output(15_000), wrapupPrompt: "OPTIONAL" },
      members: { "ann@example.com": { ringNumber: Promise.resolve(2) } },
      lockstep: { linked: ["/queueFlow"] },
    });
    expect(await valueOf(queue.coordinate)).toBe("some/billing");
    expect(await valueOf(queue.acwSettings)).toEqual({ timeoutMs: 15_000, wrapupPrompt: "OPTIONAL" });
    expect(engine.registered.find(({ name }) => name === "billing")?.type).toBe("gclockstep:index:Queue");
    expect(inputsOf("billing")).toEqual({
      name: "Billing",
      queueFlow: "some/greeting",
      acwSettings: { timeoutMs: 15_000, wrapupPrompt: "OPTIONAL" },
      members: { "ann@example.com": { ringNumber: 2 } },
      lockstep: { linked: ["/queueFlow"] },
    });
  });

  it("has an output for each property, also where the program gives none", async () => {
    const queue = new Queue("plain", { name: "Plain" });
    expect(await valueOf(queue.name)).toBe("Plain");
    expect(await valueOf(queue.description)).toBeUndefined();
    expect(await valueOf(queue.revisions)).toBeUndefined();
    expect(await valueOf(queue.id)).toBe("id of plain");
  });

  it("tells wrong arguments when the program is compiled", () => {
    expectTypeOf<QueueArgs["scoringMethod"]>().not.toExtend<pulumi.Input<number> | undefined>();
    expectTypeOf<{ name: string; acwSettings: { timeoutMs: number } }>().toExtend<QueueArgs>();
    expectTypeOf<{ name: string; acwSettings: { timeoutMs: string } }>().not.toExtend<QueueArgs>();
    expectTypeOf<{ description: string }>().not.toExtend<QueueArgs>();
    expectTypeOf<{ name: string; scoringMethod: "Wrong" }>().not.toExtend<QueueArgs>();
    expectTypeOf<Queue["dependsOn" & keyof Queue]>().toEqualTypeOf<never>();
  });
});

describe("what else a program needs", () => {
  it("registers a Link", async () => {
    const link = new Link("link/queue/Billing", {
      target: "queue/Billing",
      values: { "/queueFlow": "flow/inqueuecall:Hold" },
    });
    await valueOf(link.urn);
    expect(inputsOf("link/queue/Billing")).toEqual({
      target: "queue/Billing",
      values: { "/queueFlow": "flow/inqueuecall:Hold" },
    });
  });

  it("configures a provider with flat texts", async () => {
    const provider = new Provider("standby", { config: "/somewhere/lockstep.yaml", org: "standby", access: "write" });
    await valueOf(provider.urn);
    expect(engine.registered.find(({ name }) => name === "standby")).toEqual({
      type: "pulumi:providers:gclockstep",
      name: "standby",
      inputs: { config: "/somewhere/lockstep.yaml", org: "standby", access: "write" },
    });
  });

  it("asks the provider for ids", async () => {
    expect(await getId({ coordinate: "queue/Billing" }, {})).toEqual({ id: "an-id" });
    expect(engine.invoked).toContainEqual(
      expect.objectContaining({ token: "gclockstep:index:getId", inputs: { coordinate: "queue/Billing" } }),
    );
  });

  it("has the class of every kind that is written, and of no other", async () => {
    for (const kind of KINDS.values()) {
      if (kind.mode !== "write") {
        expect(() => resourceOf(kind.name)).toThrow(kind.name);
        continue;
      }
      const resource = new (resourceOf(kind.name))(`${kind.name}/x`, { key: "x" });
      await valueOf(resource.urn);
      expect(engine.registered.at(-1)).toEqual({
        type: resourceToken(kind.name),
        name: `${kind.name}/x`,
        inputs: { key: "x" },
      });
    }
    expect(() => resourceOf("constructor")).toThrow("constructor");
  });
});
