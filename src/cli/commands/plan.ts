import { Option } from "@commander-js/extra-typings";
import { EXIT, LockstepError } from "../../model/error.ts";
import { SIDES } from "../../model/side.ts";
import {
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
import { fromCwd, terminalLayout } from "../context.ts";

export const plan = defineCommand(
  {
    name: "plan",
    summary: "turn drift into ordered operations, in a file",
    formats: TEXT_JSON,
    examples: ["lockstep plan -o plan.json", "lockstep plan --stack primary -o primary.json"],
  },
  (command) =>
    command
      .addOption(fromOption())
      .addOption(toOption())
      .addOption(onlyOption())
      .addOption(kindOption())
      .addOption(freshOption())
      .addOption(new Option("-o, --output <file>", "plan file to write (required)").makeOptionMandatory())
      .addOption(
        new Option("--stack <stack>", "standby, or the primary from the repository").choices(SIDES).default("standby"),
      )
      .option("--prune", "also delete what the primary does not have")
      .addOption(fullOption())
      .addOption(statOption())
      .addOption(reportOption()),
  async (context, options) => {
    const { config, format, output, stack, prune = false, full, stat, report } = options;
    if (stack === "primary" && prune) throw neverPruned();
    const { assertOutput, planPrimary, planReport, planStandby, planText } = await import("../../app/index.ts");
    const { sidePathsOf } = await import("../side-paths.ts");
    const { openCliApp } = await import("../open-app.ts");
    const { planSummary } = await import("../../report/plan-text.ts");
    const { assertReports, reportFiles, writeReports } = await import("../render-report.ts");
    const paths = sidePathsOf(context, options);
    const reports = reportFiles(context, report);
    const app = await openCliApp(context, config);
    const file = fromCwd(context, output);
    await assertOutput(app, file, isPlanText);
    await assertReports(app, reports);
    const made = stack === "primary" ? await planPrimary(app, paths) : await planStandby(app, paths, prune);
    await context.files.write(file, planText(made));
    const shown = await planReport(made);
    await writeReports(app, reports, shown);
    const layout = { ...terminalLayout(context, context.stdout), full, stat, file };
    context.stdout.write(format === "json" ? planText(made) : planSummary(shown, layout));
    return made.operations.length > 0 || made.blocked.length > 0 ? EXIT.differs : EXIT.done;
  },
);

/** The seal and the operations tell a plan, even one of another version or from another machine. */
function isPlanText(text: string): boolean {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null && "sha256" in parsed && "operations" in parsed;
  } catch {
    return false;
  }
}

function neverPruned(): LockstepError {
  return new LockstepError(
    "prune-primary",
    "Nothing is ever deleted in the primary",
    "Leave out --prune; what the repository does not have stays in the primary.",
  );
}
