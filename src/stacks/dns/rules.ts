import type { Dns, DnsProber } from "../../model/config.ts";
import { LockstepError } from "../../model/error.ts";
import { failingPassMs, fitsItsMinute, RUN_EVERY_MS } from "../../prober/schedule.ts";
import { nameRefusals } from "./name-rules.ts";
import { limitsOf } from "./probe-limits.ts";
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
  const hint = more === "" ? first.hint : `${first.hint} Then also: ${more}.`;
  throw new LockstepError(first.code, first.message, hint, { file, path: first.path });
}

function proberRefusals(dns: Dns, { primaryRegion, region }: PairFacts): Refusal[] {
  if (dns.prober === undefined) return [];
  const found: Refusal[] = [];
  if (primaryRegion !== undefined && primaryRegion === region)
    found.push(
      refusal(
        "prober-beside-primary",
        ["region"],
        `The prober would run in ${region}, where the primary runs: one outage takes both`,
        "Set dns.region to another AWS region.",
      ),
    );
  return [...found, ...scheduleRefusals(dns.prober)];
}

/** Passes that do not fit into their minute: by their distance, or by what each takes when nobody answers. */
function scheduleRefusals(prober: DnsProber): Refusal[] {
  const limits = limitsOf(prober);
  if (fitsItsMinute(limits)) return [];
  const { passes, pauseSeconds, timeoutMs } = prober;
  const unfit = "do not fit into the minute between two runs";
  if (passes * limits.passEveryMs > RUN_EVERY_MS)
    return [
      refusal(
        "threshold-out-of-range",
        ["prober", "pauseSeconds"],
        `${passes} passes ${pauseSeconds} s apart ${unfit}`,
        "Choose passes × pauseSeconds of 60 or less.",
      ),
    ];
  return [
    refusal(
      "threshold-out-of-range",
      ["prober", "timeoutMs"],
      `${passes} passes that each wait ${failingPassMs(limits)} ms for a dead organisation (login and API, ${timeoutMs} ms each) ${unfit}`,
      `Set timeoutMs to ${Math.floor((RUN_EVERY_MS / passes) * (timeoutMs / failingPassMs(limits)))} or less, or take fewer passes.`,
    ),
  ];
}
