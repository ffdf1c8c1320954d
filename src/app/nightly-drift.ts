import type { App } from "../model/app.ts";
import type { DriftReport } from "../model/report.ts";
import { withFailoverNames } from "./failover-names.ts";
import { findDrift } from "./find-drift.ts";
import { readSides, type BothSides, type SidePaths } from "./read-sides.ts";
import { differs } from "./report-drift.ts";

/** A drift, and whether its absence would mean anything. */
export interface NightlyDrift {
  readonly report: DriftReport;
  /** `unknown`: nothing was found, but a side was incomplete or an old snapshot stood in for the primary. */
  readonly drift: "some" | "none" | "unknown";
}

/** The drift of everything, for an issue that is closed only when both organisations were compared whole. @throws as `reportDrift` */
export async function nightlyDrift(app: App, paths: SidePaths): Promise<NightlyDrift> {
  const sides = await readSides(app, paths);
  const { report } = await findDrift(app, sides.source, sides.target);
  return judgedDrift(app, sides, await withFailoverNames(app, report));
}

/** Says what a report of two sides means. */
export function judgedDrift(
  { workspace }: Pick<App, "workspace">,
  sides: BothSides,
  report: DriftReport,
): NightlyDrift {
  const isDifferent = differs(report, workspace.config.operational.alarm);
  return { report, drift: isDifferent ? "some" : areWhole(sides) ? "none" : "unknown" };
}

/** Were both organisations read, and everything of them? */
export function areWhole({ source, target }: BothSides): boolean {
  return source.snapshot.complete && target.snapshot.complete && source.standIn === undefined;
}
