import { splitCoordinate } from "../model/coordinate.ts";
import { countByKind } from "../model/count-by-kind.ts";
import type { Action, DriftChange, DriftReport, ReportOrg } from "../model/report.ts";
import type { Snapshot } from "../model/snapshot.ts";
import type { Comparison, Difference } from "./compare.ts";

/** The report that all renderers share. */
export function driftReport(
  { source, target }: { readonly source: Snapshot; readonly target: Snapshot },
  comparison: Comparison,
  differences: readonly Difference[],
  { operational, findings }: Pick<DriftReport, "operational" | "findings">,
): DriftReport {
  const changes = differences.map(withoutObjects);
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

function withoutObjects({ current: _, wanted: __, ...change }: Difference): DriftChange {
  return change;
}

function reportOrg({ org, region }: Snapshot): ReportOrg {
  return { id: org.id, name: org.name, region };
}

function countActions(changes: readonly DriftChange[]): { readonly [action in Action]: number } {
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
