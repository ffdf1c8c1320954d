import type { Metric } from "../../model/metric.ts";
import { SIDES } from "../../model/side.ts";
import { driftCounts, ageMs, type WatchState } from "./state.ts";

/** What Prometheus is told of a pair that is watched. Kinds are named, objects are not: names stay where the reports are. */
export function watchMetrics(state: () => WatchState, now: () => number): Metric[] {
  const bySide = (name: "requests" | "waits") => () =>
    SIDES.map((org) => ({ labels: { org }, value: state().sides[org][name] }));
  return [
    {
      name: "lockstep_drift",
      help: "Things that differ, by kind and severity, as the last comparison of everything showed",
      type: "gauge",
      labels: ["kind", "severity"],
      values: () => {
        const { report } = state();
        const counts = report === undefined ? [] : driftCounts(report);
        return counts.map(({ kind, severity, count }) => ({ labels: { kind, severity }, value: count }));
      },
    },
    {
      name: "lockstep_last_good_comparison_age_seconds",
      help: "Time since both organisations were last compared whole, or since the start while they were not",
      type: "gauge",
      labels: [],
      values: () => [{ labels: {}, value: ageMs(state(), now()) / 1000 }],
    },
    {
      name: "lockstep_comparisons_total",
      help: "Comparisons of everything, by outcome: good, partial or failed",
      type: "counter",
      labels: ["outcome"],
      values: () => Object.entries(state().comparisons).map(([outcome, value]) => ({ labels: { outcome }, value })),
    },
    {
      name: "lockstep_notification_channel",
      help: "1 while an organisation tells of changes, 0 while it is only polled",
      type: "gauge",
      labels: ["org"],
      values: () => SIDES.map((org) => ({ labels: { org }, value: state().sides[org].by === "channel" ? 1 : 0 })),
    },
    {
      name: "lockstep_requests_total",
      help: "Requests to the API of an organisation",
      type: "counter",
      labels: ["org"],
      values: bySide("requests"),
    },
    {
      name: "lockstep_rate_limit_waits_total",
      help: "Requests that had to wait for room in the rate limit",
      type: "counter",
      labels: ["org"],
      values: bySide("waits"),
    },
  ];
}
