import type { DnsRecord, Zone } from "../model/dns.ts";
import { isHealthy, type Checks } from "./health.ts";

/** What Route 53 knows when it answers. */
export interface Health {
  readonly checks: Checks;
  /** AWS resources behind aliases, by name, as far as they are not healthy; what is not named is healthy. */
  readonly sick: ReadonlySet<string>;
}

/** One possible answer. */
export interface DnsAnswer {
  /**
   * The record whose values are returned. An alias of a resource outside the zone stands for itself, and so does one that
   * leads to no record of the zone, for which Route 53 has no values.
   */
  readonly record: DnsRecord;
  /** Share of the queries that get it, above 0 and up to 1; the shares of all answers add up to 1. */
  readonly share: number;
}

/**
 * What Route 53 answers when it is asked for a name and type: every record that can be returned, with its share
 * (health-checks-how-route-53-chooses-records.md, dns-failover-types.md, dns-failover-complex-configs.md). Empty when the
 * zone has no such record; undefined when the answer depends on who asks.
 */
export function answersFor(zone: Zone, health: Health, name: string, type: string): readonly DnsAnswer[] | undefined {
  const shares = new Map<DnsRecord, number>();
  const isPredictable = spread({ zone, health, above: [] }, groupOf(zone, name, type), 1, shares);
  if (!isPredictable) return undefined;
  return zone.records.flatMap((record) => {
    const share = shares.get(record) ?? 0;
    return share > 0 ? [{ record, share }] : [];
  });
}

/** A walk down the tree of aliases. */
interface Walk {
  readonly zone: Zone;
  readonly health: Health;
  /** Aliases that led here: an alias that leads back to itself is followed once. */
  readonly above: readonly DnsRecord[];
}

/** Gives a share to the records that answer for a group. @returns false when that cannot be told */
function spread(walk: Walk, group: readonly DnsRecord[], share: number, shares: Map<DnsRecord, number>): boolean {
  if (group.some(({ routing }) => routing.policy === "other")) return false;
  const healthy = group.filter((record) => isRecordHealthy(walk, record));
  const chosen = choose(healthy.length === 0 ? group : healthy);
  return chosen.every(({ record, part }) => {
    const target = targetOf(walk, record);
    if (target.length > 0) return spread(below(walk, record), target, share * part, shares);
    shares.set(record, (shares.get(record) ?? 0) + share * part);
    return true;
  });
}

interface Choice {
  readonly record: DnsRecord;
  readonly part: number;
}

/** How the routing policy divides queries among records that may answer. */
function choose(records: readonly DnsRecord[]): Choice[] {
  const primary = records.find(({ routing }) => routing.policy === "failover" && routing.role === "PRIMARY");
  if (primary !== undefined) return [{ record: primary, part: 1 }];
  const total = records.reduce((sum, record) => sum + weightOf(record), 0);
  return records.flatMap((record) => {
    const part = total === 0 ? 1 / records.length : weightOf(record) / total;
    return part > 0 ? [{ record, part }] : [];
  });
}

function weightOf({ routing }: DnsRecord): number {
  return routing.policy === "weighted" ? routing.weight : 0;
}

/** A record is healthy when its check is, and, where it is an alias that evaluates its target, when the target is. */
function isRecordHealthy(walk: Walk, record: DnsRecord): boolean {
  const { healthCheckId, alias } = record;
  if (healthCheckId !== undefined && !isHealthy(healthCheckId, walk.health.checks)) return false;
  if (alias?.evaluateTargetHealth !== true) return true;
  if (alias.zoneId !== walk.zone.id) return !walk.health.sick.has(alias.name);
  return targetOf(walk, record).some((target) => isRecordHealthy(below(walk, record), target));
}

function below(walk: Walk, record: DnsRecord): Walk {
  return { ...walk, above: [...walk.above, record] };
}

/** The records that an alias leads to inside the zone. */
function targetOf({ zone, above }: Walk, record: DnsRecord): readonly DnsRecord[] {
  const { alias, type } = record;
  if (alias === undefined || alias.zoneId !== zone.id || above.includes(record)) return [];
  return groupOf(zone, alias.name, type);
}

function groupOf(zone: Zone, name: string, type: string): readonly DnsRecord[] {
  return zone.records.filter((record) => record.name === name && record.type === type);
}
