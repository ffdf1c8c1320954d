import { MetricAlarm } from "@pulumi/aws/cloudwatch/metricAlarm.js";
import { HealthCheck, type HealthCheckArgs } from "@pulumi/aws/route53/healthCheck.js";
import * as pulumi from "@pulumi/pulumi";
import type { CloudWatchMetric, DnsSignal } from "../../model/config.ts";
import { compactJson } from "../../model/json.ts";
import { componentType, under, type Tags } from "./component.ts";

/** Route 53 reports on its health checks in this region only. */
export const HEALTH_METRICS_REGION = "us-east-1";

/** One way to find out whether a side works. */
export interface HealthSignalArgs {
  readonly signal: DnsSignal;
  /** The metric behind a `metric` signal: the configured one, or that of our prober. */
  readonly metric?: CloudWatchMetric;
  /** Where a `metric` signal's alarm lives: where the metric is. */
  readonly region: string;
  /** Ids of the health checks that a `calculated` signal counts. */
  readonly children?: pulumi.Input<pulumi.Input<string>[]>;
  /** Where the alarm reports, by region: an alarm reaches topics of its own region only. */
  readonly topics: ReadonlyMap<string, pulumi.Input<string>>;
  readonly tags: Tags;
}

const NO_DATA = { "last-known": "LastKnownStatus", healthy: "Healthy", unhealthy: "Unhealthy" } as const;

const BAD_WHEN = {
  less: "LessThanThreshold",
  "less-or-equal": "LessThanOrEqualToThreshold",
  greater: "GreaterThanThreshold",
  "greater-or-equal": "GreaterThanOrEqualToThreshold",
} as const;

/** Standard metrics: Route 53 follows no others. */
const PERIOD_SECONDS = 60;

/** Where the alarm of a signal lives. */
export function alarmRegion(signal: DnsSignal, region: string): string {
  return signal.type === "metric" ? region : HEALTH_METRICS_REGION;
}

/** A health check and the alarm that tells people of it. */
export class HealthSignal extends pulumi.ComponentResource {
  readonly healthCheckId: pulumi.Output<string>;
  readonly alarmName: pulumi.Output<string>;
  readonly alarmArn: pulumi.Output<string>;

  constructor(name: string, args: HealthSignalArgs, opts?: pulumi.ComponentResourceOptions) {
    super(componentType("HealthSignal"), name, {}, opts);
    const { check, alarm } = args.signal.type === "metric" ? this.followed(name, args) : this.checked(name, args);
    this.healthCheckId = check.id;
    this.alarmName = alarm.name;
    this.alarmArn = alarm.arn;
    this.registerOutputs({ healthCheckId: this.healthCheckId, alarmName: this.alarmName });
  }

  /** Route 53 follows the alarm's metric: the alarm comes first. */
  private followed(name: string, args: HealthSignalArgs) {
    const { signal, region, tags } = args;
    if (signal.type !== "metric" || args.metric === undefined) throw new Error(`${name} has no metric`);
    const evaluated = evaluationOf(args.metric, signal.periods);
    const alarm = new MetricAlarm(name, { ...evaluated, ...this.alarmBase(args) }, under(this));
    const check = new HealthCheck(
      name,
      {
        type: "CLOUDWATCH_METRIC",
        cloudwatchAlarmName: alarm.name,
        cloudwatchAlarmRegion: region,
        insufficientDataHealthStatus: NO_DATA[signal.noData],
        // Route 53 copies the alarm's settings when the check is written: a changed alarm has to write it again.
        triggers: { alarm: compactJson(evaluated) },
        tags: { ...tags, Name: name },
      },
      under(this),
    );
    return { check, alarm };
  }

  /** Route 53 checks by itself, or counts checks; its own metric raises the alarm. */
  private checked(name: string, args: HealthSignalArgs) {
    const check = new HealthCheck(name, { ...checkArgs(args), tags: { ...args.tags, Name: name } }, under(this));
    const alarm = new MetricAlarm(
      name,
      {
        ...{ namespace: "AWS/Route53", metricName: "HealthCheckStatus", dimensions: { HealthCheckId: check.id } },
        ...{ statistic: "Minimum", comparisonOperator: BAD_WHEN.less, threshold: 1 },
        ...{ period: PERIOD_SECONDS, evaluationPeriods: 1, treatMissingData: "missing" },
        ...this.alarmBase(args),
      },
      under(this),
    );
    return { check, alarm };
  }

  private alarmBase({ signal, region, topics, tags }: HealthSignalArgs) {
    const where = alarmRegion(signal, region);
    const topic = topics.get(where);
    const actions = topic === undefined ? [] : [topic];
    return {
      alarmDescription: `${signal.name}: is the ${signal.side} healthy, as far as DNS is concerned?`,
      ...{ alarmActions: actions, okActions: actions, region: where, tags: { ...tags } },
    };
  }
}

/** What decides; also what Route 53 copies. No `datapointsToAlarm`: Route 53 knows no M of N (pulumi §6.2, point 7). */
function evaluationOf(metric: CloudWatchMetric, periods: number) {
  return {
    ...{ namespace: metric.namespace, metricName: metric.name, dimensions: { ...metric.dimensions } },
    ...{ statistic: metric.statistic, comparisonOperator: BAD_WHEN[metric.badWhen], threshold: metric.threshold },
    ...{ period: PERIOD_SECONDS, evaluationPeriods: periods, treatMissingData: "missing" },
  };
}

const IPV4 = /^\d{1,3}(\.\d{1,3}){3}$/;

function checkArgs({ signal, children }: HealthSignalArgs): HealthCheckArgs {
  switch (signal.type) {
    case "metric":
      throw new Error(`${signal.name} is not checked by Route 53 itself`);
    case "calculated":
      return { type: "CALCULATED", childHealthThreshold: signal.healthyAtLeast, childHealthchecks: children ?? [] };
    case "tcp":
      return { type: "TCP", ...endpointArgs(signal) };
    case "https":
      return { type: "HTTPS", resourcePath: signal.path, ...endpointArgs(signal), ...sniOf(signal.host) };
    case "https-string":
      return {
        ...{ type: "HTTPS_STR_MATCH", resourcePath: signal.path, searchString: signal.search },
        ...endpointArgs(signal),
        ...sniOf(signal.host),
      };
  }
}

function endpointArgs(signal: Extract<DnsSignal, { type: "https-string" | "https" | "tcp" }>) {
  return {
    ...(IPV4.test(signal.host) ? { ipAddress: signal.host } : { fqdn: signal.host }),
    port: signal.port,
    requestInterval: signal.interval,
    failureThreshold: signal.failures,
    ...(signal.regions === undefined ? {} : { regions: [...signal.regions] }),
  };
}

/** SNI names a host; an address has none to send. */
function sniOf(host: string): { readonly enableSni: boolean } {
  return { enableSni: !IPV4.test(host) };
}
