import { splitCoordinate } from "../model/coordinate.ts";
import { countByKind } from "../model/count-by-kind.ts";
import { defined } from "../model/defined.ts";
import type { Kind } from "../model/kind.ts";
import type { Operation, Plan } from "../model/plan.ts";
import type { DriftChange, DriftReport, PlanReport } from "../model/report.ts";
import type { Finding } from "../model/snapshot.ts";
import { changeDetails } from "./details.ts";
import { countActions } from "./report.ts";

/** A plan as the report that all renderers share: its operations are the changes, in their order. Values are as in the plan. */
export function planAsReport(kinds: ReadonlyMap<string, Kind>, plan: Plan): PlanReport {
  const changes = plan.operations.map((operation) => changeOf(kinds, operation));
  const { sha256, tool, sourceTakenAt, prune, stack, undoes, blocked, guards } = plan;
  const isBlocked = ({ code, coordinate }: Finding): boolean =>
    TOLD_AS_BLOCKED.has(code) && blocked.some((one) => one.code === code && one.coordinate === coordinate);
  return {
    schemaVersion: 1,
    plan: { sha256, tool, sourceTakenAt, prune, ...defined({ stack, undoes }), blocked, guards },
    source: { id: plan.source.orgId, name: plan.source.name, region: "" },
    target: { id: plan.target.orgId, name: plan.target.name, region: "" },
    summary: countActions(changes),
    kinds: countKinds(plan),
    changes,
    derived: [],
    operational: [],
    // What cannot be done is told as such, and once.
    findings: plan.findings.filter((finding) => !isBlocked(finding)),
  };
}

/** Findings that keep the whole object from being written: the reason says all that they say. */
const TOLD_AS_BLOCKED: ReadonlySet<string> = new Set([
  "platform-keeps-value",
  "duplicate-key",
  "names-exchanged",
  "lock-table-name",
]);

function changeOf(kinds: ReadonlyMap<string, Kind>, operation: Operation): DriftChange {
  const { coordinate, action, from, wave, phase, edits, before, after } = operation;
  return {
    coordinate,
    action: action === "restore" ? "update" : action,
    edits,
    ...defined({ from }),
    ...changeDetails(kinds.get(splitCoordinate(coordinate).kind), { before, after }, edits),
    wave,
    ...(phase === 2 ? { pass: 2 as const } : {}),
    ...(action === "restore" ? { restores: true as const } : {}),
  };
}

/** An object of two operations is one object. */
function countKinds({ operations, equal }: Plan): DriftReport["kinds"] {
  const changed = new Set(operations.map(({ coordinate }) => coordinate));
  const compared = countByKind(new Set([...Object.keys(equal), ...changed]));
  const counts = countByKind(changed);
  return Object.fromEntries(
    [...compared].sort().map(([kind, count]) => [kind, { compared: count, changed: counts.get(kind) ?? 0 }]),
  );
}
