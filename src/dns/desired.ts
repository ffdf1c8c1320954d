import type { DnsName, NaptrRule } from "../model/config.ts";
import type { Alias, DnsRecord, Routing } from "../model/dns.ts";
import { dnsName, dnsValues } from "../model/dns-values.ts";
import type { Side } from "../model/side.ts";

/**
 * Most seconds that an answer may be remembered, by purpose: a longer one keeps people on the dead side (failover §2.2). Also
 * what a name has that does not say.
 */
export const TTL_BOUND: { readonly [purpose in DnsName["purpose"]]: number } = { digital: 30, voice: 60, carrier: 300 };

/** What Route 53 allows one side of a name to be: a record without its health check, whose id only a deployment knows. */
export type DesiredRecord = Omit<DnsRecord, "healthCheckId">;

/** The records that a name of the configuration stands for. */
export function desiredRecords(name: DnsName): { readonly [side in Side]: DesiredRecord } {
  return { primary: desiredRecord(name, "primary"), standby: desiredRecord(name, "standby") };
}

function desiredRecord(name: DnsName, side: Side): DesiredRecord {
  const common = { name: dnsName(name.name), setIdentifier: side, routing: routingOf(name, side) };
  if (name.type === "alias") return { ...common, type: "A", values: [], alias: aliasOf(name.targets[side]) };
  return {
    ...common,
    type: name.type,
    ttl: name.ttl ?? TTL_BOUND[name.purpose],
    values: dnsValues(name.type, valuesOf(name, side)),
  };
}

function aliasOf({ name, zoneId, evaluateTargetHealth }: Alias): Alias {
  return { name: dnsName(name), zoneId, evaluateTargetHealth };
}

function routingOf({ policy }: DnsName, side: Side): Routing {
  if (policy === "weighted") return { policy, weight: side === "primary" ? 100 : 0 };
  return { policy, role: side === "primary" ? "PRIMARY" : "SECONDARY" };
}

/** Values as Route 53 writes them. */
function valuesOf(name: Exclude<DnsName, { type: "alias" }>, side: Side): string[] {
  switch (name.type) {
    case "CNAME":
      return [name.targets[side].host];
    case "A":
      return [...name.targets[side].addresses];
    case "SRV":
      return name.targets[side].servers.map(
        ({ priority, weight, port, host }) => `${priority} ${weight} ${port} ${host}`,
      );
    case "NAPTR":
      return name.targets[side].rules.map(naptrValue);
  }
}

function naptrValue({ order, preference, flags, service, regexp, replacement }: NaptrRule): string {
  return `${order} ${preference} "${flags}" "${service}" "${regexp}" ${replacement}`;
}
