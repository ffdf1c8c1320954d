import { defined } from "../../model/defined.ts";
import type {
  AliasTarget,
  HealthCheckConfig,
  HealthCheckObservation,
  HostedZone,
  ResourceRecordSet,
} from "@aws-sdk/client-route-53";
import { dnsName, dnsValues } from "../../model/dns-values.ts";
import type { Alias, DnsRecord, HealthCheck, Measured, Routing } from "../../model/dns.ts";

/** A record set of the API as a record. */
export function recordOf(set: ResourceRecordSet): DnsRecord {
  const { Type: type = "", AliasTarget: target, HealthCheckId: healthCheckId, TTL: ttl } = set;
  return defined({
    name: dnsName(set.Name ?? ""),
    type,
    setIdentifier: set.SetIdentifier ?? "",
    routing: routingOf(set),
    values: dnsValues(
      type,
      (set.ResourceRecords ?? []).map(({ Value: value = "" }) => value),
    ),
    alias: target && aliasOf(target),
    ttl,
    healthCheckId,
  });
}

function aliasOf({ DNSName: name, HostedZoneId: zoneId, EvaluateTargetHealth: evaluates }: AliasTarget): Alias {
  return { name: dnsName(name ?? ""), zoneId: zoneId ?? "", evaluateTargetHealth: evaluates ?? false };
}

function routingOf({ Failover: role, Weight: weight, SetIdentifier: id }: ResourceRecordSet): Routing {
  if (weight !== undefined) return { policy: "weighted", weight };
  if (role !== undefined) return { policy: "failover", role };
  return id === undefined ? { policy: "simple" } : { policy: "other" };
}

const KINDS: { readonly [type: string]: HealthCheck["kind"] } = {
  CALCULATED: "calculated",
  CLOUDWATCH_METRIC: "metric",
  RECOVERY_CONTROL: "switch",
};

const NO_DATA = { Healthy: "healthy", Unhealthy: "unhealthy", LastKnownStatus: "last-known" } as const;

/** A health check of the API, without what it measures. */
export function healthCheckOf(id: string, config: HealthCheckConfig): HealthCheck {
  const { ChildHealthChecks: children, HealthThreshold: threshold, InsufficientDataHealthStatus: status } = config;
  return defined({
    id,
    kind: KINDS[config.Type ?? ""] ?? "endpoint",
    inverted: config.Inverted ?? false,
    disabled: config.Disabled ?? false,
    noData: status === undefined ? undefined : NO_DATA[status],
    children,
    threshold,
  });
}

/** Most checkers that may find an endpoint unreachable while it is healthy: more than this share must reach it. */
const HEALTHY_SHARE = 0.18;

/** What the checkers of a health check report, put together; undefined when they report nothing. */
export function measuredBy(observations: readonly HealthCheckObservation[]): Measured | undefined {
  const states = observations.flatMap(({ StatusReport: report }) => report?.Status ?? []);
  if (states.length === 0) return undefined;
  const healthy = states.filter((state) => /^success\b/i.test(state)).length;
  return healthy / states.length > HEALTHY_SHARE ? "healthy" : "unhealthy";
}

/** The id of a public zone with exactly this name. */
export function idOfZone(zone: HostedZone, name: string): readonly string[] {
  const isMeant = dnsName(zone.Name ?? "") === name && zone.Config?.PrivateZone !== true;
  return isMeant ? [(zone.Id ?? "").replace(/^\/hostedzone\//, "")] : [];
}
