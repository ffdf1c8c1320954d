import type { RequestCounts } from "../../model/api.ts";

/** What one organisation's client sent so far. `total` counts every API request, repeats included; the rest lies outside. */
export interface GenesysCounts extends Sent, Pick<RequestCounts, "waits"> {}

/** The same without what only the rate limiter knows. */
interface Sent extends Omit<RequestCounts, "waits"> {
  /** How many of the requests were repeats. */
  readonly retries: number;
  readonly logins: number;
  /** Uploads and downloads over signed URLs. */
  readonly transfers: number;
}

/** Counts requests. */
export interface Counter {
  request(kind: string, method: string, writes: boolean, repeat: boolean): void;
  login(): void;
  transfer(): void;
  counts(): Sent;
}

/** Creates a counter at zero. */
export function createCounter(): Counter {
  const byKind = new Map<string, number>();
  const byMethod = new Map<string, number>();
  const sums = { total: 0, writes: 0, retries: 0, logins: 0, transfers: 0 };
  return {
    request: (kind, method, writes, repeat) => {
      sums.total += 1;
      if (writes) sums.writes += 1;
      if (repeat) sums.retries += 1;
      byKind.set(kind, (byKind.get(kind) ?? 0) + 1);
      byMethod.set(method, (byMethod.get(method) ?? 0) + 1);
    },
    login: () => {
      sums.logins += 1;
    },
    transfer: () => {
      sums.transfers += 1;
    },
    counts: () => ({ ...sums, byKind: Object.fromEntries(byKind), byMethod: Object.fromEntries(byMethod) }),
  };
}
