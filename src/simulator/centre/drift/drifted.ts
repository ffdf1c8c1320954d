import { randomFor } from "../random.ts";
import type { SeedStep } from "../types.ts";
import { flowDrift, hoursDrift, tableDrift } from "./architect.ts";
import { contentDrift } from "./content.ts";
import { digitalDrift } from "./digital.ts";
import type { Draft, Drift } from "./draft.ts";
import { groupDrift, switchedOn } from "./groups.ts";
import { integrationDrift } from "./integrations.ts";
import { routingDrift } from "./routing.ts";
import { telephonyDrift } from "./telephony.ts";

const rules = [
  ...routingDrift,
  ...flowDrift,
  ...hoursDrift,
  ...tableDrift,
  ...integrationDrift,
  ...telephonyDrift,
  ...contentDrift,
  ...groupDrift,
  ...digitalDrift,
];

/**
 * A standby that was once in step and has been left alone since: the steps with one drift per rule, each on an object of
 * its own, and the list of what was done. The seed decides which objects drift. Steps of the standby's side go in; what
 * differs rightly between the organisations is not drift and not listed, nor is an emergency group that is switched on.
 * @param options.without the drifts with these numbers are listed and left undone
 */
export function drifted(
  steps: readonly SeedStep[],
  options: { readonly seed: number; readonly without?: ReadonlySet<number> },
): { readonly steps: readonly SeedStep[]; readonly drifts: readonly Drift[] } {
  const start: Pick<Draft, "steps" | "drifts"> = { steps, drifts: [] };
  const { steps: left, drifts } = rules.reduce((draft, { kind, apply }, index) => {
    // A stream for each rule: what one of them leaves undone does not change what the others choose.
    const outcome = apply({ ...draft, random: randomFor(options.seed, `drift ${String(index)}`) });
    if (!outcome) return draft;
    const { steps: changed, ...told } = outcome;
    const drift: Drift = { n: draft.drifts.length + 1, kind, ...told };
    const done = options.without?.has(drift.n) === true ? draft.steps : changed;
    return { steps: done, drifts: [...draft.drifts, drift] };
  }, start);
  return { steps: switchedOn(left, drifts), drifts };
}
