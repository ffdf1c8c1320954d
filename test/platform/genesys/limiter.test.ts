import { describe, expect, test } from "vitest";
import { virtualClock } from "../../../src/platform/clock.ts";
import { createLimiter } from "../../../src/platform/genesys/limiter.ts";
import { rateFacts, retryAfterMs } from "../../../src/platform/genesys/rate-headers.ts";

const facts = (count: number, allowed: number, seconds: number) => ({ count, allowed, resetMs: seconds * 1000 });

describe("limiter", () => {
  test("lets everything through as long as no answer names a limit", async () => {
    const clock = virtualClock();
    const limiter = createLimiter(1, clock);
    for (let sent = 0; sent < 1000; sent++) limiter.leave(await limiter.enter(), undefined);
    expect(clock.elapsed()).toBe(0);
    expect(limiter.budget()).toBeUndefined();
  });

  test("waits for the window's end when it is used up", async () => {
    const clock = virtualClock();
    const limiter = createLimiter(1, clock);
    limiter.leave(await limiter.enter(), facts(9, 10, 42));
    limiter.leave(await limiter.enter(), facts(10, 10, 42));
    expect(limiter.budget()).toEqual({ allowed: 10, used: 10, resetSeconds: 42 });
    await limiter.enter();
    expect(clock.elapsed()).toBe(42_000);
  });

  test("counts what is under way", async () => {
    const clock = virtualClock();
    const limiter = createLimiter(1, clock);
    limiter.leave(await limiter.enter(), facts(7, 10, 60));
    const entered = [limiter.enter(), limiter.enter(), limiter.enter(), limiter.enter()];
    let through = 0;
    for (const entry of entered) void entry.then(() => through++);
    await clock.sleep(1);
    expect(through).toBe(3);
    for (const count of [8, 9, 10]) limiter.leave(0, facts(count, 10, 60));
    await Promise.all(entered);
    expect(clock.elapsed()).toBeGreaterThanOrEqual(60_000);
  });

  test("believes the highest count of a window, and a lower one of the next", async () => {
    const limiter = createLimiter(1, virtualClock());
    await limiter.enter();
    await limiter.enter();
    await limiter.enter();
    limiter.leave(0, facts(5, 10, 30));
    limiter.leave(0, facts(4, 10, 31));
    expect(limiter.budget()?.used).toBe(5);
    limiter.leave(0, facts(1, 10, 60));
    expect(limiter.budget()?.used).toBe(1);
  });

  test("goes on to the next token of the pool, and back when its window opens", async () => {
    const clock = virtualClock();
    const limiter = createLimiter(2, clock);
    limiter.leave(await limiter.enter(), facts(10, 10, 60));
    expect(await limiter.enter()).toBe(1);
    limiter.leave(1, facts(10, 10, 90));
    expect(limiter.budget()).toEqual({ allowed: 20, used: 20, resetSeconds: 60 });
    expect(await limiter.enter()).toBe(0);
    expect(clock.elapsed()).toBe(60_000);
  });

  test("leaves a refused token alone for as long as it was told", async () => {
    const clock = virtualClock();
    const limiter = createLimiter(1, clock);
    limiter.block(await limiter.enter(), 5_000);
    limiter.leave(0, undefined);
    await limiter.enter();
    expect(clock.elapsed()).toBe(5_000);
  });

  test("gives a new token a fresh window", async () => {
    const clock = virtualClock();
    const limiter = createLimiter(1, clock);
    limiter.leave(await limiter.enter(), facts(10, 10, 60));
    limiter.renew(0);
    await limiter.enter();
    expect(clock.elapsed()).toBe(0);
  });

  test("stops waiting when aborted", async () => {
    const limiter = createLimiter(1, virtualClock());
    limiter.leave(await limiter.enter(), facts(10, 10, 60));
    const controller = new AbortController();
    const entry = limiter.enter(controller.signal);
    controller.abort(new Error("enough"));
    await expect(entry).rejects.toThrow("enough");
  });
});

describe("headers", () => {
  const named = (count: string, allowed: string, reset: string) => ({
    "inin-ratelimit-count": count,
    "inin-ratelimit-allowed": allowed,
    "inin-ratelimit-reset": reset,
  });

  test("are read when all three make sense", () => {
    expect(rateFacts(named("3", "300", "17"))).toEqual({ count: 3, allowed: 300, resetMs: 17_000 });
    expect(rateFacts(named("3", "300", "999999"))).toEqual({ count: 3, allowed: 300, resetMs: 120_000 });
  });

  test.each([{}, named("x", "300", "1"), named("1", "0", "1"), named("1", "300", "-1"), named("", "300", "1")])(
    "are left unchanged otherwise: %j",
    (headers) => {
      expect(rateFacts(headers)).toBeUndefined();
    },
  );

  test("Retry-After may be seconds or a date", () => {
    expect(retryAfterMs({ "retry-after": "12" }, 0)).toBe(12_000);
    expect(retryAfterMs({ "retry-after": "Thu, 01 Jan 1970 00:00:30 GMT" }, 10_000)).toBe(20_000);
    expect(retryAfterMs({ "retry-after": "soon" }, 0)).toBeUndefined();
    expect(retryAfterMs({}, 0)).toBeUndefined();
  });
});
