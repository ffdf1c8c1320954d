import { CompositeAlarm } from "@pulumi/aws/cloudwatch/compositeAlarm.js";
import type * as pulumi from "@pulumi/pulumi";
import type { DnsSignal } from "../../model/config.ts";
import { decidingPairs } from "./alarm-gaps.ts";
import type { Building } from "./building.ts";
import { alarmRegion, HealthSignal } from "./health-signal.ts";
import { proberMetric } from "./prober.ts";

/** The health signals of a stack, by name. */
export type Signals = ReadonlyMap<string, HealthSignal>;

/** ARNs of the alert topics, by region. */
export type Topics = ReadonlyMap<string, pulumi.Input<string>>;

/** Builds the signals; those that are counted come before those that count them. */
export function buildSignals(building: Building, topics: Topics): Signals {
  const built = new Map<string, HealthSignal>();
  const counting = (signal: DnsSignal): boolean => signal.type === "calculated";
  const { signals } = building.dns;
  for (const signal of [...signals.filter((one) => !counting(one)), ...signals.filter(counting)])
    built.set(signal.name, buildSignal(building, signal, topics, built));
  return built;
}

function buildSignal({ pair, places, tags, provider }: Building, signal: DnsSignal, topics: Topics, built: Signals) {
  const metric = signal.type === "metric" ? (signal.metric ?? proberMetric(pair, signal.side)) : undefined;
  const children =
    signal.type === "calculated" ? signal.of.flatMap((name) => built.get(name)?.healthCheckId ?? []) : undefined;
  return new HealthSignal(
    signal.name,
    {
      ...{ signal, region: places.region, topics, tags },
      ...(metric === undefined ? {} : { metric }),
      ...(children === undefined ? {} : { children }),
    },
    { provider },
  );
}

/**
 * An alarm for each pair of signals that decides about a name: when neither side is healthy, Route 53 takes both for
 * healthy and sends everybody back to the primary. Alarms of two regions cannot be combined; `alarmGaps` tells of them.
 */
export function buildNoSideAlarms(building: Building, signals: Signals, topics: Topics): CompositeAlarm[] {
  const { dns, pair, places, tags, provider } = building;
  return decidingPairs(dns, places.region).flatMap((deciding) => {
    const key = `${deciding.primary} and ${deciding.standby}`;
    const region = deciding.regions.primary;
    const [primary, standby, topic] = [
      signals.get(deciding.primary),
      signals.get(deciding.standby),
      topics.get(region),
    ];
    if (region !== deciding.regions.standby || primary === undefined || standby === undefined || topic === undefined)
      return [];
    const rule = pulumiRule(primary.alarmName, standby.alarmName);
    return [
      new CompositeAlarm(
        `no side: ${key}`,
        {
          alarmName: `${pair}: neither ${key}`,
          alarmDescription: "No side is healthy: DNS answers as if both were, with the primary",
          ...{ alarmRule: rule, alarmActions: [topic], okActions: [topic], region, tags: { ...tags } },
        },
        { provider },
      ),
    ];
  });
}

function pulumiRule(primary: pulumi.Output<string>, standby: pulumi.Output<string>): pulumi.Output<string> {
  return primary.apply((first) => standby.apply((second) => `ALARM("${first}") AND ALARM("${second}")`));
}

/** Regions in which alarms live; each needs a topic and a key of its own. */
export function alarmRegions({ dns, places }: Building): string[] {
  return [...new Set([places.region, ...dns.signals.map((signal) => alarmRegion(signal, places.region))])];
}
