import type { Side } from "../model/side.ts";
import type { ProberSettings } from "./settings.ts";
import type { Judgement, Streak } from "./verdict.ts";

/** One value of a standard metric (60-second resolution). */
export interface MetricPoint {
  readonly metric: string;
  readonly dimensions: { readonly [name: string]: string };
  readonly value: number;
  readonly unit: "None" | "Milliseconds";
  readonly time: number;
}

/** Port: where metrics go. */
export type Publish = (namespace: string, points: readonly MetricPoint[]) => Promise<void>;

/** The metric that DNS follows: 1 healthy, 0 not. Read with the statistic Minimum. */
export const HEALTHY_METRIC = "Healthy";

/** How long the API took to answer, for people. */
export const LATENCY_METRIC = "LatencyMs";

/** The dimensions of one organisation's metrics; alarms and dashboard use the same. */
export function dimensionsOf(pair: string, side: Side): { readonly Pair: string; readonly Side: Side } {
  return { Pair: pair, Side: side };
}

/**
 * What is published about one pass. An unknown pass publishes no health: silence leaves DNS where it is
 * (`LastKnownStatus`) and raises the alarm on silence.
 */
export function pointsOf(
  settings: Pick<ProberSettings, "pair">,
  side: Side,
  { judgement, streak }: { readonly judgement: Judgement; readonly streak: Streak },
  time: number,
): MetricPoint[] {
  const dimensions = dimensionsOf(settings.pair, side);
  const points: MetricPoint[] = [];
  if (judgement.verdict !== "unknown")
    points.push({ metric: HEALTHY_METRIC, dimensions, value: streak.healthy ? 1 : 0, unit: "None", time });
  if (judgement.latencyMs !== undefined)
    points.push({ metric: LATENCY_METRIC, dimensions, value: judgement.latencyMs, unit: "Milliseconds", time });
  return points;
}
