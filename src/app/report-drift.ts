import type { App } from "../model/app.ts";
import type { Operational } from "../model/config.ts";
import { splitCoordinate } from "../model/coordinate.ts";
import type { Narrowing } from "../model/narrowing.ts";
import type { DriftReport } from "../model/report.ts";
import { leavesOpen } from "../model/open-findings.ts";
import { isAlarming } from "../drift/operational.ts";
import { KINDS } from "../kinds/index.ts";
import { exactly } from "../pairing/glob.ts";
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
    findings.some(leavesOpen) ||
    reported.some(({ action }) => action !== "none") ||
    operational.some((state) => isAlarming(state, alarm))
  );
}

/**
 * How the standby differs from what it should be, with the DNS names of the configuration: what `lockstep diff` shows. While
 * the primary cannot be reached, its last good snapshot is used instead; a finding says so. Writes nothing.
 * @param object the one object that is read and reported, such as `queue/Billing`; all of them unless given
 * @throws GuardError `same-org`; LockstepError of reading and pairing, `unknown-object`
 */
export async function reportDrift(app: App, paths: SidePaths, object?: string): Promise<DriftReport> {
  const narrowing = paths.narrowing ?? (object === undefined ? undefined : narrowingTo(object));
  const { source, target } = await readSides(app, { ...paths, narrowing });
  const { report, comparison } = await findDrift(app, source, target, { narrowing: paths.narrowing });
  return object === undefined ? withFailoverNames(app, report) : narrowed(report, comparison, object);
}

/** One object; what is derived from others is known only when those are read, so nothing is left out for it. */
function narrowingTo(object: string): Narrowing | undefined {
  const { kind, key } = splitCoordinate(object);
  if (KINDS.get(kind)?.read === undefined) return undefined;
  return { only: [`${kind}/${exactly(key)}`], kinds: [] };
}
