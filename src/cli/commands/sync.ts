import { LockstepError } from "../../model/error.ts";
import {
  allowOption,
  defineCommand,
  freshOption,
  fromOption,
  fullOption,
  kindOption,
  onlyOption,
  reportOption,
  statOption,
  TEXT_JSON,
  toOption,
} from "../command.ts";
import { terminalLayout } from "../context.ts";

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
      .addOption(onlyOption())
      .addOption(kindOption())
      .addOption(freshOption())
      .option("-y, --yes", "do not ask")
      .option("--prune", "also delete what the primary does not have")
      .addOption(allowOption("plan"))
      .addOption(fullOption())
      .addOption(statOption())
      .addOption(reportOption()),
  async (context, options) => {
    const { config, format, yes = false, prune = false, allow, full, stat, report } = options;
    const { applyPlan, assertStandbyPinned, planReport, planStandby } = await import("../../app/index.ts");
    const { allowedGuards } = await import("../../model/allowed-guards.ts");
    const { sidePathsOf } = await import("../side-paths.ts");
    const { openCliApp } = await import("../open-app.ts");
    const { planSummary } = await import("../../report/plan-text.ts");
    const { showApplied } = await import("../show-applied.ts");
    const { assertReports, reportFiles, writeReports } = await import("../render-report.ts");
    const paths = sidePathsOf(context, options);
    const guards = allowedGuards(allow);
    const reports = reportFiles(context, report);
    const app = await openCliApp(context, config);
    // Before minutes of reading.
    assertStandbyPinned(app);
    await assertReports(app, reports);
    const plan = await planStandby(app, paths, prune, guards);
    const shown = await planReport(plan);
    await writeReports(app, reports, shown);
    context.stderr.write(planSummary(shown, { ...terminalLayout(context, context.stderr), full, stat }));
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
