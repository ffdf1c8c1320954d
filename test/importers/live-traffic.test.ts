import { describe, expect, it } from "vitest";
import { assertStandbyIdle } from "../../src/importers/live-traffic.ts";
import type { Api } from "../../src/model/api.ts";
import type { Json } from "../../src/model/json.ts";

const page = (...entities: Json[]): Json => ({ entities, total: entities.length, pageNumber: 1, pageCount: 1 });
const TRUNK = { id: "t-1", name: "Carrier" };
const metrics = (inboundCallCount: Json, outboundCallCount: Json, id = "t-1"): Json => ({
  trunk: { id },
  calls: { inboundCallCount, outboundCallCount },
});

/** A standby that answers like this to whoever asks for its trunks, their metrics and its trunk bases. */
function standby(trunks: Json, answer: Json | undefined, bases: Json = page()): Api {
  return {
    send: (request) => {
      const op = "op" in request ? request.op : "";
      const body = op.endsWith("/metrics") ? answer : op.endsWith("/trunks") ? trunks : bases;
      return Promise.resolve({ status: 200, body });
    },
  };
}

const NOBODY = new Set<never>();

describe("whether the standby carries calls", () => {
  it.each<[string, Json, Json]>([
    ["its trunks are idle", page(TRUNK), [metrics(0, 0)]],
    ["it has no external trunks", page(), null],
  ])("is denied when %s", async (_, trunks, answer) => {
    await expect(assertStandbyIdle(standby(trunks, answer), NOBODY)).resolves.toBeUndefined();
  });

  it("is counted over all trunks, in both directions", async () => {
    const two = page(TRUNK, { id: "t-2", name: "Other" });
    const api = standby(two, [metrics(3, 1), metrics(0, 1, "t-2")]);
    await expect(assertStandbyIdle(api, NOBODY)).rejects.toMatchObject({
      code: "live-traffic",
      exit: 3,
      message: "The standby carries 5 calls right now",
    });
    await expect(assertStandbyIdle(api, new Set(["live-traffic"] as const))).resolves.toBeUndefined();
  });

  it.each<[string, Json | undefined]>([
    ["nothing", undefined],
    ["an object", {}],
    ["null", null],
    ["an empty list", []],
    ["another trunk", [metrics(0, 0, "t-9")]],
    ["no counts", [{ trunk: { id: "t-1" } }]],
    ["half of the counts", [{ trunk: { id: "t-1" }, calls: { inboundCallCount: 0 } }]],
    ["counts in words", [metrics("7", "0")]],
    ["a negative count", [metrics(-1, 1)]],
    ["half a call", [metrics(0.5, 0)]],
  ])("cannot be told from %s, and is not denied", async (_, answer) => {
    await expect(assertStandbyIdle(standby(page(TRUNK), answer), NOBODY)).rejects.toMatchObject({
      code: "live-traffic",
      exit: 3,
      message: expect.stringContaining("cannot be told") as string,
    });
  });

  it("cannot be told from an empty list of trunks where external ones are set up", async () => {
    const internal = { id: "b-0", name: "Station", trunkType: "PHONE" };
    const external = { id: "b-1", name: "Carrier", trunkType: "EXTERNAL" };
    await expect(assertStandbyIdle(standby(page(), null, page(internal)), NOBODY)).resolves.toBeUndefined();
    await expect(assertStandbyIdle(standby(page(), null, page(internal, external)), NOBODY)).rejects.toMatchObject({
      code: "live-traffic",
      message: expect.stringContaining("Carrier") as string,
    });
  });

  it.each<[string, Json]>([
    ["{}", {}],
    ["a trunk without id", page({ name: "Carrier" })],
  ])("cannot be told from %s in place of the trunks", async (_, trunks) => {
    await expect(assertStandbyIdle(standby(trunks, []), NOBODY)).rejects.toMatchObject({ code: "live-traffic" });
  });
});
