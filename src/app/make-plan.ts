import type { App } from "../model/app.ts";
import type { GuardCode } from "../model/catalogue/codes.ts";
import type { Plan } from "../model/plan.ts";
import type { Side } from "../model/side.ts";
import { besideConfig } from "../model/workspace.ts";
import { operationalFindings } from "../drift/operational.ts";
import { assertComplete } from "../importers/comparable.ts";
import type { Contents } from "../importers/left-inside.ts";
import { assertGuardsAllowed, staleHits } from "../importers/guards.ts";
import { makePlan } from "../importers/plan.ts";
import { repositoryOf } from "../pairing/repository-rules.ts";
import { countContents } from "./count-contents.ts";
import { findDrift, type FoundDrift } from "./find-drift.ts";
import { assertRulesFollowed } from "./pair-sides.ts";
import { readRepository, readSide, type LoadedSide } from "./read-side.ts";
import { readSides, type SidePaths } from "./read-sides.ts";

/** What a plan is to do. */
export interface PlanOptions {
  /** Also delete what the source does not have. */
  readonly prune?: boolean | undefined;
  /** What the target counts in objects that pruning would delete. */
  readonly contents?: Contents | undefined;
  /** Whose drift it is; the standby's unless given. */
  readonly stack?: Side | undefined;
}

/**
 * The plan that removes a drift. Writes nothing.
 * @throws GuardError `incomplete-source`; LockstepError about rules that cannot be followed, such as `rename-unmatched`
 */
export function planDrift(app: App, drift: FoundDrift, { prune, contents, stack = "standby" }: PlanOptions = {}): Plan {
  const { config } = app.workspace;
  assertComplete(drift.source.snapshot, "primary");
  assertComplete(drift.target.snapshot, stack);
  assertRulesFollowed(app.workspace, drift.pairing);
  return makePlan({
    tool: app.tool,
    source: drift.source.snapshot,
    target: drift.target.snapshot,
    stack: stack === "primary" ? stack : undefined,
    secrets: config.secrets,
    given: drift.given,
    selection: drift.report.selection,
    sourceTakenAt: drift.source.takenAt,
    comparison: drift.comparison,
    differences: drift.differences,
    findings: [...drift.report.findings, ...operationalFindings(drift.report.operational)],
    origin: drift.pairing.origin,
    setAside: drift.pairing.setAside,
    contents,
    prune: prune === true,
    members: config.include.members,
    guards: config.guards,
    now: new Date(app.clock.now()),
  });
}

/**
 * Plans what makes the standby follow the primary: reads both, compares, orders. Writes nothing. While the primary cannot be
 * reached, its last good snapshot is used instead; a finding says so.
 * @param prune also delete what the primary does not have
 * @param allow guards that may be passed where the plan is applied at once: a saved source that is too old is refused before
 *   the standby is read
 * @throws GuardError `same-org`, `incomplete-source`, `stale-snapshot`; LockstepError of reading and pairing
 */
export async function planStandby(
  app: App,
  paths: SidePaths,
  prune: boolean,
  allow?: ReadonlySet<GuardCode>,
): Promise<Plan> {
  const { source, target } = await readSides(app, paths, (read) => {
    assertComplete(read.snapshot, "primary");
    if (allow !== undefined) assertFresh(app, read, allow);
  });
  const drift = await findDrift(app, source, target, { narrowing: paths.narrowing });
  // A directory stands for the standby as it was: nothing is asked of the standby itself.
  const contents = prune && paths.to === undefined ? await countContents(app, drift) : undefined;
  return planDrift(app, drift, { prune, contents });
}

function assertFresh({ workspace, clock }: App, { takenAt }: LoadedSide, allow: ReadonlySet<GuardCode>): void {
  assertGuardsAllowed(staleHits(takenAt, workspace.config.guards, new Date(clock.now())), allow);
}

/**
 * Plans what makes the primary follow the repository, for approval: the primary is only read, nothing of it is ever deleted,
 * and {@link applyPlan} refuses the plan. The stack of the primary carries it out.
 * @param paths `from` is a repository here, by default that of the configuration
 * @throws GuardError `same-org`, `incomplete-source`; LockstepError `repository-missing`, `repository-invalid` …
 */
export async function planPrimary(app: App, { from, to, fresh, narrowing }: SidePaths): Promise<Plan> {
  const { workspace, clock } = app;
  const repository = repositoryOf(workspace.config, workspace.file);
  // What a repository says counts as read now.
  const takenAt = new Date(clock.now()).toISOString();
  const { snapshot } = await readRepository(app, from ?? besideConfig(workspace, repository.directory));
  const target = await readSide(app, "primary", to, { fresh });
  const direction = { from: "repository", to: "primary" } as const;
  const drift = await findDrift(app, { snapshot, takenAt }, target, { direction, narrowing });
  return planDrift(app, drift, { stack: "primary" });
}
