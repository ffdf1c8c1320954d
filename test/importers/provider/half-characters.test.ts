import structs from "google-protobuf/google/protobuf/struct_pb.js";
import { afterEach, describe, expect, it } from "vitest";
import { LockstepError } from "../../../src/model/error.ts";
import type { Obj } from "../../../src/model/json.ts";
import { PartlyCreatedError } from "../../../src/importers/provider/write/create.ts";
import { failureOf } from "../../../src/importers/provider/rpc/server-errors.ts";
import { serveProvider } from "../../../src/importers/provider/rpc/server.ts";
import { fromStruct, toStruct } from "../../../src/importers/provider/rpc/values.ts";
import { virtualClock } from "../../../src/platform/clock.ts";
import { memoryFiles } from "../../conformance/memory-files.ts";
import { openingOn } from "./support/plugin.ts";
import { PluginClient } from "./support/client.ts";

/** Half of a character, as it stays when a text is cut between UTF-16 units. */
const HALF = "\ud83d";

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A plugin that cannot read its configuration. */
async function failing(error: Error): Promise<PluginClient> {
  const files = { ...memoryFiles(), read: () => Promise.reject(error) };
  const takeLock = async (): Promise<{ release: () => Promise<void> }> => ({ release: async () => undefined });
  const machine = { env: {}, files, clock: virtualClock(0), random: () => 0.5, takeLock };
  const serving = await serveProvider({ openApp: openingOn(machine), version: "0.0.0", engine: undefined });
  const client = new PluginClient(serving.port);
  closing.push(async () => {
    client.close();
    await serving.close();
  });
  await client.configure({ config: "/work/lockstep.yaml", org: "standby" });
  return client;
}

describe("half a character", () => {
  it("in an error does not keep the call from being answered", async () => {
    const known = await failing(new LockstepError("wrong-value", `Found ${HALF}`, "Correct it."));
    await expect(known.invoke("getInventory", {})).rejects.toThrow("wrong-value: Found \uFFFD. Correct it.");
    const defect = await failing(new Error(`found ${HALF}`));
    await expect(defect.invoke("getInventory", {})).rejects.toThrow(/^internal-error: .*found \uFFFD/);
  });

  it("in a value or a name becomes the sign for what is no character", () => {
    const given: Obj = { [`name ${HALF}`]: [`text ${HALF}`, { deep: "\u{1f600}" }] };
    const sent = structs.Struct.deserializeBinary(toStruct(given).serializeBinary());
    expect(fromStruct(sent)).toEqual({ "name \uFFFD": ["text \uFFFD", { deep: "\u{1f600}" }] });
    expect(toStruct(given).toJavaScript()).toEqual(fromStruct(sent));
  });
});

it("answers with what happened where the state of a half-made object cannot be told", () => {
  const live = { id: "1", coordinate: "queue/A", entity: {}, object: {}, state: {}, revisions: {} };
  const error = new PartlyCreatedError(live, new LockstepError("request-refused", "It was refused", "Try again."));
  const outputs = JSON.parse('{"__proto__":1}') as Obj;
  expect(failureOf(error, { parts: false, outputsOf: () => ({ outputs, inputs: {} }) })).toEqual({
    code: 2,
    details: "request-refused: It was refused. Try again.",
  });
});
