import { describe, expect, test } from "vitest";
import { DEFAULT_LIMITS } from "../../src/prober/settings.ts";
import {
  firstStreak,
  judge,
  judgePair,
  nextStreak,
  type Sample,
  type TrunkState,
  type Verdict,
} from "../../src/prober/verdict.ts";

const FAST = { status: 200, ms: 40 };
const TIMEOUT = { failed: "timeout", ms: 5000 } as const;
const NETWORK = { failed: "network", ms: 3 } as const;
const up: TrunkState = { inService: true, connected: true, options: [true, true] };

const sample = (over: Partial<Sample> = {}): Sample => ({ login: undefined, api: FAST, trunks: [up], ...over });

describe("one organisation", () => {
  test.each<[string, Partial<Sample>, Verdict, string[]]>([
    ["everything well", {}, "ok", []],
    ["an API at the limit is not slow", { api: { status: 200, ms: 150 } }, "ok", []],
    ["a slow API is degraded, not down", { api: { status: 200, ms: 151 } }, "degraded", ["api-slow"]],
    ["no answer in time", { api: TIMEOUT, trunks: undefined }, "down", ["api-timeout"]],
    ["no connection", { api: NETWORK, trunks: undefined }, "down", ["api-network"]],
    ["a server error", { api: { status: 503, ms: 9 } }, "down", ["api-status-503"]],
    ["a redirect is no answer", { api: { status: 302, ms: 9 } }, "down", ["api-status-302"]],
    ["a refused token is our trouble", { api: { status: 401, ms: 9 } }, "unknown", ["api-status-401"]],
    ["too many requests are our trouble", { api: { status: 429, ms: 9 } }, "unknown", ["api-status-429"]],
    ["a refused login", { login: { status: 401, ms: 9 }, api: undefined }, "unknown", ["login-status-401"]],
    ["a login service that is down", { login: TIMEOUT, api: undefined }, "down", ["login-timeout"]],
    ["a slow login", { login: { status: 200, ms: 900 } }, "ok", []],
    ["no credentials", { api: undefined, unmeasured: "credentials-missing" }, "unknown", ["credentials-missing"]],
    ["nothing measured", { api: undefined, trunks: undefined }, "unknown", []],
    ["no trunks to watch", { trunks: [] }, "ok", []],
    ["trunks that cannot be read", { trunks: "trunks-status-403" }, "unknown", ["trunks-status-403"]],
    ["the only trunk lost its connection", { trunks: [{ ...up, connected: false }] }, "down", ["trunks-down"]],
    ["one of two trunks is down", { trunks: [up, { ...up, connected: false }] }, "degraded", ["trunk-down"]],
    ["a trunk that is out of service", { trunks: [{ ...up, inService: false }] }, "down", ["trunks-down"]],
    ["no proxy answers OPTIONS", { trunks: [{ ...up, options: [false, false] }] }, "down", ["trunks-down"]],
    ["one proxy answers OPTIONS", { trunks: [{ ...up, options: [false, true] }] }, "ok", []],
    ["a trunk without OPTIONS", { trunks: [{ ...up, options: [] }] }, "ok", []],
    ["a trunk that says nothing of connections", { trunks: [{ ...up, connected: undefined }] }, "ok", []],
    [
      "what is unknown outranks what is down",
      { api: { status: 503, ms: 1 }, trunks: "trunk-missing" },
      "unknown",
      ["api-status-503", "trunk-missing"],
    ],
  ])("%s", (_, over, verdict, reasons) => {
    expect(judge(sample(over), DEFAULT_LIMITS)).toMatchObject({ verdict, reasons });
  });

  test("tells how long the API took only where it answered", () => {
    expect(judge(sample(), DEFAULT_LIMITS).latencyMs).toBe(40);
    expect(judge(sample({ api: TIMEOUT }), DEFAULT_LIMITS)).not.toHaveProperty("latencyMs");
  });
});

describe("both organisations", () => {
  const away = sample({ api: TIMEOUT, trunks: undefined });

  test("the one that cannot be reached is down while the other answers", () => {
    const judged = judgePair({ primary: away, standby: sample() }, DEFAULT_LIMITS);
    expect([judged.primary.verdict, judged.standby.verdict]).toEqual(["down", "ok"]);
  });

  test.each([
    ["API and API", away, away],
    ["login and API", sample({ login: NETWORK, api: undefined }), away],
  ])("neither can be reached (%s): the prober is blind", (_, primary, standby) => {
    const judged = judgePair({ primary, standby }, DEFAULT_LIMITS);
    expect(judged.primary).toEqual({ verdict: "unknown", reasons: ["prober-blind"] });
    expect(judged.standby).toEqual(judged.primary);
  });

  test("errors that both answer with are no blindness", () => {
    const broken = sample({ api: { status: 500, ms: 1 } });
    const judged = judgePair({ primary: broken, standby: broken }, DEFAULT_LIMITS);
    expect([judged.primary.verdict, judged.standby.verdict]).toEqual(["down", "down"]);
  });
});

describe("damping", () => {
  const limits = { ...DEFAULT_LIMITS, failures: 3, recoveries: 4 };
  const after = (verdicts: string, start = firstStreak(1)): string => {
    const meaning: Record<string, Verdict> = { o: "ok", s: "degraded", d: "down", u: "unknown" };
    let streak = start;
    return [...verdicts]
      .map((letter) => {
        streak = nextStreak(streak, meaning[letter] ?? "unknown", limits);
        return streak.healthy ? "1" : "0";
      })
      .join("");
  };

  test.each([
    ["three failures in a row", "ddd", "110"],
    ["two are not enough", "ddoddo", "111111"],
    ["an unknown pass breaks the row", "ddudd", "11111"],
    ["slow passes count as good", "dsdsds", "111111"],
    ["it comes back after four good passes in a row", "dddoooo", "1100001"],
    ["a failure restarts the recovery", "dddooodoooo", "11000000001"],
    ["an unknown pass restarts the recovery", "dddooouoooo", "11000000001"],
    ["slow passes are good enough to come back", "dddosos", "1100001"],
  ])("%s", (_, verdicts, expected) => {
    expect(after(verdicts)).toBe(expected);
  });

  test("a prober without memory goes on from what was published last", () => {
    expect(after("o", firstStreak(0))).toBe("0");
    expect(after("o", firstStreak(undefined))).toBe("1");
    expect(after("o", firstStreak(undefined, false))).toBe("0");
    expect(after("o", firstStreak(1, false))).toBe("1");
  });
});
