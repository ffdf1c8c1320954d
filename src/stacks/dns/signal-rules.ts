import type { Dns, DnsSignal } from "../../model/config.ts";
import { dnsName } from "../../model/dns-values.ts";
import { vendorOf } from "./hosts.ts";
import { refusal, type Refusal } from "./refusal.ts";

/** What is wrong with one of the signals. */
export function signalRefusals(signal: DnsSignal, index: number, dns: Dns): Refusal[] {
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
    "Add `prober: {}` to dns, or name the metric of another publisher.",
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
      found.push(refusal("unknown-signal", path, `There is no signal ${child}`, "Add it to dns.signals."));
    if (known?.type === "calculated")
      found.push(
        refusal(
          "nested-calculated",
          path,
          `${signal.name} counts ${child}, which is calculated itself; Route 53 takes no such nesting`,
          "List the signals that it counts instead.",
        ),
      );
    if (known !== undefined && known.side !== signal.side)
      found.push(
        refusal(
          "signal-of-other-side",
          path,
          `${child} tells the health of the ${known.side}, ${signal.name} that of the ${signal.side}`,
          "Count signals of one side.",
        ),
      );
  }
  if (signal.healthyAtLeast < 1 || signal.healthyAtLeast > signal.of.length)
    found.push(
      refusal(
        "threshold-out-of-range",
        [...at, "healthyAtLeast"],
        `${signal.name} needs ${signal.healthyAtLeast} of ${signal.of.length} signals: it would always be ${signal.healthyAtLeast < 1 ? "healthy" : "unhealthy"}`,
        `Choose a number from 1 to ${signal.of.length}.`,
      ),
    );
  return found;
}

type EndpointSignal = Exclude<DnsSignal, { type: "metric" | "calculated" }>;

function endpointRefusals(signal: EndpointSignal, at: readonly string[], dns: Dns): Refusal[] {
  const found: Refusal[] = [];
  const host = dnsName(signal.host);
  if (dns.names.some(({ name }) => dnsName(name) === host))
    found.push(
      refusal(
        "checks-failover-name",
        [...at, "host"],
        `${signal.name} checks ${signal.host}, which is one of the names that it decides about`,
        "Check the target's own name.",
      ),
    );
  if (vendorOf(host) !== undefined && host.startsWith("login."))
    found.push(
      refusal(
        "login-host",
        [...at, "host"],
        `${signal.name} checks the login service, which keeps answering while calls fail`,
        "Use a `metric` signal with the prober.",
      ),
    );
  if (signal.failures < 1 || signal.failures > 10)
    found.push(
      refusal(
        "threshold-out-of-range",
        [...at, "failures"],
        `${signal.name} waits for ${signal.failures} failures`,
        "Choose a number from 1 to 10.",
      ),
    );
  if (signal.regions !== undefined && signal.regions.length < 3)
    found.push(
      refusal(
        "threshold-out-of-range",
        [...at, "regions"],
        `${signal.name} is checked from ${signal.regions.length} regions`,
        "Name at least three regions, or none.",
      ),
    );
  return found;
}
