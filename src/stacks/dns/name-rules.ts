import { desiredRecords, TTL_BOUND } from "../../dns/desired.ts";
import type { Dns, DnsName } from "../../model/config.ts";
import { dnsName } from "../../model/dns-values.ts";
import { SIDES } from "../../model/side.ts";
import { refusal, type Refusal } from "./refusal.ts";
import { targetRefusals } from "./target-rules.ts";

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

/** `_service._proto.` before the name (RFC 2782). */
const SRV_LABELS = /^_[^.]+\._[^.]+\../;

function placeRefusals(name: DnsName, at: readonly string[], dns: Dns): Refusal[] {
  const [own, zone] = [dnsName(name.name), dnsName(dns.zone.name)];
  const found: Refusal[] = [];
  const beside = dns.names.filter((other) => other !== name && dnsName(other.name) === own);
  if (own !== zone && !own.endsWith(`.${zone}`))
    found.push(
      refusal("name-outside-zone", [...at, "name"], `${name.name} is not in ${zone}`, `Use a name below ${zone}.`),
    );
  if (name.type === "CNAME" && own === zone)
    found.push(
      refusal(
        "apex-cname",
        [...at, "type"],
        `${name.name} is the apex of the zone, which holds NS and SOA records; a CNAME may stand beside nothing`,
        "Use type `alias` or `A`, or a name below the zone.",
      ),
    );
  if (name.type === "CNAME" && beside.some(({ type }) => type !== "CNAME"))
    found.push(
      refusal(
        "cname-beside-others",
        [...at, "type"],
        `${name.name} is a CNAME and has other records`,
        "Give them names of their own.",
      ),
    );
  if (name.type === "SRV" && !SRV_LABELS.test(name.name))
    found.push(
      refusal(
        "srv-labels",
        [...at, "name"],
        `${name.name} is an SRV without service and protocol before its name; nobody asks for such a record`,
        `Name it as SIP clients ask, such as _sips._tcp.${name.name.replace(/^(_[^.]*\.)+/, "")}.`,
      ),
    );
  if (beside.some((other) => recordType(other) === recordType(name) && other.policy !== name.policy))
    found.push(
      refusal(
        "mixed-policies",
        [...at, "policy"],
        `${name.name} is both weighted and failover; Route 53 takes one policy per name and type`,
        "Choose one policy for the name.",
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
  return [refusal("ttl-over-bound", [...at, "ttl"], message, `Set ttl to ${bound} or less, or leave it out.`)];
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
        "Name a signal of dns.signals as health.primary.",
      ),
    );
  for (const side of SIDES) {
    const signal = dns.signals.find(({ name: known }) => known === name.health[side]);
    const path = [...at, "health", side];
    if (name.health[side] !== undefined && signal === undefined)
      found.push(refusal("unknown-signal", path, `There is no signal ${name.health[side]}`, "Add it to dns.signals."));
    if (signal !== undefined && signal.side !== side)
      found.push(
        refusal(
          "signal-of-other-side",
          path,
          `${signal.name} tells the health of the ${signal.side}, not of the ${side}`,
          `Use a signal of the ${side}.`,
        ),
      );
  }
  return found;
}
