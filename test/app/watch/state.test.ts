import { describe, expect, it } from "vitest";
import { driftCounts, healthOf, type WatchState } from "../../../src/app/watch/state.ts";
import { newsOf } from "../../../src/app/watch/news.ts";
import type { DriftReport } from "../../../src/model/report.ts";

const side = { by: "channel", requests: 0, waits: 0 } as const;
const state: WatchState = {
  startedAt: 1000,
  comparisons: { good: 0, partial: 0, failed: 0 },
  sides: { primary: side, standby: { ...side, by: "polling" } },
};

const org = { id: "1", name: "Primary", region: "r" };
const inStep: DriftReport = {
  schemaVersion: 1,
  source: org,
  target: { ...org, id: "2", name: "Standby" },
  summary: { create: 0, update: 0, delete: 0, rename: 0 },
  kinds: {},
  changes: [],
  derived: [],
  operational: [],
  findings: [],
};
const missing = { coordinate: "queue/Billing", action: "create", edits: [] } as const;
const extra = { coordinate: "queue/Old", action: "delete", edits: [] } as const;

describe("health", () => {
  it("turns bad when the last good comparison is too long ago, whatever happened since", () => {
    const good = { ...state, goodAt: 61_000 };
    expect(healthOf(good, 120_999, 60_000)).toMatchObject({ healthy: true, ageSeconds: 59, compared: true });
    const failed = { ...good, failure: "timed-out" };
    expect(healthOf(failed, 121_000, 60_000)).toMatchObject({ healthy: false, failure: "timed-out" });
  });

  it("counts from the start while nothing has been compared", () => {
    const starting = { healthy: true, ageSeconds: 1, compared: false, primary: "channel", standby: "polling" };
    expect(healthOf(state, 2000, 60_000)).toEqual(starting);
    expect(healthOf(state, 61_000, 60_000)).toMatchObject({ healthy: false });
  });
});

describe("drift in numbers", () => {
  it("is counted by kind and by how much it matters", () => {
    const finding = { code: "narrowed", coordinate: "", message: "x" } as const;
    const report = {
      ...inStep,
      changes: [missing, extra, { ...missing, action: "update" as const }],
      findings: [finding],
    };
    expect(driftCounts(report)).toEqual([
      { kind: "queue", severity: "error", count: 2 },
      { kind: "queue", severity: "note", count: 1 },
      { kind: "none", severity: "note", count: 1 },
    ]);
  });
});

describe("news", () => {
  const whole = { report: { ...inStep, changes: [missing] }, drift: "some" } as const;
  const compared = {
    report: { ...whole.report, selection: { only: ["queue/Billing"], kinds: [] } },
    drift: "some",
  } as const;
  const quiet = { report: inStep, drift: "none" } as const;

  it("is what was looked at where that differs, and everything otherwise", () => {
    expect(newsOf({ compared, whole }, undefined)?.told).toBe(compared);
    expect(newsOf({ compared: quiet, whole: quiet }, "before")?.told).toBe(quiet);
  });

  it("is nothing when everything is as it was told", () => {
    const mark = newsOf({ compared, whole }, undefined)?.mark;
    expect(newsOf({ compared: quiet, whole }, mark)).toBeUndefined();
    expect(newsOf({ compared: whole, whole }, mark)).toBeUndefined();
  });

  it("is that a comparison is worth less than the one before", () => {
    const mark = newsOf({ compared: quiet, whole: quiet }, undefined)?.mark;
    const unsure = { report: inStep, drift: "unknown" } as const;
    expect(newsOf({ compared: unsure, whole: unsure }, mark)?.told).toBe(unsure);
  });
});
