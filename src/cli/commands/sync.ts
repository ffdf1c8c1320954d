import { allowedGuards } from "../../model/allowed-guards.ts";
import { EXIT, LockstepError } from "../../model/error.ts";
import { planSummary } from "../../report/plan-text.ts";
import { applyPlan } from "../../app/apply-plan.ts";
import { planStandby } from "../../app/make-plan.ts";
import type { Context } from "../context.ts";
import { fromCwd, openApp, type CommonOptions } from "../open-app.ts";
import { showApplied } from "../show-applied.ts";

interface SyncOptions extends CommonOptions {
  readonly from?: string;
  readonly to?: string;
  readonly yes?: boolean;
  readonly prune?: boolean;
  readonly allow: readonly string[];
}

/** `lockstep sync`: shows the plan, asks, applies it. */
export async function run(context: Context, options: SyncOptions): Promise<number> {
  const allow = allowedGuards(options.allow);
  const app = await openApp(context, options);
  const paths = { from: fromCwd(context, options.from), to: fromCwd(context, options.to) };
  const plan = await planStandby(app, paths, options.prune === true);
  context.stderr.write(planSummary(plan));
  if (plan.operations.length > 0 && options.yes !== true) {
    const agreed = await context.confirm(`Apply ${plan.operations.length} operations to ${plan.target.name}?`);
    if (!agreed) {
      throw new LockstepError("not-confirmed", "nothing was applied", "Answer y on a terminal, or run it with --yes.");
    }
  }
  const applied = await applyPlan(app, plan, allow);
  const exit = showApplied(context, options.format, applied);
  return exit === EXIT.done && plan.blocked.length > 0 ? EXIT.differs : exit;
}
