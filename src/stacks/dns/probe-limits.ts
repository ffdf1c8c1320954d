import type { DnsProber } from "../../model/config.ts";
import type { ProbeLimits } from "../../prober/settings.ts";

const MS_PER_SECOND = 1000;

/** The figures of the section, in the units that the prober works with. */
export function limitsOf(settings: DnsProber): ProbeLimits {
  return {
    ...{ latencyMs: settings.slowMs, timeoutMs: settings.timeoutMs, failures: settings.failures },
    ...{ recoveries: settings.recoveries, passes: settings.passes, passEveryMs: settings.pauseSeconds * MS_PER_SECOND },
  };
}
