import { EXIT } from "../../model/error.ts";
import {
  defineCommand,
  freshOption,
  fromOption,
  fullOption,
  kindOption,
  onlyOption,
  REPORT_FORMATS,
  reportOption,
  statOption,
  toOption,
} from "../command.ts";

export const diff = defineCommand(
  {
    name: "diff",
    summary: "show how the standby differs from what it should be",
    formats: REPORT_FORMATS,
    examples: [
      "lockstep diff",
      "lockstep diff queue/Billing",
      "lockstep diff --from snapshots/primary --to snapshots/standby",
      "lockstep diff --report markdown=drift.md --report json=drift.json",
    ],
  },
  (command) =>
    command
      .argument("[object]", "only this object, such as queue/Billing, in full")
      .addOption(fromOption())
      .addOption(toOption())
      .addOption(onlyOption())
      .addOption(kindOption())
      .addOption(freshOption())
      .addOption(fullOption())
      .addOption(statOption())
      .addOption(reportOption()),
  async (context, options, object) => {
    const { config, format, full, stat, report: reports } = options;
    const { differs, reportDrift } = await import("../../app/report-drift.ts");
    const { sidePathsOf } = await import("../side-paths.ts");
    const { openCliApp } = await import("../open-app.ts");
    const { assertReports, reportFiles, showReport, writeReports } = await import("../render-report.ts");
    const paths = sidePathsOf(context, options);
    const files = reportFiles(context, reports);
    const app = await openCliApp(context, config);
    await assertReports(app, files);
    const report = await reportDrift(app, paths, object);
    await writeReports(app, files, report);
    await showReport(context, report, { format, full: full || object !== undefined, stat });
    return differs(report, app.workspace.config.operational.alarm) ? EXIT.differs : EXIT.done;
  },
);
