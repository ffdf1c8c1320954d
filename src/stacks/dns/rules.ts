import type { Dns } from "../../model/config.ts";
import { LockstepError } from "../../model/error.ts";
import { nameRefusals } from "./name-rules.ts";
import { refusal, type Refusal } from "./refusal.ts";
import { signalRefusals } from "./signal-rules.ts";

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
