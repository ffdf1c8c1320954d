import grpc from "@grpc/grpc-js";
import empties from "google-protobuf/google/protobuf/empty_pb.js";
import engine from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb.js";
import { afterEach, describe, expect, it } from "vitest";
import { checkInputs, checkLink } from "../../../src/importers/provider/check/check.ts";
import { engineLog } from "../../../src/importers/provider/rpc/server-log.ts";
import { serveProvider } from "../../../src/importers/provider/rpc/server.ts";
import { KINDS } from "../../../src/kinds/index.ts";
import { virtualClock } from "../../../src/platform/clock.ts";
import { memoryFiles } from "../../conformance/memory-files.ts";
import { PluginClient } from "./support/client.ts";
import { openingOn } from "./support/plugin.ts";

/** Would clear a terminal, and turn what follows it around. */
const ODD = "\u001b[2J\u202eodd\n\ud83d";
const SHOWN = "\uFFFD[2J\\u202eodd\uFFFD\uFFFD";

const closing: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** The first message that the work sends to an engine. */
async function messageOf(work: (address: string) => void): Promise<string> {
  const server = new grpc.Server();
  closing.push(() => server.forceShutdown());
  return new Promise((resolve, reject) => {
    const log: grpc.handleUnaryCall<LogRequest, object> = (call, callback) => {
      resolve(call.request.getMessage());
      callback(null, new empties.Empty());
    };
    server.addService(engine.EngineService, { log });
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
      if (error === null) work(`127.0.0.1:${port}`);
      else reject(error);
    });
  });
}

describe("names from an organisation or a program do not act on the terminal", () => {
  it.each([
    [{ event: "note", message: `queue/${ODD} is odd` } as const, `queue/${SHOWN} is odd`],
    [{ event: "listed", org: ODD, kind: "queue", objects: 1, details: 0 } as const, `${SHOWN}: queue: 1 listed`],
    [{ event: "sweep-done", org: ODD, objects: 2 } as const, `${SHOWN}: 2 objects listed`],
  ])("in messages: %j", async (progress, text) => {
    const message = messageOf((address) => {
      const log = engineLog(address, () => undefined);
      closing.push(() => log.close());
      log.sink(progress);
    });
    expect(await message).toBe(text);
  });

  it("in what is wrong with inputs", () => {
    const skill = KINDS.get("skill");
    if (skill === undefined) throw new Error("no skill");
    const { failures } = checkInputs(skill, { name: "A", key: `A ${ODD}`, [ODD]: 1, lockstep: { [ODD]: 1 } });
    expect(failures.length).toBeGreaterThan(2);
    const link = checkLink(KINDS, { target: "queue/A", values: { [`/${ODD}`]: 1 }, [ODD]: 1 });
    expect(link.failures).toHaveLength(2);
    for (const { property, reason } of [...failures, ...link.failures]) {
      expect(`${property} ${reason}`).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    }
    expect(link.failures[0]?.property).toContain(SHOWN);
  });

  it("in what is wrong with settings", async () => {
    const takeLock = async (): Promise<{ release: () => Promise<void> }> => ({ release: async () => undefined });
    const machine = { env: {}, files: memoryFiles(), clock: virtualClock(0), random: () => 0.5, takeLock };
    const serving = await serveProvider({ openApp: openingOn(machine), version: "0.0.0", engine: undefined });
    const client = new PluginClient(serving.port);
    closing.push(
      () => serving.close(),
      () => client.close(),
    );
    const { failures } = await client.checkConfig({ config: "/work/lockstep.yaml", org: "standby", [ODD]: "x" });
    expect(failures).toEqual([{ property: SHOWN, reason: expect.stringContaining("no such setting") as string }]);
  });
});
