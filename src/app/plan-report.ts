import type { Plan } from "../model/plan.ts";
import type { PlanReport } from "../model/report.ts";
import { planAsReport } from "../drift/plan-report.ts";
import { withMaskedValues } from "../drift/mask-report.ts";
import { KINDS } from "../kinds/index.ts";

/** A plan as a report, edit by edit: what `lockstep show` renders in every form. What looks like a secret is masked. */
export function planReport(plan: Plan): Promise<PlanReport> {
  return withMaskedValues(planAsReport(KINDS, plan));
}
