/** A number that Prometheus scrapes, with everything that it is measured for. */
export interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type: "gauge" | "counter";
  readonly labels: readonly string[];
  readonly values: () => readonly MetricValue[];
}

/** One value, with what it is measured for. */
interface MetricValue {
  readonly labels: { readonly [name: string]: string };
  readonly value: number;
}
