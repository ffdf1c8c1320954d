import { describe, expect, it } from "vitest";
import { virtualClock } from "../../../src/platform/clock.ts";
import { createStop } from "../../../src/platform/genesys/stop.ts";

function stopping(): {
  abort: AbortController;
  stop: ReturnType<typeof createStop>;
  clock: ReturnType<typeof virtualClock>;
} {
  const abort = new AbortController();
  const clock = virtualClock();
  return { abort, clock, stop: createStop(abort.signal, clock) };
}

describe("stopping a run", () => {
  it("breaks off at once what nobody holds", () => {
    const { abort, stop } = stopping();
    stop.hold()();
    abort.abort();
    expect(stop.signal?.aborted).toBe(true);
  });

  it("waits for every write that is half done, and no longer", () => {
    const { abort, stop } = stopping();
    const releases = [stop.hold(), stop.hold()];
    abort.abort();
    releases[0]?.();
    expect(stop.signal?.aborted).toBe(false);
    releases[1]?.();
    expect(stop.signal?.aborted).toBe(true);
  });

  it("does not wait for ever", async () => {
    const { abort, stop, clock } = stopping();
    stop.hold();
    abort.abort();
    await clock.sleep(60_000);
    expect(stop.signal?.aborted).toBe(true);
  });

  it("counts a run that was stopped before it began", () => {
    const abort = new AbortController();
    abort.abort();
    expect(createStop(abort.signal, virtualClock()).signal?.aborted).toBe(true);
  });
});
