import { Option } from "@commander-js/extra-typings";
import { EXIT } from "../../model/error.ts";
import { defineCommand } from "../command.ts";

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
      .option("--label <name>", "label to set while the merge would change the standby"),
  async (context, options) => {
    const { comparePull, showPull } = await import("../pull/compare-pull.ts");
    const { isOverThreshold } = await import("../../collab/pull-check.ts");
    const job = options.base === undefined ? await (await import("../pull/pull-job.ts")).pullJob(context) : undefined;
    const report = await comparePull(context, { ...options, commits: job?.event });
    showPull(context, report, options.format);
    if (job !== undefined) {
      const { tellPull } = await import("../pull/pull-job.ts");
      await tellPull(context, job, report, options);
    }
    return isOverThreshold(report, options.failOn) ? EXIT.differs : EXIT.done;
  },
);
