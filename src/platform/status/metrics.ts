import { Counter, Gauge, Registry } from "prom-client";
import type { Metric } from "../../model/metric.ts";

/** Makes the text of an exposition (prometheus.io, "Exposition formats") from metrics that are measured when they are scraped. */
export function exposition(metrics: readonly Metric[]): { readonly contentType: string; text(): Promise<string> } {
  const registry = new Registry();
  for (const { name, help, type, labels, values } of metrics) {
    const options = { name, help, labelNames: [...labels], registers: [registry] };
    if (type === "gauge") {
      new Gauge({
        ...options,
        collect() {
          this.reset();
          for (const measured of values()) this.set({ ...measured.labels }, measured.value);
        },
      });
    } else {
      new Counter({
        ...options,
        collect() {
          this.reset();
          for (const measured of values()) this.inc({ ...measured.labels }, measured.value);
        },
      });
    }
  }
  return { contentType: registry.contentType, text: () => registry.metrics() };
}
