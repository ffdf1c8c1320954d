import type { App } from "../model/app.ts";
import type { DriftReport } from "../model/report.ts";
import { withFailoverNames } from "./failover-names.ts";
import { findDrift } from "./find-drift.ts";
import { readSides, type SidePaths } from "./read-sides.ts";
import { differs } from "./report-drift.ts";

/** A drift, and whether its absence would mean anything. */
export interface NightlyDrift {
  readonly report: DriftReport;
  /** `unknown`: nothing was found, but a side was incomplete or an old snapshot stood in for the primary. */
  readonly drift: "some" | "none" | "unknown";
}

/** The drift of everything, for an issue that is closed only when both organisations were compared whole. @throws as `reportDrift` */
export async function nightlyDrift(app: App, paths: SidePaths): Promise<NightlyDrift> {
  const { source, target } = await readSides(app, paths);
  const report = await withFailoverNames(app, (await findDrift(app, source, target)).report);
  const isWhole = source.snapshot.complete && target.snapshot.complete && source.standIn === undefined;
  const isDifferent = differs(report, app.workspace.config.operational.alarm);
  return { report, drift: isDifferent ? "some" : isWhole ? "none" : "unknown" };
}
