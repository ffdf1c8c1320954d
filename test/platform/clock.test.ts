import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { systemClock, virtualClock } from "../../src/platform/clock.ts";

describe("virtual clock", () => {
  test("hours pass at once and are counted", async () => {
    const clock = virtualClock(1_000);
    await clock.sleep(3_600_000);
    expect(clock.now()).toBe(3_601_000);
    expect(clock.elapsed()).toBe(3_600_000);
  });

  test("sleeps end in the order of their deadlines, equal ones in the order they began", async () => {
    const clock = virtualClock();
    const order: string[] = [];
    const sleep = async (ms: number, name: string) => {
      await clock.sleep(ms);
      order.push(`${name}@${clock.now()}`);
    };
    await Promise.all([sleep(30, "c"), sleep(10, "a"), sleep(20, "b"), sleep(20, "b2"), sleep(-5, "now")]);
    expect(order).toEqual(["now@0", "a@10", "b@20", "b2@20", "c@30"]);
  });

  test("a sleep that begins when another ends keeps its place", async () => {
    const clock = virtualClock();
    const order: string[] = [];
    const twice = async () => {
      await clock.sleep(10);
      await clock.sleep(5);
      order.push("10+5");
    };
    const once = async () => {
      await clock.sleep(16);
      order.push("16");
    };
    await Promise.all([once(), twice()]);
    expect(order).toEqual(["10+5", "16"]);
  });

  test("an aborted sleep rejects with the reason and takes no time", async () => {
    const clock = virtualClock();
    const controller = new AbortController();
    const sleep = clock.sleep(1_000, controller.signal);
    const other = clock.sleep(10);
    controller.abort(new Error("enough"));
    await expect(sleep).rejects.toThrow("enough");
    await expect(clock.sleep(1, controller.signal)).rejects.toThrow("enough");
    await other;
    expect(clock.elapsed()).toBe(10);
  });

  test("a loopback server that sleeps on the same clock answers", async () => {
    const clock = virtualClock();
    const server = createServer((_, response) => void clock.sleep(60_000).then(() => response.end("late")));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const texts = await Promise.all([fetch(url), fetch(url)].map(async (answer) => (await answer).text()));
    expect(texts).toEqual(["late", "late"]);
    expect(clock.elapsed()).toBeGreaterThanOrEqual(60_000);
  });
});

describe("system clock", () => {
  test("sleeps and says the time", async () => {
    const before = systemClock.now();
    await systemClock.sleep(5);
    expect(systemClock.now()).toBeGreaterThan(before);
  });

  test("an aborted sleep rejects with the reason, before and while it lasts", async () => {
    const controller = new AbortController();
    const sleep = systemClock.sleep(2 ** 33, controller.signal);
    controller.abort(new Error("enough"));
    await expect(sleep).rejects.toThrow("enough");
    await expect(systemClock.sleep(1, controller.signal)).rejects.toThrow("enough");
  });
});
