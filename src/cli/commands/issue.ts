import { EXIT } from "../../model/error.ts";
import { defineCommand, fromOption, toOption } from "../command.ts";

export const issue = defineCommand(
  {
    name: "issue",
    summary: "keep one issue on GitHub open while the standby differs",
    formats: ["text", "json", "markdown"],
    examples: ["lockstep issue", "lockstep issue --environment production"],
  },
  (command) =>
    command
      .option("--environment <name>", "tells issues apart where a repository keeps several pairs", "")
      .addOption(fromOption())
      .addOption(toOption()),
  async (context, { config, format, environment, from, to }) => {
    const { nightlyDrift } = await import("../../app/index.ts");
    const { openCliApp } = await import("../open-app.ts");
    const { sidePathsOf } = await import("../side-paths.ts");
    const { showReport } = await import("../render-report.ts");
    const { openHost, tellIssue } = await import("../pull/pull-job.ts");
    const { jobOf } = await import("../../collab/event.ts");
    const job = jobOf(context.env);
    const host = await openHost(context, job);
    const app = await openCliApp(context, config);
    const found = await nightlyDrift(app, sidePathsOf(context, { from, to, only: [], kind: [] }));
    await showReport(context, found.report, { format, full: false, stat: false });
    await tellIssue(context, { job, host }, found, environment);
    return found.drift === "some" ? EXIT.differs : EXIT.done;
  },
);
