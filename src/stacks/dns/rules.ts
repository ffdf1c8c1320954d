import { desiredRecords, SIDES, TTL_BOUND } from "../../dns/desired.ts";
import type { Dns, DnsName, DnsSignal } from "../../model/config.ts";
import { LockstepError } from "../../model/error.ts";
import { formatPointer } from "../../model/pointer.ts";
import { regions } from "../../platform/genesys/regions.ts";

/** Something that cannot work, or would not do what it looks like. */
export interface Refusal {
  readonly code: string;
  /** RFC 6901 pointer into `lockstep.yaml`. */
  readonly path: string;
  readonly message: string;
  readonly hint: string;
}

/** Facts about the pair that the `dns` section does not hold. */
export interface PairFacts {
  /** AWS region that the primary runs in, where it is known. */
  readonly primaryRegion: string | undefined;
  /** AWS region of prober and alarms. */
  readonly region: string;
}

/** Every refusal, in the order of the file. An empty list means that the stack can be built. */
export function refusals(dns: Dns, facts: PairFacts): Refusal[] {
  return [
    ...dns.names.flatMap((name, index) => nameRefusals(name, index, dns)),
    ...dns.signals.flatMap((signal, index) => signalRefusals(signal, index, dns)),
    ...proberRefusals(dns, facts),
  ];
}

/**
 * Stops what cannot work before anything is registered.
 * @throws LockstepError with the code of the first refusal; its hint names the others
 */
export function assertBuildable(dns: Dns, facts: PairFacts, file: string): void {
  const [first, ...others] = refusals(dns, facts);
  if (first === undefined) return;
  const more = others.map(({ path, message }) => `${path}: ${message}`).join("; ");
  const hint = more === "" ? first.hint : `${first.hint}. Then also: ${more}`;
  throw new LockstepError(first.code, first.message, hint, { file, path: first.path });
}

function refusal(code: string, at: readonly string[], message: string, hint: string): Refusal {
  return { code, path: formatPointer(["dns", ...at]), message, hint };
}

function nameRefusals(name: DnsName, index: number, dns: Dns): Refusal[] {
  const at = ["names", String(index)];
  return [
    ...placeRefusals(name, at, dns),
    ...ttlRefusals(name, at),
    ...targetRefusals(name, at),
    ...healthRefusals(name, at, dns),
  ];
}

const lower = (text: string): string => text.toLowerCase();

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

/** The region of Genesys Cloud that a host belongs to. */
function vendorOf(host: string): string | undefined {
  return Object.values(regions).find((vendor) => lower(host) === vendor || lower(host).endsWith(`.${vendor}`));
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

function signalRefusals(signal: DnsSignal, index: number, dns: Dns): Refusal[] {
  const at = ["signals", String(index)];
  if (signal.type === "metric")
    return signal.metric === undefined && dns.prober === undefined ? [noPublisher(signal, at)] : [];
  if (signal.type === "calculated") return calculatedRefusals(signal, at, dns);
  return endpointRefusals(signal, at, dns);
}

function noPublisher(signal: DnsSignal, at: readonly string[]): Refusal {
  return refusal(
    "metric-without-publisher",
    at,
    `${signal.name} follows a metric that nobody publishes`,
    "add `prober: {}` to dns, or name the metric of another publisher",
  );
}

function calculatedRefusals(
  signal: Extract<DnsSignal, { type: "calculated" }>,
  at: readonly string[],
  dns: Dns,
): Refusal[] {
  const found: Refusal[] = [];
  for (const [index, child] of signal.of.entries()) {
    const known = dns.signals.find(({ name }) => name === child);
    const path = [...at, "of", String(index)];
    if (known === undefined)
      found.push(refusal("unknown-signal", path, `there is no signal ${child}`, "add it to dns.signals"));
    if (known?.type === "calculated")
      found.push(
        refusal(
          "nested-calculated",
          path,
          `${signal.name} counts ${child}, which is calculated itself; Route 53 takes no such nesting`,
          "list the signals that it counts instead",
        ),
      );
    if (known !== undefined && known.side !== signal.side)
      found.push(
        refusal(
          "signal-of-other-side",
          path,
          `${child} tells the health of the ${known.side}, ${signal.name} that of the ${signal.side}`,
          "count signals of one side",
        ),
      );
  }
  if (signal.healthyAtLeast < 1 || signal.healthyAtLeast > signal.of.length)
    found.push(
      refusal(
        "threshold-out-of-range",
        [...at, "healthyAtLeast"],
        `${signal.name} needs ${signal.healthyAtLeast} of ${signal.of.length} signals: it would always be ${signal.healthyAtLeast < 1 ? "healthy" : "unhealthy"}`,
        `choose a number from 1 to ${signal.of.length}`,
      ),
    );
  return found;
}

type EndpointSignal = Exclude<DnsSignal, { type: "metric" | "calculated" }>;

function endpointRefusals(signal: EndpointSignal, at: readonly string[], dns: Dns): Refusal[] {
  const found: Refusal[] = [];
  const host = lower(signal.host);
  if (dns.names.some(({ name }) => lower(name) === host))
    found.push(
      refusal(
        "checks-failover-name",
        [...at, "host"],
        `${signal.name} checks ${signal.host}, which is one of the names that it decides about`,
        "check the target's own name",
      ),
    );
  if (vendorOf(host) !== undefined && host.startsWith("login."))
    found.push(
      refusal(
        "login-host",
        [...at, "host"],
        `${signal.name} checks the login service, which keeps answering while calls fail`,
        "use a `metric` signal with the prober",
      ),
    );
  if (signal.failures < 1 || signal.failures > 10)
    found.push(
      refusal(
        "threshold-out-of-range",
        [...at, "failures"],
        `${signal.name} waits for ${signal.failures} failures`,
        "choose a number from 1 to 10",
      ),
    );
  if (signal.regions !== undefined && signal.regions.length < 3)
    found.push(
      refusal(
        "threshold-out-of-range",
        [...at, "regions"],
        `${signal.name} is checked from ${signal.regions.length} regions`,
        "name at least three regions, or none",
      ),
    );
  return found;
}

const SECONDS_OF_A_RUN = 60;

function proberRefusals(dns: Dns, { primaryRegion, region }: PairFacts): Refusal[] {
  if (dns.prober === undefined) return [];
  const found: Refusal[] = [];
  if (primaryRegion !== undefined && primaryRegion === region)
    found.push(
      refusal(
        "prober-beside-primary",
        ["region"],
        `the prober would run in ${region}, where the primary runs: one outage takes both`,
        "set dns.region to another AWS region",
      ),
    );
  const { passes, pauseSeconds } = dns.prober;
  if (passes * pauseSeconds > SECONDS_OF_A_RUN)
    found.push(
      refusal(
        "threshold-out-of-range",
        ["prober", "pauseSeconds"],
        `${passes} passes ${pauseSeconds} s apart do not fit into the minute between two runs`,
        "choose passes × pauseSeconds of 60 or less",
      ),
    );
  return found;
}
