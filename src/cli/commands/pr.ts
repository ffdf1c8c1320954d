import { Option } from "@commander-js/extra-typings";
import { EXIT } from "../../model/error.ts";
import { defineCommand } from "../command.ts";
import { fromCwd } from "../context.ts";

export const pr = defineCommand(
  {
    name: "pr",
    summary: "tell a pull request on GitHub what it means for the standby",
    formats: ["text", "json", "markdown"],
    examples: ["lockstep pr", "lockstep pr --check --fail-on change", "lockstep pr --base origin/main"],
  },
  (command) =>
    command
      .option("--base <commit>", "compare with this commit here, without GitHub")
      .option("--environment <name>", "tells reports apart where a repository keeps several pairs", "")
      .option("--files", "compare files only, also where there are logins", false)
      .option("--check", "also record a check, with notes at the lines that change something", false)
      .addOption(
        new Option("--fail-on <what>", "when the check fails and the exit code is 2")
          .choices(["never", "drift", "change", "any"])
          .default("never" as const),
      )
      .option("--artifact <dir>", "write the report there and tell GitHub nothing, as in pull requests from forks")
      .option("--from-artifact <dir>", "post what --artifact wrote in the run that this job follows")
      .option("--label <name>", "label to set while the merge would change the standby"),
  async (context, options) => {
    const { comparePull, showPull } = await import("../pull/compare-pull.ts");
    const { isOverThreshold } = await import("../../collab/pull-check.ts");
    const { postArtifact, pullEvent, pullJob, tellPull, writeArtifact } = await import("../pull/pull-job.ts");
    const exitOf = (report: Parameters<typeof isOverThreshold>[0]): number =>
      isOverThreshold(report, options.failOn) ? EXIT.differs : EXIT.done;
    const { base, artifact, fromArtifact } = options;
    if (fromArtifact !== undefined) {
      const report = await postArtifact(context, fromArtifact, options);
      showPull(context, report, options.format);
      return exitOf(report);
    }
    const isTold = base === undefined && artifact === undefined;
    const job = isTold ? await pullJob(context) : undefined;
    const event = job?.event ?? (base === undefined ? await pullEvent(context) : undefined);
    const { app, report } = await comparePull(context, { ...options, commits: event });
    showPull(context, report, options.format);
    if (artifact !== undefined) await writeArtifact(app, fromCwd(context, artifact), report);
    if (job !== undefined) await tellPull(context, job, report, options);
    return exitOf(report);
  },
);
