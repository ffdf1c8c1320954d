import { isIP } from "node:net";
import type { DnsName } from "../../model/config.ts";
import { dnsName } from "../../model/dns-values.ts";
import { SIDES, type Side } from "../../model/side.ts";
import { vendorOf } from "./hosts.ts";
import { refusal, type Refusal } from "./refusal.ts";

/** Hosts that a client reaches by our name and then asks for a certificate. */
function certifiedHosts(name: DnsName, side: Side): string[] {
  if (name.type === "CNAME") return [name.targets[side].host];
  if (name.type === "alias") return [name.targets[side].name];
  // A SIP client over TLS expects the certificate of the name it asked for, not of the SRV target (RFC 5922).
  if (name.type === "SRV" && dnsName(name.name).startsWith("_sips."))
    return name.targets[side].servers.map(({ host }) => host);
  return [];
}

/** What is wrong with where a name leads. */
export function targetRefusals(name: DnsName, at: readonly string[]): Refusal[] {
  const vendors = SIDES.flatMap((side) =>
    certifiedHosts(name, side)
      .filter((host) => vendorOf(host) !== undefined)
      .map((host) =>
        refusal(
          "vendor-host",
          [...at, "targets", side],
          `${host} answers with a certificate for ${String(vendorOf(host))}, not for ${name.name}: browsers and SIP clients hang up`,
          "Point the name at a host of your own (a loader page, a proxy, an SBC) that holds a certificate for it.",
        ),
      ),
  );
  const same = JSON.stringify(name.targets.primary) === JSON.stringify(name.targets.standby);
  return [
    ...SIDES.flatMap((side) => unusableTargets(name, side, [...at, "targets", side])),
    ...vendors,
    ...(same
      ? [
          refusal(
            "same-target",
            [...at, "targets", "standby"],
            `${name.name} leads to the same place on both sides`,
            "Give the standby a target of its own.",
          ),
        ]
      : []),
    ...(name.policy === "weighted" ? manyValues(name, at) : []),
  ];
}

/** Targets that are no answer: the name itself, and an address where DNS takes names only (RFC 1034 §3.6, RFC 2782). */
function unusableTargets(name: DnsName, side: Side, path: readonly string[]): Refusal[] {
  const hosts = namesBehind(name, side);
  return [
    ...hosts
      .filter((host) => dnsName(host) === dnsName(name.name))
      .map(() =>
        refusal(
          "target-is-itself",
          path,
          `${name.name} leads to itself on the ${side}: it can never be resolved`,
          "Give the target a name of its own.",
        ),
      ),
    ...hosts
      .filter((host) => isIP(dnsName(host)) !== 0)
      .map((host) =>
        refusal(
          "address-as-name",
          path,
          `${host} is an address; a record of type ${name.type} leads to a name, and the address would be looked up as one`,
          name.type === "SRV" ? "Give the server a name with an A record." : "Use type `A` with `addresses`.",
        ),
      ),
  ];
}

/** What a record leads to by name. */
function namesBehind(name: DnsName, side: Side): string[] {
  if (name.type === "CNAME") return [name.targets[side].host];
  if (name.type === "alias") return [name.targets[side].name];
  return name.type === "SRV" ? name.targets[side].servers.map(({ host }) => host) : [];
}

/** A weighted record holds one value: several of one weight would each need a record of their own. */
function manyValues(name: DnsName, at: readonly string[]): Refusal[] {
  return SIDES.filter((side) => countOf(name, side) > 1).map((side) =>
    refusal(
      "weighted-many-values",
      [...at, "targets", side],
      `${name.name} is weighted and has several values for the ${side}; a weighted record has one`,
      "Use policy `failover`, or one value.",
    ),
  );
}

function countOf(name: DnsName, side: Side): number {
  if (name.type === "A") return name.targets[side].addresses.length;
  if (name.type === "SRV") return name.targets[side].servers.length;
  return name.type === "NAPTR" ? name.targets[side].rules.length : 1;
}
