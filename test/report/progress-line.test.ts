import { describe, expect, it } from "vitest";
import { applyLine, secondsLeft, sweepLine, type SweepState } from "../../src/report/progress-line.ts";

const state: SweepState = {
  org: "Acme",
  kinds: 28,
  kindsListed: 20,
  objects: 240,
  sent: 100,
  requestsLeft: 50,
  seconds: 10,
  budget: { allowed: 300, used: 120, resetSeconds: 40 },
};

describe("the line of a sweep", () => {
  it("tells kinds, objects, requests left, the rate limit and the time left", () => {
    expect(sweepLine([state], 120)).toBe(
      "Acme: 20/28 kinds, 240 objects, 50 requests left, rate limit 120/300, about 5 s",
    );
  });

  it.each([
    [80, "Acme: 20/28 kinds, 240 objects, 50 requests left, rate limit 120/300, about 5 s"],
    [79, "Acme: 20/28 kinds, 240 objects, 50 requests left, about 5 s"],
    [56, "20/28 kinds, 240 objects, 50 requests left, about 5 s"],
    [40, "20/28 kinds, 240 objects, about 5 s"],
    [10, "20/28 ki…"],
  ])("fits %i columns and leaves the last one empty", (columns, line) => {
    expect(sweepLine([state], columns)).toBe(line);
    expect(line.length).toBeLessThan(columns);
  });

  it("takes a terminal that does not tell its width for one of 80 columns", () => {
    expect(sweepLine([state], 0)).toBe(sweepLine([state], 80));
    expect(applyLine({ settled: 1, total: 2, failed: 0, current: "create queue/A" }, 0)).toContain("create queue/A");
  });

  it("adds up organisations that are read at the same time, and takes as long as the slower one", () => {
    const slow = { ...state, org: "Acme Standby", kindsListed: 3, requestsLeft: 2000 };
    expect(sweepLine([state, slow], 120)).toBe(
      "Acme and Acme Standby: 23/56 kinds, 480 objects, 2050 requests left, rate limit 240/600, about 7 min",
    );
  });

  it("shows no control character of a name", () => {
    expect(sweepLine([{ ...state, org: "A\u001b[2J" }], 120)).toContain("A\uFFFD[2J: ");
  });
});

describe("the time left", () => {
  it("follows the speed so far while the rate limit allows it", () => {
    expect(secondsLeft(state)).toBe(5);
  });

  it("counts the windows of the rate limit that have to be waited for", () => {
    const budget = { allowed: 300, used: 290, resetSeconds: 40 };
    expect(secondsLeft({ ...state, requestsLeft: 50, budget })).toBe(40);
    expect(secondsLeft({ ...state, requestsLeft: 400, budget })).toBe(100);
  });

  it("is known without a rate limit, and before the first request", () => {
    expect(secondsLeft({ ...state, budget: undefined })).toBe(5);
    expect(secondsLeft({ ...state, sent: 0, budget: undefined })).toBe(0);
  });
});

it("tells how far an apply is", () => {
  const apply = { settled: 3, total: 12, failed: 1, current: "update queue/Billing" };
  expect(applyLine(apply, 80)).toBe("3/12 operations, 1 failed, update queue/Billing");
  expect(applyLine({ ...apply, failed: 0 }, 30)).toBe("3/12 operations, update queu…");
});
