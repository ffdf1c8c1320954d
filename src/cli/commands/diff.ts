import { EXIT, LockstepError } from "../../model/error.ts";
import { defineCommand, freshOption, fromOption, repeatable, toOption } from "../command.ts";
import { fromCwd, wantsColour } from "../context.ts";

export const diff = defineCommand(
  {
    name: "diff",
    summary: "show how the standby differs from what it should be",
    formats: ["text", "json", "markdown"],
    examples: [
      "lockstep diff",
      "lockstep diff --from snapshots/primary --to snapshots/standby",
      "lockstep diff --format markdown",
    ],
  },
  (command) =>
    command
      .addOption(fromOption())
      .addOption(toOption())
      .addOption(freshOption())
      .addOption(repeatable("--report <format=file>", "also write a report to a file (repeatable)")),
  async (context, { config, format, from, to, fresh, report: reports }) => {
    const { assertOutput, differs, reportDrift, writeOutput } = await import("../../app/index.ts");
    const { openCliApp } = await import("../open-app.ts");
    const { RENDER, reportFile } = await import("../render-report.ts");
    const files = reports.map(reportFile).map(({ render, path }) => ({ render, file: fromCwd(context, path) }));
    assertDistinct(files.map(({ file }) => file));
    const app = await openCliApp(context, config);
    for (const { file } of files) await assertOutput(app, file);
    const report = await reportDrift(app, { from: fromCwd(context, from), to: fromCwd(context, to), fresh });
    for (const { render, file } of files) await writeOutput(app, file, render(report, false));
    context.stdout.write(RENDER[format](report, wantsColour(context.stdout, context.env)));
    return differs(report, app.workspace.config.operational.alarm) ? EXIT.differs : EXIT.done;
  },
);

/** The second report to a file would replace the first. */
function assertDistinct(files: readonly string[]): void {
  const twice = files.find((file, at) => files.indexOf(file) !== at);
  if (twice === undefined) return;
  const hint = "Give each --report a file of its own.";
  throw new LockstepError("invalid-report", `Two reports would go to ${twice}`, hint, { file: twice });
}
