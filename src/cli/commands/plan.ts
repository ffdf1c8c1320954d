import { EXIT, LockstepError } from "../../model/error.ts";
import { planText } from "../../importers/plan-file.ts";
import { planSummary } from "../../report/plan-text.ts";
import { planPrimary, planStandby } from "../../app/make-plan.ts";
import type { Context } from "../context.ts";
import { fromCwd, openApp, type CommonOptions } from "../open-app.ts";

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
  const app = await openApp(context, options);
  const file = fromCwd(context, options.output);
  await context.files.assertWritable(file);
  const paths = { from: fromCwd(context, options.from), to: fromCwd(context, options.to) };
  const plan = await (options.stack === "primary"
    ? planPrimary(app, paths)
    : planStandby(app, paths, options.prune === true));
  await context.files.write(file, planText(plan));
  context.stdout.write(options.format === "json" ? planText(plan) : planSummary(plan, file));
  return plan.operations.length > 0 || plan.blocked.length > 0 ? EXIT.differs : EXIT.done;
}

function assertNoPrune({ stack, prune }: PlanOptions): void {
  if (stack !== "primary" || prune !== true) return;
  throw new LockstepError(
    "prune-primary",
    "nothing is ever deleted in the primary",
    "Leave out --prune; what the repository does not have stays in the primary.",
  );
}
