import { describe, expect, it, test } from "vitest";
import { PAUSES_BEFORE_ASKING_AGAIN } from "../../../src/model/answer.ts";
import { virtualClock } from "../../../src/platform/clock.ts";
import { createOutage, deadlineOf } from "../../../src/platform/genesys/outage.ts";
import type { Transport, TransportAnswer } from "../../../src/platform/genesys/transport.ts";
import { connectTo, json, scripted } from "./support.ts";

/** What a person was promised, and what is left of it for everything but waiting for the organisation. */
const PROMISED = 15_000;
const LIMIT = 12_000;

const SILENT = { fault: { kind: "hang" } } as const;
const late = (ms: number, status: number): TransportAnswer => ({
  ...json(status, {}),
  fault: { kind: "slow", ms },
});

/** An organisation whose login takes its time, and that answers everything else by script. */
function slowly(loginMs: number, answer: () => Partial<TransportAnswer>): Transport {
  const org = scripted(answer);
  return {
    handle: async (request) => ({
      ...(await org.handle(request)),
      ...(request.url === "/oauth/token" ? { fault: { kind: "slow", ms: loginMs } } : {}),
    }),
  };
}

describe("an organisation that something can stand in for", () => {
  test.each<[string, number, () => Partial<TransportAnswer>]>([
    ["is silent", 0, () => SILENT],
    ["is silent after a slow login", 5_000, () => SILENT],
    ["answers with errors", 5_000, () => json(503, {})],
    ["answers late and with errors", 4_000, () => late(5_000, 504)],
    ["answers much later than it may", 0, () => late(40_000, 504)],
    [
      "answers with errors first, and then no more",
      3_000,
      ((number) => () => ((number += 1) < 3 ? json(503, {}) : SILENT))(0),
    ],
  ])("is given up within the promised time where it %s", async (_how, loginMs, answer) => {
    const clock = virtualClock();
    const client = await connectTo(slowly(loginMs, answer), { clock, giveUpAfterMs: PROMISED });
    await expect(client.send({ op: "GET /api/v2/flows" }, "flow")).rejects.toThrow();
    expect(clock.elapsed()).toBeLessThanOrEqual(LIMIT);
  });

  it("is waited for as long again where it had answered for a while", async () => {
    const clock = virtualClock();
    const client = await connectTo(
      slowly(0, () => SILENT),
      { clock, giveUpAfterMs: PROMISED },
    );
    await clock.sleep(60_000);
    await expect(client.send({ op: "GET /api/v2/flows" }, "flow")).rejects.toThrow();
    expect(clock.elapsed()).toBe(60_000 + LIMIT);
  });

  it("is not given up for limiting the rate", async () => {
    const clock = virtualClock();
    const org = scripted((_, number) =>
      number < 4 ? json(429, {}, { "Retry-After": "20" }) : json(200, { ok: true }),
    );
    const client = await connectTo(org, { clock, giveUpAfterMs: PROMISED });
    expect((await client.send({ op: "GET /api/v2/flows" }, "flow")).body).toEqual({ ok: true });
  });

  it("has one deadline for all that begins early, so that no times add up", () => {
    for (let sentAt = 0; sentAt <= LIMIT / 2; sentAt += 500) expect(deadlineOf(sentAt, 0, PROMISED)).toBe(LIMIT);
    expect(deadlineOf(LIMIT, 0, PROMISED)).toBe(LIMIT + LIMIT);
  });

  it("is asked again after answers that are none, all within the promised time", () => {
    const pauses = PAUSES_BEFORE_ASKING_AGAIN.reduce((sum, ms) => sum + ms, 0);
    expect(pauses).toBeLessThan(createOutage(PROMISED, virtualClock()).attemptMs);
  });
});
