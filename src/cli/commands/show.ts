import { EXIT } from "../../model/error.ts";
import { defineCommand, fullOption, REPORT_FORMATS, statOption } from "../command.ts";
import { fromCwd } from "../context.ts";

export const show = defineCommand(
  {
    name: "show",
    summary: "show a plan edit by edit, or a saved report, in any format",
    formats: REPORT_FORMATS,
    examples: ["lockstep show plan.json", "lockstep report drift.json --format markdown"],
  },
  (command) =>
    command
      .alias("report")
      .argument("<file>", "a plan, or a report saved as JSON")
      .addOption(fullOption())
      .addOption(statOption()),
  async (context, { format, full, stat }, path) => {
    const { showFile } = await import("../../app/index.ts");
    const { showReport } = await import("../render-report.ts");
    const report = await showFile(context, fromCwd(context, path));
    await showReport(context, report, { format, full, stat });
    return EXIT.done;
  },
);
