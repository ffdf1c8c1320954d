// The use cases of lockstep: the package's API. Each takes an `App`: a configuration, and the ports to the outside
// world, which `openApp` of `lockstep/node` puts together.
export type { App } from "../model/app.ts";
export { parsePlan, planText } from "../importers/plan-file.ts";
export { applyPlan, assertStandbyPinned, type AppliedPlan } from "./apply-plan.ts";
export { PRIMARY_TO_STANDBY, type Direction, type SourceOfTruth } from "./direction.ts";
export { checkSetup } from "./doctor/check-setup.ts";
export { pinOrganisations, type Pin } from "./doctor/pin.ts";
export { probeAudit } from "./doctor/probe-audit.ts";
export type { Check } from "./doctor/check.ts";
export { withFailoverNames } from "./failover-names.ts";
export { findDrift, type FoundDrift } from "./find-drift.ts";
export { configTemplate, DEFAULT_ANSWERS, type InitAnswers } from "./init-template.ts";
export { planDrift, planPrimary, planStandby } from "./make-plan.ts";
export { assertOutput, writeOutput } from "./output-file.ts";
export { nightlyDrift, type NightlyDrift } from "./nightly-drift.ts";
export { openRecipients, tellDrift, tellTest, type Notice } from "./notify.ts";
export { planReport } from "./plan-report.ts";
export { pullReport, type ProposedChange } from "./pull-report.ts";
export { showFile } from "./show-file.ts";
export {
  readDirectory,
  readPrimary,
  readRepository,
  readSide,
  snapshotDirectory,
  sweepSide,
  type LoadedSide,
  type ReadOptions,
  type SweptSide,
} from "./read-side.ts";
export { readSides, type BothSides, type SidePaths } from "./read-sides.ts";
export { differs, reportDrift } from "./report-drift.ts";
export { takeSnapshot, type SnapshotOptions, type TakenSnapshot } from "./take-snapshot.ts";
export { validateDirectory, type ValidatedDirectory } from "./validate-directory.ts";
export { watchMetrics } from "./watch/metrics.ts";
export { newsOf } from "./watch/news.ts";
export { healthOf } from "./watch/state.ts";
export { createWatch } from "./watch/watch.ts";
