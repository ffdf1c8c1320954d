import { EXIT, LockstepError } from "../../model/error.ts";
import type { Plan } from "../../model/plan.ts";
import { planText } from "../../importers/plan-file.ts";
import { planSummary } from "../../report/plan-text.ts";
import { KINDS } from "../../kinds/index.ts";
import { placeOfRepositoryRule, repositoryOf, repositoryRules } from "../../pairing/repository-rules.ts";
import { loadRepository } from "../../snapshot/snapshot-directory.ts";
import type { Context } from "../context.ts";
import { findDrift } from "../drift.ts";
import { planFor } from "../make-plan.ts";
import { loadSide, loadSource } from "../sides.ts";
import { besideConfig, fromCwd, openWorkspace, type CommonOptions, type Workspace } from "../workspace.ts";

interface PlanOptions extends CommonOptions {
  readonly from?: string;
  readonly to?: string;
  readonly output: string;
  readonly prune?: boolean;
  readonly stack: "primary" | "standby";
}

/** `lockstep plan -o FILE`: what would be done, as a file; writes nothing to an organisation. */
export async function run(context: Context, options: PlanOptions): Promise<number> {
  assertNoPrune(options);
  const workspace = await openWorkspace(context, options);
  const file = fromCwd(context, options.output);
  await context.files.assertWritable(file);
  const make = options.stack === "primary" ? planForPrimary : planForStandby;
  const plan = await make(context, workspace, options);
  await context.files.write(file, planText(plan));
  context.stdout.write(options.format === "json" ? planText(plan) : planSummary(plan, file));
  return plan.operations.length > 0 || plan.blocked.length > 0 ? EXIT.differs : EXIT.done;
}

async function planForStandby(context: Context, workspace: Workspace, options: PlanOptions): Promise<Plan> {
  const source = await loadSource(context, workspace, inCwd(context, options.from));
  const target = await loadSide(context, workspace, "standby", inCwd(context, options.to));
  const drift = await findDrift(context, workspace, source, target);
  return planFor(context, workspace, drift, options.prune === true);
}

/** From the repository to the primary, which is only read: the plan is there to be approved for the primary's stack. */
async function planForPrimary(context: Context, workspace: Workspace, options: PlanOptions): Promise<Plan> {
  const repository = repositoryOf(workspace.config, workspace.file);
  const directory = inCwd(context, options.from) ?? besideConfig(workspace, repository.directory);
  const now = new Date(context.clock.now()).toISOString();
  const snapshot = await loadRepository(context.files, directory, KINDS);
  const target = await loadSide(context, workspace, "primary", inCwd(context, options.to));
  // A repository was taken at no time: it says what should be, and counts as read now.
  const source = { snapshot, takenAt: now };
  const rules = repositoryRules(workspace.config, repository);
  const placed = { side: "primary" as const, rules, placeOf: placeOfRepositoryRule };
  return planFor(context, workspace, await findDrift(context, workspace, source, target, placed), false, "primary");
}

function inCwd(context: Context, path: string | undefined): string | undefined {
  return path === undefined ? undefined : fromCwd(context, path);
}

function assertNoPrune({ stack, prune }: PlanOptions): void {
  if (stack !== "primary" || prune !== true) return;
  throw new LockstepError(
    "prune-primary",
    "nothing is ever deleted in the primary",
    "Leave out --prune; what the repository does not have stays in the primary.",
  );
}
