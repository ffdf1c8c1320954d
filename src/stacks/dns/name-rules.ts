import { desiredRecords, TTL_BOUND } from "../../dns/desired.ts";
import type { Dns, DnsName } from "../../model/config.ts";
import { SIDES } from "../../model/side.ts";
import { lower, vendorOf } from "./hosts.ts";
import { refusal, type Refusal } from "./refusal.ts";

/** What is wrong with one of the names. */
export function nameRefusals(name: DnsName, index: number, dns: Dns): Refusal[] {
  const at = ["names", String(index)];
  return [
    ...placeRefusals(name, at, dns),
    ...ttlRefusals(name, at),
    ...targetRefusals(name, at),
    ...healthRefusals(name, at, dns),
  ];
}

function placeRefusals(name: DnsName, at: readonly string[], dns: Dns): Refusal[] {
  const [own, zone] = [lower(name.name), lower(dns.zone.name)];
  const found: Refusal[] = [];
  const beside = dns.names.filter((other) => other !== name && lower(other.name) === own);
  if (own !== zone && !own.endsWith(`.${zone}`))
    found.push(
      refusal("name-outside-zone", [...at, "name"], `${name.name} does not lie in ${zone}`, `end it in .${zone}`),
    );
  if (name.type === "CNAME" && own === zone)
    found.push(
      refusal(
        "apex-cname",
        [...at, "type"],
        `${name.name} is the apex of the zone, which holds NS and SOA records; a CNAME may stand beside nothing`,
        "use type `alias` or `A`, or a name below the zone",
      ),
    );
  if (name.type === "CNAME" && beside.some(({ type }) => type !== "CNAME"))
    found.push(
      refusal(
        "cname-beside-others",
        [...at, "type"],
        `${name.name} is a CNAME and has other records`,
        "give them names of their own",
      ),
    );
  if (beside.some((other) => recordType(other) === recordType(name) && other.policy !== name.policy))
    found.push(
      refusal(
        "mixed-policies",
        [...at, "policy"],
        `${name.name} is both weighted and failover; Route 53 takes one policy per name and type`,
        "choose one policy for the name",
      ),
    );
  return found;
}

/** The record type that Route 53 stores. */
function recordType(name: DnsName): string {
  return desiredRecords(name).primary.type;
}

function ttlRefusals(name: DnsName, at: readonly string[]): Refusal[] {
  const bound = TTL_BOUND[name.purpose];
  if (name.type === "alias" || name.ttl === undefined || name.ttl <= bound) return [];
  const message = `${name.name} may be remembered for ${name.ttl} s; ${name.purpose} names for ${bound} s at most`;
  return [refusal("ttl-over-bound", [...at, "ttl"], message, `set ttl to ${bound} or less, or leave it out`)];
}

/** Hosts that a client reaches by our name and then asks for a certificate. */
function certifiedHosts(name: DnsName, side: (typeof SIDES)[number]): string[] {
  if (name.type === "CNAME") return [name.targets[side].host];
  if (name.type === "alias") return [name.targets[side].name];
  // A SIP client over TLS expects the certificate of the name it asked for, not of the SRV target (RFC 5922).
  if (name.type === "SRV" && lower(name.name).startsWith("_sips."))
    return name.targets[side].servers.map(({ host }) => host);
  return [];
}

function targetRefusals(name: DnsName, at: readonly string[]): Refusal[] {
  const vendors = SIDES.flatMap((side) =>
    certifiedHosts(name, side)
      .filter((host) => vendorOf(host) !== undefined)
      .map((host) =>
        refusal(
          "vendor-host",
          [...at, "targets", side],
          `${host} answers with a certificate for ${String(vendorOf(host))}, not for ${name.name}: browsers and SIP clients hang up`,
          "point the name at a host of your own (a loader page, a proxy, an SBC) that holds a certificate for it",
        ),
      ),
  );
  const same = JSON.stringify(name.targets.primary) === JSON.stringify(name.targets.standby);
  return [
    ...vendors,
    ...(same
      ? [
          refusal(
            "same-target",
            [...at, "targets", "standby"],
            `${name.name} leads to the same place on both sides`,
            "give the standby a target of its own",
          ),
        ]
      : []),
    ...(name.policy === "weighted" ? manyValues(name, at) : []),
  ];
}

/** A weighted record holds one value: several of one weight would each need a record of their own. */
function manyValues(name: DnsName, at: readonly string[]): Refusal[] {
  return SIDES.filter((side) => countOf(name, side) > 1).map((side) =>
    refusal(
      "weighted-many-values",
      [...at, "targets", side],
      `${name.name} is weighted and has several values for the ${side}; a weighted record has one`,
      "use policy `failover`, or one value",
    ),
  );
}

function countOf(name: DnsName, side: (typeof SIDES)[number]): number {
  if (name.type === "A") return name.targets[side].addresses.length;
  if (name.type === "SRV") return name.targets[side].servers.length;
  return name.type === "NAPTR" ? name.targets[side].rules.length : 1;
}

function healthRefusals(name: DnsName, at: readonly string[], dns: Dns): Refusal[] {
  const found: Refusal[] = [];
  const follows = name.type === "alias" && name.targets.primary.evaluateTargetHealth;
  if (name.health.primary === undefined && !follows)
    found.push(
      refusal(
        "primary-without-health",
        [...at, "health"],
        `${name.name} has no signal for the primary: Route 53 takes a record without a check for healthy, and nothing ever moves`,
        "name a signal of dns.signals as health.primary",
      ),
    );
  for (const side of SIDES) {
    const signal = dns.signals.find(({ name: known }) => known === name.health[side]);
    const path = [...at, "health", side];
    if (name.health[side] !== undefined && signal === undefined)
      found.push(refusal("unknown-signal", path, `there is no signal ${name.health[side]}`, "add it to dns.signals"));
    if (signal !== undefined && signal.side !== side)
      found.push(
        refusal(
          "signal-of-other-side",
          path,
          `${signal.name} tells the health of the ${signal.side}, not of the ${side}`,
          `use a signal with side: ${side}`,
        ),
      );
  }
  return found;
}
