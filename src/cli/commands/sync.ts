import { EXIT, LockstepError } from "../../model/error.ts";
import { planSummary } from "../../report/plan-text.ts";
import { applyPlan, showApplied } from "../apply-plan.ts";
import type { Context } from "../context.ts";
import { findDrift } from "../drift.ts";
import { planFor } from "../make-plan.ts";
import { loadSide, loadSource } from "../sides.ts";
import { fromCwd, openWorkspace, type CommonOptions } from "../workspace.ts";

interface SyncOptions extends CommonOptions {
  readonly from?: string;
  readonly to?: string;
  readonly yes?: boolean;
  readonly prune?: boolean;
  readonly allow: readonly string[];
}

/** `lockstep sync`: shows the plan, asks, applies it. */
export async function run(context: Context, options: SyncOptions): Promise<number> {
  const workspace = await openWorkspace(context, options);
  const inCwd = (path: string | undefined): string | undefined =>
    path === undefined ? undefined : fromCwd(context, path);
  const source = await loadSource(context, workspace, inCwd(options.from));
  const target = await loadSide(context, workspace, "standby", inCwd(options.to));
  const plan = planFor(context, workspace, await findDrift(context, workspace, source, target), options.prune === true);
  context.stderr.write(planSummary(plan));
  if (plan.operations.length > 0 && options.yes !== true) {
    const agreed = await context.confirm(`Apply ${plan.operations.length} operations to ${plan.target.name}?`);
    if (!agreed) {
      throw new LockstepError("not-confirmed", "nothing was applied", "Answer y on a terminal, or run it with --yes.");
    }
  }
  const applied = await applyPlan(context, workspace, plan, new Set(options.allow));
  const exit = showApplied(context, options.format, applied);
  return exit === EXIT.done && plan.blocked.length > 0 ? EXIT.differs : exit;
}
