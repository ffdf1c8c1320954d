import { assertComplete } from "../importers/comparable.ts";
import { makePlan } from "../importers/plan.ts";
import type { Plan } from "../model/plan.ts";
import type { Side } from "../model/side.ts";
import type { Context } from "./context.ts";
import type { Drift } from "./drift.ts";
import type { Workspace } from "./workspace.ts";

/** The plan for a drift. @throws GuardError `incomplete-source` */
export function planFor(
  context: Context,
  workspace: Workspace,
  drift: Drift,
  prune: boolean,
  stack: Side = "standby",
): Plan {
  assertComplete(drift.source.snapshot, "primary");
  assertComplete(drift.target.snapshot, stack);
  return makePlan({
    tool: context.tool,
    source: drift.source.snapshot,
    target: drift.target.snapshot,
    ...(stack === "primary" ? { stack } : {}),
    secrets: workspace.config.secrets,
    sourceTakenAt: drift.source.takenAt,
    comparison: drift.comparison,
    differences: drift.differences,
    findings: drift.report.findings,
    origin: drift.pairing.origin,
    prune,
    members: workspace.config.include.members,
    guards: workspace.config.guards,
    now: new Date(context.clock.now()),
  });
}
