import type { Dns } from "../model/config.ts";
import type { DnsRecord, HealthCheck, Zone } from "../model/dns.ts";
import { dnsName } from "../model/dns-values.ts";
import { LockstepError } from "../model/error.ts";
import type { NameService } from "../model/ports.ts";
import { desiredRecords } from "./desired.ts";

/** What Route 53 has for the names of a configuration. */
export interface NamesRead {
  readonly zone: Zone;
  /** Health checks of the records, and those that they are calculated from. */
  readonly checks: ReadonlyMap<string, HealthCheck>;
  /** Ids of health checks that records name and that do not exist. */
  readonly gone: ReadonlySet<string>;
  /** Why health checks could not be read; then `checks` does not hold all of them. */
  readonly unread?: LockstepError;
}

/**
 * Reads the names of a configuration from Route 53: their records, those that aliases lead to inside the zone, and their
 * health checks. One request after the other, because an account is allowed five per second.
 * @throws LockstepError `dns-zone-missing`, `dns-zone-ambiguous`, `dns-unreadable`
 */
export async function readNames(service: NameService, dns: Dns): Promise<NamesRead> {
  const id = await zoneId(service, dns.zone);
  const records = await readRecords(service, id, new Set(dns.names.map((name) => desiredRecords(name).primary.name)));
  return { zone: { id, records }, ...(await readChecks(service, records)) };
}

async function zoneId(service: NameService, { id, name }: Dns["zone"]): Promise<string> {
  if (id !== undefined) return id;
  const [first, ...more] = await service.zones(dnsName(name));
  if (first === undefined) {
    const hint = "Deploy the `dns` stack, or give the id of the zone in dns.zone.id.";
    throw new LockstepError("dns-zone-missing", `Route 53 has no public zone ${name}`, hint, { path: "/dns/zone" });
  }
  if (more.length === 0) return first;
  const message = `Route 53 has ${String(more.length + 1)} public zones ${name}: ${[first, ...more].join(", ")}`;
  throw new LockstepError("dns-zone-ambiguous", message, "Give the id of the right one in dns.zone.id.", {
    path: "/dns/zone",
  });
}

/** The set grows while it is gone through: by the names that aliases lead to. */
async function readRecords(service: NameService, id: string, names: Set<string>): Promise<DnsRecord[]> {
  const records: DnsRecord[] = [];
  for (const name of names) {
    const found = await service.records(id, name);
    records.push(...found);
    for (const { alias } of found) if (alias?.zoneId === id) names.add(alias.name);
  }
  return records;
}

async function readChecks(service: NameService, records: readonly DnsRecord[]): Promise<Omit<NamesRead, "zone">> {
  const checks = new Map<string, HealthCheck>();
  const gone = new Set<string>();
  const ids = new Set(records.flatMap(({ healthCheckId }) => (healthCheckId === undefined ? [] : [healthCheckId])));
  try {
    for (const id of ids) {
      const check = await service.healthCheck(id);
      if (check === undefined) gone.add(id);
      else checks.set(id, check);
      for (const child of check?.children ?? []) ids.add(child);
    }
    return { checks, gone };
  } catch (error) {
    if (!(error instanceof LockstepError) || error.code === "interrupted") throw error;
    return { checks, gone, unread: error };
  }
}
