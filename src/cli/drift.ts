import { join } from "node:path";
import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { LockstepError } from "../model/error.ts";
import type { DriftReport } from "../model/report.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { compare, type Comparison, type Difference } from "../drift/compare.ts";
import { driftReport } from "../drift/report.ts";
import { readBaseline, renamedObjects } from "../importers/baseline.ts";
import { KINDS } from "../kinds/index.ts";
import { pair, type Pairing } from "../topology/pairing/pair.ts";
import { comparedTarget, pairingTarget } from "../topology/pairing/target.ts";
import type { Context } from "./context.ts";
import type { LoadedSide } from "./sides.ts";
import { assertComparable } from "./sides.ts";
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

/** Where the state of this pair of organisations is kept. */
export function baselinePath(workspace: Workspace, sourceId: string, targetId: string): string {
  return join(workspace.directory, ".lockstep", "baseline", `${safe(sourceId)}-${safe(targetId)}.jsonl`);
}

function safe(id: string): string {
  return id.replace(/[^A-Za-z0-9-]/g, "_");
}

/** Pairs the primary with the standby and compares. @throws GuardError `same-org`; LockstepError of pairing */
export async function findDrift(
  context: Context,
  workspace: Workspace,
  source: LoadedSide,
  target: LoadedSide,
): Promise<Drift> {
  assertComparable(source.snapshot, target.snapshot);
  const now = new Date(context.clock.now());
  const pairing = aboutConfig(workspace.file, () =>
    pair(source.snapshot, pairingTarget(target.snapshot), workspace.config, KINDS, now),
  );
  const path = baselinePath(workspace, source.snapshot.org.id, target.snapshot.org.id);
  const baseline = await readBaseline(context.files, path);
  const renamed = renamedObjects(baseline, sourceIds(pairing, source.snapshot), target.snapshot.ids, canRename);
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

/** Errors of pairing are about a rule, or about an object that a rule cannot be applied to: both stand in the configuration. */
function aboutConfig<Result>(file: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof LockstepError) || error.place.file !== undefined) throw error;
    throw new LockstepError(error.code, error.message, error.hint, { ...error.place, file }, error.exit);
  }
}

function sourceIds(pairing: Pairing, source: Snapshot): Map<Coordinate, string> {
  return new Map(
    [...pairing.desired.keys()].flatMap((coordinate) => {
      const id = source.ids.get(pairing.origin.get(coordinate) ?? coordinate);
      return id === undefined ? [] : [[coordinate, id] as const];
    }),
  );
}

function canRename(coordinate: Coordinate): boolean {
  return KINDS.get(splitCoordinate(coordinate).kind)?.write?.rename === "update";
}
