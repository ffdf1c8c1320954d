import type { Dns } from "../../model/config.ts";
import { SIDES, type Side } from "../../model/side.ts";
import { alarmRegion } from "./health-signal.ts";

/** Two signals that together decide about names. */
export interface DecidingPair {
  readonly primary: string;
  readonly standby: string;
  readonly names: readonly string[];
  /** Where each signal's alarm lives. */
  readonly regions: { readonly [side in Side]: string };
}

/** Each pair of signals once, with the names that it decides about. */
export function decidingPairs(dns: Dns, region: string): DecidingPair[] {
  const regionOf = (signal: string): string[] =>
    dns.signals.filter(({ name }) => name === signal).map((known) => alarmRegion(known, region));
  const pairs = new Map<string, DecidingPair>();
  for (const { name, health } of dns.names) {
    const { primary, standby } = health;
    if (primary === undefined || standby === undefined) continue;
    const key = JSON.stringify([primary, standby]);
    const [first, second] = [...regionOf(primary), ...regionOf(standby)];
    if (first === undefined || second === undefined) continue;
    const names = [...(pairs.get(key)?.names ?? []), name];
    pairs.set(key, { primary, standby, names, regions: { primary: first, standby: second } });
  }
  return [...pairs.values()];
}

/** What no alarm of the stack will tell, each as a line for people with what to do about it. */
export function alarmGaps(dns: Dns, region: string): string[] {
  return [...SIDES.filter((side) => !watched(dns, side)).map(unwatchedText), ...neitherGaps(dns, region)];
}

/** The prober raises an alarm about a side that no signal follows. */
function watched({ prober, signals }: Dns, side: Side): boolean {
  return prober !== undefined || signals.some((signal) => signal.side === side);
}

function unwatchedText(side: Side): string {
  return (
    `Nobody watches the ${side}: it has no signal, and there is no prober, so no alarm tells when it fails. ` +
    `In dns, add a signal with \`side: ${side}\`, or \`prober: {}\`.`
  );
}

function neitherGaps(dns: Dns, region: string): string[] {
  return decidingPairs(dns, region)
    .filter(({ regions }) => regions.primary !== regions.standby)
    .map(
      ({ primary, standby, names, regions }) =>
        `No alarm tells when neither side of ${names.join(", ")} is healthy: \`${primary}\` reports in ${regions.primary}, ` +
        `\`${standby}\` in ${regions.standby}, and CloudWatch combines no alarms of two regions. ` +
        "Let both signals follow metrics, or neither.",
    );
}
