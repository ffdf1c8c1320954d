import { relinkObject } from "../canonical/relink.ts";
import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { defined } from "../model/defined.ts";
import { countByKind } from "../model/count-by-kind.ts";
import type { Action, DriftChange, DriftReport, ReportOrg, SnapshotPlace } from "../model/report.ts";
import type { Snapshot } from "../model/snapshot.ts";
import type { Comparison, Difference } from "./compare.ts";
import { changeDetails } from "./details.ts";

/** What a report has besides the differences. */
export interface ReportParts extends Pick<DriftReport, "operational" | "findings"> {
  /** Where a change is in the snapshots. */
  readonly placeOf: (change: DriftChange) => SnapshotPlace | undefined;
}

/** The report that all renderers share. */
export function driftReport(
  { source, target }: { readonly source: Snapshot; readonly target: Snapshot },
  comparison: Comparison,
  differences: readonly Difference[],
  { operational, findings, placeOf }: ReportParts,
): DriftReport {
  const moved = new Map([...comparison.renamed].map(([after, before]) => [before, after]));
  const changes = differences.map((difference) => {
    const change = changeOf(comparison.kinds, difference, moved);
    return { ...change, ...defined({ at: placeOf(change) }) };
  });
  const isDerived = (change: DriftChange): boolean =>
    comparison.kinds.get(splitCoordinate(change.coordinate).kind)?.mode === "derived";
  const repairable = changes.filter((change) => !isDerived(change));
  return {
    schemaVersion: 1,
    source: reportOrg(source),
    target: reportOrg(target),
    summary: countActions(repairable),
    kinds: countKinds(comparison, changes),
    changes: repairable,
    derived: changes.filter(isDerived),
    operational,
    findings: [...findings].sort((a, b) =>
      `${a.coordinate}${a.path ?? ""}` < `${b.coordinate}${b.path ?? ""}` ? -1 : 1,
    ),
  };
}

/** @param moved coordinate in the standby → the one that it is going to have: no reference to such an object differs */
function changeOf(
  kinds: Comparison["kinds"],
  { current, wanted, ...change }: Difference,
  moved: ReadonlyMap<Coordinate, Coordinate>,
): DriftChange {
  const kind = kinds.get(splitCoordinate(change.coordinate).kind);
  const isMoved = kind !== undefined && current !== undefined && moved.size > 0;
  const before = isMoved ? relinkObject(kind, current, (at) => moved.get(at) ?? at) : current;
  return { ...change, ...changeDetails(kind, { before, after: wanted }, change.edits) };
}

function reportOrg({ org, region }: Snapshot): ReportOrg {
  return { id: org.id, name: org.name, region };
}

/** How many changes there are of each action. */
export function countActions(changes: readonly DriftChange[]): { readonly [action in Action]: number } {
  const count = (action: Action): number => changes.filter((change) => change.action === action).length;
  return { create: count("create"), update: count("update"), delete: count("delete"), rename: count("rename") };
}

function countKinds(comparison: Comparison, changes: readonly DriftChange[]): DriftReport["kinds"] {
  const changed = countByKind(changes.map((change) => change.coordinate));
  const compared = countByKind(new Set([...comparison.desired.keys(), ...comparison.current.keys()]));
  return Object.fromEntries(
    [...compared].sort().map(([kind, count]) => [kind, { compared: count, changed: changed.get(kind) ?? 0 }]),
  );
}
