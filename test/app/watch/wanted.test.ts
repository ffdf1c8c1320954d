import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createGatherer, dueAt, wantedOf } from "../../../src/app/watch/wanted.ts";
import { virtualClock } from "../../../src/platform/clock.ts";

const gathering = { quietMs: 5000, longestMs: 60_000 };

describe("when changes are compared", () => {
  const times = fc.record({ first: fc.nat(100_000), more: fc.nat(100_000), everything: fc.nat(1_000_000) });

  it("is never later than the longest gathering after the first, and never later than everything is due", () => {
    fc.assert(
      fc.property(times, ({ first, more, everything }) => {
        const waiting = {
          objects: new Set(["queue/A"]),
          firstAt: first,
          lastAt: first + more,
          everythingAt: everything,
        };
        const due = dueAt(waiting, gathering);
        expect(due).toBeLessThanOrEqual(Math.min(first + gathering.longestMs, everything));
        expect(due).toBeLessThanOrEqual(first + more + gathering.quietMs);
      }),
    );
  });

  it("is together with everything when that is due, or when there are very many", () => {
    const one = { objects: new Set(["queue/A"]), firstAt: 0, lastAt: 0, everythingAt: 10 };
    expect(wantedOf(one, 9)).toEqual(["queue/A"]);
    expect(wantedOf(one, 10)).toBe("everything");
    const many = new Set(Array.from({ length: 51 }, (_, n) => `queue/${n}`));
    expect(wantedOf({ ...one, objects: many }, 9)).toBe("everything");
  });
});

describe("gathering", () => {
  const { signal } = new AbortController();

  it("begins with everything, and then gives each change once, when it has been quiet", async () => {
    const clock = virtualClock();
    const gatherer = createGatherer(clock, gathering);
    expect(await gatherer.next(signal)).toBe("everything");
    gatherer.add("queue/A");
    gatherer.add("queue/B");
    gatherer.add("queue/A");
    expect(await gatherer.next(signal)).toEqual(["queue/A", "queue/B"]);
    expect(clock.now()).toBe(5000);
    gatherer.everythingBy(20_000);
    gatherer.everythingBy(30_000);
    expect(await gatherer.next(signal)).toBe("everything");
    expect(clock.now()).toBe(20_000);
  });

  it("is woken by what comes while it waits", async () => {
    const clock = virtualClock();
    const gatherer = createGatherer(clock, gathering);
    await gatherer.next(signal);
    gatherer.everythingBy(1_000_000);
    const next = gatherer.next(signal);
    gatherer.add("queue/A");
    expect(await next).toEqual(["queue/A"]);
    expect(clock.now()).toBe(5000);
  });

  it("ends with the signal", async () => {
    const gatherer = createGatherer(virtualClock(), gathering);
    await gatherer.next(signal);
    await expect(gatherer.next(AbortSignal.abort(new Error("stop")))).rejects.toThrow("stop");
  });
});
