import { describe, expect, test } from "vitest";
import type { ProbeRequest } from "../../src/prober/measure.ts";
import { runPasses } from "../../src/prober/passes.ts";
import { failingPassMs, fitsItsMinute, slowestDetection } from "../../src/prober/schedule.ts";
import { DEFAULT_LIMITS, type ProbeLimits } from "../../src/prober/settings.ts";
import { FRESH, healthy, rig, TOKEN, type Scripted } from "./support.ts";

const MINUTE_MS = 60_000;

const ofPrimary = ({ url }: ProbeRequest): boolean => url.includes("primary");
const isApi = ({ url }: ProbeRequest): boolean => url.includes("/organizations/me");

/** Every token is due at once, and from a time on neither login nor API of the primary answers. */
const dyingAt =
  (death: number) =>
  (request: ProbeRequest, at: number): Scripted => {
    if (ofPrimary(request) && at >= death) return { failed: "timeout" };
    return request.method === "POST" ? { status: 200, body: { access_token: TOKEN, expires_in: 0 } } : healthy(request);
  };

/** When the prober publishes the first 0, and the requests that it sent before. */
async function watched(limits: Partial<ProbeLimits>, death: number, minutes: number) {
  const { settings, ports, published, requests } = rig(dyingAt(death), { limits });
  const start = ports.clock.now();
  let memory = FRESH;
  for (let minute = 0; minute < minutes; minute++) {
    const wait = start + minute * MINUTE_MS - ports.clock.now();
    expect(wait).toBeGreaterThanOrEqual(minute === 0 ? 0 : -100);
    if (wait > 0) await ports.clock.sleep(wait);
    memory = await runPasses(settings, memory, ports);
    const bad = published.find(
      ({ metric, value, dimensions }) => metric === "Healthy" && dimensions.Side === "primary" && value === 0,
    );
    if (bad !== undefined) return { bad: bad.at, requests };
  }
  return { bad: Infinity, requests };
}

/** The longest time from a failure to the first 0, when the failure comes right behind a pass of the first minute. */
async function longest(limits: Partial<ProbeLimits>): Promise<number> {
  const { requests } = await watched(limits, Infinity, 1);
  const deaths = requests.filter((request) => ofPrimary(request) && isApi(request)).map(({ at }) => at + 1);
  const times = await Promise.all(deaths.map(async (death) => (await watched(limits, death, 12)).bad - death));
  return Math.max(...times);
}

const times = (limits: Partial<ProbeLimits>) => {
  const { gapMs, untilLastPassMs } = slowestDetection({ ...DEFAULT_LIMITS, ...limits });
  return { gapMs, untilLastPassMs, passMs: failingPassMs({ ...DEFAULT_LIMITS, ...limits }) };
};

describe("the slowest detection", () => {
  test.each<[string, Partial<ProbeLimits>, { gapMs: number; untilLastPassMs: number; passMs: number }]>([
    ["by default", {}, { gapMs: 15_000, untilLastPassMs: 45_000, passMs: 10_000 }],
    ["one pass a minute", { passes: 1 }, { gapMs: 60_000, untilLastPassMs: 180_000, passMs: 10_000 }],
    [
      "passes that end early in their minute",
      { passes: 6, passEveryMs: 5000, failures: 2, timeoutMs: 2500 },
      { gapMs: 35_000, untilLastPassMs: 40_000, passMs: 5000 },
    ],
    [
      "passes that last longer than their distance",
      { passes: 6, passEveryMs: 5000, timeoutMs: 5000 },
      { gapMs: 35_000, untilLastPassMs: 55_000, passMs: 10_000 },
    ],
    [
      "more failures than a minute has passes",
      { passes: 2, failures: 5 },
      { gapMs: 45_000, untilLastPassMs: 165_000, passMs: 10_000 },
    ],
    ["one failure", { failures: 1 }, { gapMs: 15_000, untilLastPassMs: 15_000, passMs: 10_000 }],
  ])("%s", async (_, limits, expected) => {
    expect(times(limits)).toEqual(expected);
    const found = await longest(limits);
    expect(found).toBeLessThanOrEqual(expected.untilLastPassMs + expected.passMs);
    expect(found).toBeGreaterThan(expected.untilLastPassMs + expected.passMs - 200);
  });
});

test.each<[string, Partial<ProbeLimits>, boolean]>([
  ["the defaults", {}, true],
  ["six passes whose time-outs fill the minute", { passes: 6, passEveryMs: 5000, timeoutMs: 5000 }, true],
  ["six passes that may last 20 s each", { passes: 6, passEveryMs: 5000, timeoutMs: 10_000 }, false],
  ["five passes 15 s apart", { passes: 5 }, false],
  ["one pass", { passes: 1, passEveryMs: 60_000, timeoutMs: 10_000 }, true],
])("%s: fits into a minute: %s", (_, limits, expected) => {
  expect(fitsItsMinute({ ...DEFAULT_LIMITS, ...limits })).toBe(expected);
});
