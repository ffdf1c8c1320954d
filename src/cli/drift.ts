import type { DriftReport } from "../model/report.ts";
import type { Side } from "../model/side.ts";
import { compare, type Comparison, type Difference } from "../drift/compare.ts";
import { driftReport } from "../drift/report.ts";
import { pairSides } from "../importers/pair-sides.ts";
import { KINDS } from "../kinds/index.ts";
import type { Pairing } from "../pairing/pair.ts";
import type { PairingRules } from "../pairing/rules.ts";
import { comparedTarget, pairingTarget } from "../pairing/target.ts";
import type { Context } from "./context.ts";
import type { LoadedSide } from "./sides.ts";
import type { Workspace } from "./workspace.ts";

/** Everything known about how the standby differs from what it should be. */
export interface Drift {
  readonly source: LoadedSide;
  readonly target: LoadedSide;
  readonly pairing: Pairing;
  readonly comparison: Comparison;
  readonly differences: readonly Difference[];
  readonly report: DriftReport;
}

/** Which organisation is compared, and the rules of pairing with their place in the configuration. */
export interface PlacedRules {
  readonly side: Side;
  readonly rules: PairingRules;
  readonly placeOf?: (pointer: string) => string;
}

/**
 * Pairs the source with the target and compares.
 * @param placed by default the rules of the standby
 * @throws GuardError `same-org`; LockstepError of pairing
 */
export async function findDrift(
  context: Context,
  workspace: Workspace,
  source: LoadedSide,
  target: LoadedSide,
  placed: PlacedRules = { side: "standby", rules: workspace.config },
): Promise<Drift> {
  const { org, ids } = target.snapshot;
  const { pairing, renamed } = await pairSides({
    source: source.snapshot,
    target: { orgId: org.id, ids, pairing: pairingTarget(target.snapshot) },
    ...placed,
    healthEntry: workspace.config.orgs[placed.side].healthEntry,
    kinds: KINDS,
    now: new Date(context.clock.now()),
    files: context.files,
    config: workspace,
  });
  const comparison: Comparison = {
    kinds: KINDS,
    desired: pairing.desired,
    current: comparedTarget(target.snapshot, pairing, KINDS),
    ignored: pairing.ignored,
    renamed,
  };
  const differences = compare(comparison);
  const findings = [
    ...(source.standIn === undefined ? [] : [{ code: "source-stand-in", coordinate: "", message: source.standIn }]),
    ...source.snapshot.findings,
    ...pairing.findings,
  ];
  const report = driftReport(source.snapshot, target.snapshot, comparison, differences, findings);
  return { source, target, pairing, comparison, differences, report };
}
