import { Counter, Gauge, Registry } from "prom-client";

/** A number that Prometheus scrapes, with everything that it is measured for. */
export interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type: "gauge" | "counter";
  readonly labels: readonly string[];
  readonly values: () => readonly MetricValue[];
}

/** One value, with what it is measured for. */
export interface MetricValue {
  readonly labels: { readonly [name: string]: string };
  readonly value: number;
}

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
