import { EXIT } from "../../model/error.ts";
import { planText } from "../../importers/plan-file.ts";
import { planSummary } from "../../report/plan-text.ts";
import type { Context } from "../context.ts";
import { findDrift } from "../drift.ts";
import { planFor } from "../make-plan.ts";
import { loadSide, loadSource } from "../sides.ts";
import { fromCwd, openWorkspace, type CommonOptions } from "../workspace.ts";

interface PlanOptions extends CommonOptions {
  readonly from?: string;
  readonly to?: string;
  readonly output: string;
  readonly prune?: boolean;
}

/** `lockstep plan -o FILE`: what apply would do, as a file; writes nothing to an organisation. */
export async function run(context: Context, options: PlanOptions): Promise<number> {
  const workspace = await openWorkspace(context, options);
  const file = fromCwd(context, options.output);
  await context.files.assertWritable(file);
  const inCwd = (path: string | undefined): string | undefined =>
    path === undefined ? undefined : fromCwd(context, path);
  const source = await loadSource(context, workspace, inCwd(options.from));
  const target = await loadSide(context, workspace, "standby", inCwd(options.to));
  const drift = await findDrift(context, workspace, source, target);
  const plan = planFor(context, workspace, drift, options.prune === true);
  await context.files.write(file, planText(plan));
  context.stdout.write(options.format === "json" ? planText(plan) : planSummary(plan, file));
  return plan.operations.length > 0 || plan.blocked.length > 0 ? EXIT.differs : EXIT.done;
}
