import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity.js";
import { Zone as HostedZone } from "@pulumi/aws/route53/zone.js";
import type * as pulumi from "@pulumi/pulumi";
import type { DnsName, DnsProber } from "../../model/config.ts";
import { SIDES, type Side } from "../../model/side.ts";
import { AlertTopic } from "./alert-topic.ts";
import type { Topics, Signals } from "./build-signals.ts";
import { bySide, type Building, type BySide } from "./building.ts";
import { ContextTable } from "./context-table.ts";
import { EncryptedLog } from "./encrypted-log.ts";
import { EncryptionKey } from "./encryption-key.ts";
import { EventIntake } from "./event-intake.ts";
import { FailoverName } from "./failover-name.ts";
import { OrgSecret } from "./org-secret.ts";
import { probedAddress } from "./pair-places.ts";
import { Prober } from "./prober.ts";

/** The zone that the names are in; name servers only where it is ours to create. */
export interface StackZone {
  readonly id: pulumi.Input<string>;
  readonly nameServers?: pulumi.Output<string[]>;
}

/** The existing zone, or a new one that outlives the stack while it is protected. */
export function buildZone({ dns, settings, tags, provider }: Building): StackZone {
  if ("id" in dns.zone) return { id: dns.zone.id };
  const zone = new HostedZone(
    dns.zone.name,
    { name: dns.zone.name, comment: "Names that fail over (lockstep)", tags: { ...tags } },
    { provider, protect: settings.protect, retainOnDelete: settings.protect },
  );
  return { id: zone.zoneId, nameServers: zone.nameServers };
}

/** A key for logs and alerts in each of the regions. */
export function buildKeys(
  { tags, provider }: Building,
  regions: readonly string[],
): ReadonlyMap<string, EncryptionKey> {
  const { accountId } = getCallerIdentityOutput({}, { provider });
  return new Map(
    regions.map((region) => [region, new EncryptionKey(`key-${region}`, { region, accountId, tags }, { provider })]),
  );
}

/** A topic in each region that has alarms. */
export function buildTopics(
  { dns, tags, provider }: Building,
  keys: ReadonlyMap<string, EncryptionKey>,
): ReadonlyMap<string, AlertTopic> {
  const { subscriptions } = dns.alerts;
  return new Map(
    [...keys].map(([region, { arn: keyArn }]) => {
      return [region, new AlertTopic(`alerts-${region}`, { region, keyArn, subscriptions, tags }, { provider })];
    }),
  );
}

/** The log of prober and controllers. */
export function buildLog({ dns, places, tags, provider }: Building, keyArn: pulumi.Input<string>): EncryptedLog {
  return new EncryptedLog("state", { region: places.region, keyArn, days: dns.alerts.logDays, tags }, { provider });
}

/** The place for the OAuth client of each organisation. */
export function buildSecrets({ places, settings, tags, provider }: Building): BySide<OrgSecret> {
  const { rotationFunction, rotationDays, protect } = settings;
  const { region, replicaRegion } = places;
  return bySide(
    (side) =>
      new OrgSecret(
        `prober-${side}`,
        {
          ...{ side, region, rotationDays, protect, tags },
          ...(replicaRegion === undefined ? {} : { replicaRegion }),
          ...(rotationFunction === undefined ? {} : { rotationFunction }),
        },
        { provider },
      ),
  );
}

/** The prober with what it needs: secrets to log in with, a log, and a topic for its silence. */
export function buildProber(
  { dns, pair, places, orgs, tags, provider }: Building,
  settings: DnsProber,
  parts: {
    readonly secrets: BySide<OrgSecret>;
    readonly log: EncryptedLog;
    readonly topicArn: pulumi.Input<string>;
    readonly code: pulumi.asset.Archive;
  },
): Prober {
  const sides = bySide((side) => ({
    ...probedAddress(orgs[side]),
    secretArn: parts.secrets[side].arn,
    trunks: settings.trunks[side],
  }));
  const { logName, arn: logArn } = parts.log;
  const own = dns.signals.filter((signal) => signal.type === "metric" && signal.metric === undefined);
  const unsignalled = SIDES.filter((side) => !own.some((signal) => signal.side === side));
  return new Prober(
    "prober",
    {
      ...{ pair, region: places.region, settings, sides, code: parts.code },
      ...{ logName, logArn, topicArn: parts.topicArn, unsignalled, tags },
    },
    { provider },
  );
}

/** The names, each under its name and record type. */
export function buildNames(
  { dns, provider }: Building,
  zoneId: pulumi.Input<string>,
  signals: Signals,
): { readonly [key: string]: FailoverName } {
  const check = (name: DnsName, side: Side) => {
    const id = signals.get(name.health[side] ?? "")?.healthCheckId;
    return id === undefined ? {} : { [side]: id };
  };
  return Object.fromEntries(
    dns.names.map((name) => {
      const key = `${name.name} ${name.type}`;
      const health = { ...check(name, "primary"), ...check(name, "standby") };
      return [key, new FailoverName(key, { zoneId, name, health }, { provider })];
    }),
  );
}

/** Context of callers. */
export function buildTable({ places, settings, tags, provider }: Building): ContextTable {
  const { region, replicaRegion } = places;
  const replica = replicaRegion === undefined ? {} : { replicaRegion };
  return new ContextTable("context", { region, ...replica, protect: settings.protect, tags }, { provider });
}

/** Where events of each organisation arrive. */
export function buildIntakes({ places, settings, tags, provider }: Building): BySide<EventIntake> {
  const { eventSources, eventConsumer: consumer, eventConsumerRole: consumerRole } = settings;
  return bySide((side) => {
    const source = eventSources[side];
    return new EventIntake(
      `events-${side}`,
      {
        ...{ side, region: places.region, tags },
        ...(source === undefined ? {} : { source }),
        ...(consumer === undefined ? {} : { consumer }),
        ...(consumerRole === undefined ? {} : { consumerRole }),
      },
      { provider },
    );
  });
}

/** ARNs by region. */
export function arnsOf(topics: ReadonlyMap<string, AlertTopic>): Topics {
  return new Map([...topics].map(([region, { arn }]) => [region, arn]));
}
