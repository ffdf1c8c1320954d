import { LockstepError } from "../../model/error.ts";
import { defineCommand, freshOption, fromOption, allowOption, TEXT_JSON, toOption } from "../command.ts";
import { fromCwd } from "../context.ts";

export const sync = defineCommand(
  {
    name: "sync",
    summary: "plan and apply in one go",
    formats: TEXT_JSON,
    examples: ["lockstep sync --yes"],
  },
  (command) =>
    command
      .addOption(fromOption())
      .addOption(toOption())
      .addOption(freshOption())
      .option("-y, --yes", "do not ask")
      .option("--prune", "also delete what the primary does not have")
      .addOption(allowOption("plan")),
  async (context, { config, format, from, to, fresh, yes = false, prune = false, allow }) => {
    const { applyPlan, assertStandbyPinned, planStandby } = await import("../../app/index.ts");
    const { allowedGuards } = await import("../../model/allowed-guards.ts");
    const { openCliApp } = await import("../open-app.ts");
    const { planSummary } = await import("../../report/plan-text.ts");
    const { showApplied } = await import("../show-applied.ts");
    const guards = allowedGuards(allow);
    const app = await openCliApp(context, config);
    // Before minutes of reading.
    assertStandbyPinned(app);
    const paths = { from: fromCwd(context, from), to: fromCwd(context, to), fresh };
    const plan = await planStandby(app, paths, prune, guards);
    context.stderr.write(planSummary(plan));
    if (plan.operations.length > 0 && !yes) {
      const agreed = await context.confirm(`Apply ${plan.operations.length} operations to ${plan.target.name}?`);
      if (!agreed) throw notConfirmed();
    }
    return showApplied(context, format, await applyPlan(app, plan, guards));
  },
);

function notConfirmed(): LockstepError {
  return new LockstepError("not-confirmed", "Nothing was applied", "Answer y on a terminal, or run it with --yes.");
}
