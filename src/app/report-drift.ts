import type { App } from "../model/app.ts";
import type { DriftReport } from "../model/report.ts";
import { withFailoverNames } from "./failover-names.ts";
import { findDrift } from "./find-drift.ts";
import type { SidePaths } from "./make-plan.ts";
import { readSide } from "./read-side.ts";

/**
 * How the standby differs from what it should be, with the DNS names of the configuration: what `lockstep diff` shows. Writes
 * nothing.
 * @throws GuardError `same-org`; LockstepError of reading and pairing
 */
export async function reportDrift(app: App, { from, to }: SidePaths): Promise<DriftReport> {
  const source = await readSide(app, "primary", from);
  const target = await readSide(app, "standby", to);
  const { report } = await findDrift(app, source, target);
  return withFailoverNames(app, report);
}
