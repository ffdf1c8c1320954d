import { EXIT } from "../model/error.ts";
import { canonicalJson } from "../model/json.ts";
import type { AppliedPlan } from "../app/apply-plan.ts";
import { applySummary } from "../report/apply-text.ts";
import type { Context } from "./context.ts";

/** Shows the result of an apply; gives the exit code. */
export function showApplied(context: Context, format: string | undefined, applied: AppliedPlan): number {
  const document = {
    operations: applied.operations,
    failures: applied.failures,
    unequal: applied.unequal,
    writes: applied.writes,
    verified: applied.verified,
    undoPlan: applied.undoPlan ?? null,
  };
  context.stdout.write(format === "json" ? canonicalJson(document) : applySummary(applied));
  return applied.failures.length > 0 || applied.unequal.length > 0 ? EXIT.partial : EXIT.done;
}
