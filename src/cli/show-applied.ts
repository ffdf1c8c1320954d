import { EXIT } from "../model/error.ts";
import { canonicalJson } from "../model/json.ts";
import type { AppliedPlan } from "../app/apply-plan.ts";
import { applySummary } from "../report/apply-text.ts";
import type { Context } from "./context.ts";

/** Shows the result of an apply; gives the exit code. Text and JSON are made from one document. */
export function showApplied(context: Context, format: string | undefined, applied: AppliedPlan): number {
  const document = { ...applied, undoPlan: applied.undoPlan ?? null };
  context.stdout.write(format === "json" ? canonicalJson(document) : applySummary(document));
  const { failures, unequal, unchecked, blocked } = applied;
  if ([failures, unequal, unchecked].some((list) => list.length > 0)) return EXIT.partial;
  return blocked.length > 0 ? EXIT.differs : EXIT.done;
}
