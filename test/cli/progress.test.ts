import { describe, expect, it } from "vitest";
import { progressBoard } from "../../src/cli/progress.ts";
import type { RequestMeter } from "../../src/model/ports.ts";
import { nodePorts } from "../../src/platform/node-ports.ts";

/** A board whose output is collected, and whose time passes by hand. */
function openBoard(isTTY: boolean) {
  let now = 0;
  const ticks = new Set<() => void>();
  const lines: string[] = [];
  const output = { isTTY, columns: 120, write: (text: string) => void lines.push(text) };
  const board = progressBoard({
    ...nodePorts(new AbortController().signal),
    env: {},
    clock: { now: () => now, sleep: () => Promise.resolve() },
    cwd: "/",
    stdout: output,
    stderr: output,
    confirm: () => Promise.resolve(false),
    ask: (_question, preset) => Promise.resolve(preset),
    every: (_ms, tick) => {
      ticks.add(tick);
      return () => void ticks.delete(tick);
    },
    tool: "lockstep",
  });
  const pass = (seconds: number): void => {
    now += seconds * 1000;
    for (const tick of ticks) tick();
  };
  return { board, lines, pass, ticks };
}

const meter: RequestMeter = { counts: () => ({ total: 10 }), budget: () => undefined };

describe("progress of two organisations that are read at the same time", () => {
  it("shares one line on a terminal", () => {
    const { board, lines, pass } = openBoard(true);
    const [primary, standby] = [board(meter), board(meter)];
    primary({ event: "sweep-start", org: "Acme", kinds: 10 });
    standby({ event: "sweep-start", org: "Acme Standby", kinds: 10 });
    pass(1);
    primary({ event: "listed", org: "Acme", kind: "queue", objects: 7, details: 0 });
    expect(lines.at(-1)).toContain("Acme and Acme Standby: 1/20 kinds, 7 objects");
    primary({ event: "sweep-failed", org: "Acme" });
    pass(1);
    standby({ event: "listed", org: "Acme Standby", kind: "queue", objects: 7, details: 0 });
    expect(lines.at(-1)).toContain("Acme Standby: 1/10 kinds, 7 objects");
    expect(lines.at(-1)).not.toContain("Acme and");
  });

  it("says something at least every 30 seconds in a log, until both are read", () => {
    const { board, lines, pass, ticks } = openBoard(false);
    const [primary, standby] = [board(meter), board(meter)];
    primary({ event: "sweep-start", org: "Acme", kinds: 10 });
    standby({ event: "sweep-start", org: "Acme Standby", kinds: 10 });
    primary({ event: "listed", org: "Acme", kind: "queue", objects: 7, details: 2 });
    for (let turn = 0; turn < 4; turn += 1) pass(15);
    const told = lines.filter((line) => line.includes("requests left"));
    expect(told.length).toBeGreaterThanOrEqual(2);
    expect(told[0]).toContain("Acme and Acme Standby: 1/20 kinds, 7 objects, 14 requests left");
    primary({ event: "sweep-done", org: "Acme", objects: 7 });
    expect(ticks.size).toBe(1);
    standby({ event: "sweep-done", org: "Acme Standby", objects: 0 });
    expect(ticks.size).toBe(0);
  });
});
