import { desiredRecords } from "../../dns/desired.ts";
import type { Dns, DnsName, DnsProber, DnsSignal } from "../../model/config.ts";
import { failingPassMs, slowestDetection } from "../../prober/schedule.ts";
import { limitsOf } from "./probe-limits.ts";

/** One part of the time to switch. */
export interface TimePart {
  readonly what: string;
  readonly seconds: number;
}

/** How long it is expected to take, at most, until everybody who asks is sent to the standby. */
export interface SwitchTime {
  readonly seconds: number;
  readonly parts: readonly TimePart[];
}

/** A health checker waits this long for a connection, the first answer and the body (pulumi §6.2, point 5). */
const CONNECT_SECONDS = 4;
const ANSWER_SECONDS = 2;
const BODY_SECONDS = 2;

/** A CloudWatch period: a standard metric has one value a minute, complete when the minute is over. */
const PERIOD_SECONDS = 60;

/** Until the name servers answer by a new state. Our assumption: AWS gives no figure. */
const ROUTE_53_SECONDS = 10;

/** TTL of what an alias stands for; AWS's load balancers use 60 s. */
const ALIAS_TTL_SECONDS = 60;

const MS_PER_SECOND = 1000;

/** How long a signal takes, at most, to call its side unhealthy after it has failed. */
function detectionParts(signal: DnsSignal, dns: Dns): TimePart[] {
  switch (signal.type) {
    case "metric":
      return [...publisherParts(signal, dns.prober), ...metricParts(signal.periods)];
    case "calculated":
      return slowestNeeded(signal, dns);
    case "tcp":
      return endpointParts(signal.failures, signal.interval, CONNECT_SECONDS);
    case "https":
      return endpointParts(signal.failures, signal.interval, CONNECT_SECONDS + ANSWER_SECONDS);
    case "https-string":
      return endpointParts(signal.failures, signal.interval, CONNECT_SECONDS + ANSWER_SECONDS + BODY_SECONDS);
  }
}

function endpointParts(failures: number, interval: number, waits: number): TimePart[] {
  return [
    { what: `detection: ${failures} failed checks, one each ${interval} s`, seconds: failures * interval },
    { what: "detection: the last check waits for an answer", seconds: waits },
  ];
}

function publisherParts(signal: Extract<DnsSignal, { type: "metric" }>, prober: DnsProber | undefined): TimePart[] {
  // When another publisher speaks is not known here; its metric has a value each minute.
  if (signal.metric !== undefined || prober === undefined)
    return [{ what: "detection: the metric's next value", seconds: PERIOD_SECONDS }];
  const limits = limitsOf(prober);
  const { gapMs, untilLastPassMs } = slowestDetection(limits);
  const passes = limits.failures === 1 ? "1 failed pass" : `${limits.failures} failed passes`;
  return [
    { what: `detection: ${passes}, at most ${inSeconds(gapMs)} s apart`, seconds: inSeconds(untilLastPassMs) },
    { what: "detection: the last pass waits for login and API", seconds: inSeconds(failingPassMs(limits)) },
  ];
}

function inSeconds(ms: number): number {
  return Math.ceil(ms / MS_PER_SECOND);
}

function metricParts(periods: number): TimePart[] {
  const what = periods === 1 ? "evaluation: the minute ends" : `evaluation: ${periods} bad minutes`;
  return [{ what, seconds: periods * PERIOD_SECONDS }];
}

/** When everything fails at once, a composite turns as soon as too few are left: not with the first, nor with the last. */
function slowestNeeded(signal: Extract<DnsSignal, { type: "calculated" }>, dns: Dns): TimePart[] {
  const children = signal.of
    .flatMap((name) => dns.signals.filter((known) => known.name === name && known.type !== "calculated"))
    .map((child) => detectionParts(child, dns))
    .sort((a, b) => total(a) - total(b));
  return children[Math.max(0, children.length - signal.healthyAtLeast)] ?? [];
}

function total(parts: readonly TimePart[]): number {
  return parts.reduce((sum, { seconds }) => sum + seconds, 0);
}

/** Seconds that an answer about a name may be remembered. */
function ttlOf(name: DnsName): number {
  return desiredRecords(name).primary.ttl ?? ALIAS_TTL_SECONDS;
}

/**
 * The time to switch of one name, with its parts, for a primary that fails altogether and clients that keep to the TTL.
 * What is half broken takes as long as it takes to fail the check; a late start of the prober and resolvers that keep
 * answers longer come on top.
 */
export function switchTime(name: DnsName, dns: Dns): SwitchTime {
  const signal = dns.signals.find(({ name: known }) => known === name.health.primary);
  const detection =
    signal === undefined
      ? [{ what: "detection: the alias target's own health, taken as", seconds: PERIOD_SECONDS }]
      : detectionParts(signal, dns);
  const parts = [
    ...detection,
    { what: "evaluation: Route 53's name servers follow (assumed)", seconds: ROUTE_53_SECONDS },
    { what: "TTL: resolvers forget the old answer", seconds: ttlOf(name) },
  ];
  return { seconds: total(parts), parts };
}

/** One line for people: the sum, then its parts. */
export function switchTimeText(name: DnsName, { seconds, parts }: SwitchTime): string {
  return `${name.name} ${name.type}: expected within ${seconds} s = ${parts.map((part) => `${part.seconds} s (${part.what})`).join(" + ")}`;
}
