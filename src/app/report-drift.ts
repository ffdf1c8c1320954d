import type { App } from "../model/app.ts";
import type { Operational } from "../model/config.ts";
import type { DriftReport } from "../model/report.ts";
import { isRuleProblem } from "../model/rule-problem.ts";
import { isAlarming } from "../drift/operational.ts";
import { narrowed } from "./narrowed.ts";
import { withFailoverNames } from "./failover-names.ts";
import { findDrift } from "./find-drift.ts";
import { readSides, type SidePaths } from "./read-sides.ts";

/**
 * Is there anything in the report that somebody has to act on? That is what exit code 2 says.
 * @param alarm `operational.alarm` of the configuration
 */
export function differs(
  { changes, reported = [], operational, findings }: DriftReport,
  alarm: Operational["alarm"],
): boolean {
  return (
    changes.length > 0 ||
    findings.some((finding) => finding.code === "duplicate-key" || isRuleProblem(finding)) ||
    reported.some(({ action }) => action !== "none") ||
    operational.some((state) => isAlarming(state, alarm))
  );
}

/**
 * How the standby differs from what it should be, with the DNS names of the configuration: what `lockstep diff` shows. While
 * the primary cannot be reached, its last good snapshot is used instead; a finding says so. Writes nothing.
 * @param object the one object that is reported, such as `queue/Billing`; all of them unless given
 * @throws GuardError `same-org`; LockstepError of reading and pairing, `unknown-object`
 */
export async function reportDrift(app: App, paths: SidePaths, object?: string): Promise<DriftReport> {
  const { source, target } = await readSides(app, paths);
  const { report, comparison } = await findDrift(app, source, target, { narrowing: paths.narrowing });
  return object === undefined ? withFailoverNames(app, report) : narrowed(report, comparison, object);
}
