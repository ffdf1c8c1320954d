import { randomFor } from "../random.ts";
import type { SeedStep } from "../types.ts";
import { flowDrift, hoursDrift, tableDrift } from "./architect.ts";
import type { Draft, Drift } from "./draft.ts";
import { integrationDrift } from "./integrations.ts";
import { routingDrift } from "./routing.ts";
import { telephonyDrift } from "./telephony.ts";

const rules = [...routingDrift, ...flowDrift, ...hoursDrift, ...tableDrift, ...integrationDrift, ...telephonyDrift];

/**
 * A standby that was once in step and has been left alone since: the steps with one drift per rule, each on an object of
 * its own, and the list of what was done. The seed decides which objects drift. Steps of the standby's side go in; what
 * differs rightly between the organisations is not drift and not listed.
 */
export function drifted(
  steps: readonly SeedStep[],
  options: { readonly seed: number },
): { readonly steps: readonly SeedStep[]; readonly drifts: readonly Drift[] } {
  const random = randomFor(options.seed, "drift");
  const start: Draft = { steps, drifts: [], random };
  const { steps: left, drifts } = rules.reduce((draft, { kind, apply }) => {
    const outcome = apply(draft);
    if (!outcome) return draft;
    const drift: Drift = { n: draft.drifts.length + 1, kind, name: outcome.name, what: outcome.what };
    return { random, steps: outcome.steps, drifts: [...draft.drifts, drift] };
  }, start);
  return { steps: left, drifts };
}
