import type { Alias, DnsRecord, HealthCheck, Measured, Routing, Zone } from "../../src/model/dns.ts";

const ZONE_ID = "ZONE";
export const NAME = "chat.example.com";

/** A record called `id`, with the value `id`. */
export function record(id: string, routing: Routing, rest: Partial<DnsRecord> = {}): DnsRecord {
  return { name: NAME, type: "A", setIdentifier: id, routing, values: [id], ...rest };
}

export const weight = (value: number): Routing => ({ policy: "weighted", weight: value });
export const SIMPLE: Routing = { policy: "simple" };
export const PRIMARY: Routing = { policy: "failover", role: "PRIMARY" };
export const SECONDARY: Routing = { policy: "failover", role: "SECONDARY" };

export const alias = (name: string, evaluateTargetHealth = true, zoneId = ZONE_ID): Partial<DnsRecord> => ({
  values: [],
  alias: { name, zoneId, evaluateTargetHealth } satisfies Alias,
});

export const checked = (healthCheckId: string): Partial<DnsRecord> => ({ healthCheckId });

/** An endpoint check with this measurement, or anything else about it. */
export function check(id: string, measured: Measured, rest: Partial<HealthCheck> = {}): HealthCheck {
  return { id, kind: "endpoint", inverted: false, disabled: false, measured, ...rest };
}

export function calculated(id: string, threshold: number, children: readonly string[]): HealthCheck {
  return { id, kind: "calculated", inverted: false, disabled: false, threshold, children };
}

export function checksOf(checks: readonly HealthCheck[]): ReadonlyMap<string, HealthCheck> {
  return new Map(checks.map((one) => [one.id, one]));
}

export const zone = (...records: readonly DnsRecord[]): Zone => ({ id: ZONE_ID, records });
