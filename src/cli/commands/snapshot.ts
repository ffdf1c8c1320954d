import { EXIT, LockstepError } from "../../model/error.ts";
import { canonicalJson } from "../../model/json.ts";
import { printable } from "../../model/printable.ts";
import { SIDES, type Side } from "../../model/side.ts";
import { plural } from "../../report/plain.ts";
import { defineCommand, freshOption, kindOption, onlyOption, TEXT_JSON } from "../command.ts";
import { fromCwd, wantsColour } from "../context.ts";

export const snapshot = defineCommand(
  {
    name: "snapshot",
    summary: "read an organisation into a directory",
    formats: TEXT_JSON,
    examples: [
      "lockstep snapshot primary -o snapshots/primary",
      "lockstep snapshot primary --push",
      "lockstep snapshot primary --repository -o organisation",
    ],
  },
  (command) =>
    command
      .argument("<org>")
      .option("-o, --output <dir>", "directory to write; default: the one in the configuration")
      .option("--allow-incomplete", "mark what cannot be read instead of failing")
      .addOption(onlyOption())
      .addOption(kindOption())
      .addOption(freshOption())
      .option("--commit", "commit the snapshot to the Git branch that is checked out, where anything changed", false)
      .option("--push", "like --commit, and push the commit to the branch of the remote", false)
      .option("--pull-request", "push the commit to a branch of its own and open or update its pull request", false)
      .option("--repository", "write a directory that organisations can be provisioned from"),
  async (context, { config, format, output, repository, allowIncomplete, fresh, only, kind, ...git }, org) => {
    const side = sideNamed(org);
    const { takeSnapshot } = await import("../../app/index.ts");
    const { commitLine, snapshotCommitter } = await import("../commit-snapshot.ts");
    const { narrowingOf } = await import("../side-paths.ts");
    const { openCliApp } = await import("../open-app.ts");
    const { findingLines } = await import("../../report/finding-text.ts");
    const { painter } = await import("../../report/paint.ts");
    const narrowing = narrowingOf({ only, kind });
    const app = await openCliApp(context, config);
    const place = { directory: fromCwd(context, output), repository, allowIncomplete, fresh, narrowing };
    const committer = await snapshotCommitter(context, app, side, { ...git, output: place.directory });
    const done = await takeSnapshot(app, side, place);
    const { snapshot: taken, directory, requests } = done;
    const commit = await committer?.(done);
    if (format === "json") {
      const { org, complete, counts: kinds, findings } = taken;
      const document = { org, complete, directory, objects: taken.objects.size, kinds, findings, requests };
      const selection = narrowing === undefined ? {} : { selection: narrowing };
      context.stdout.write(canonicalJson({ ...document, ...selection, ...(commit && { commit }) }));
      return EXIT.done;
    }
    const head = `${printable(taken.org.name)}: ${plural(taken.objects.size, "object")} in ${directory}`;
    const gaps = Object.entries(taken.counts).flatMap(([kind, { incomplete }]) =>
      incomplete === undefined ? [] : [`  incomplete: ${kind}: ${printable(incomplete)}`],
    );
    const committed = commit === undefined ? [] : [commitLine(commit)];
    context.stdout.write([taken.complete ? head : `${head}, incomplete`, ...gaps, ...committed, ""].join("\n"));
    const findings = findingLines(taken.findings, painter(wantsColour(context.stderr, context.env)));
    if (findings.length > 0) context.stderr.write(findings.join("\n") + "\n");
    return EXIT.done;
  },
);

function sideNamed(name: string): Side {
  const side = SIDES.find((known) => known === name);
  if (side !== undefined) return side;
  throw new LockstepError(
    "unknown-org",
    `There is no organisation ${JSON.stringify(name)}`,
    "The organisations of lockstep.yaml are `primary` and `standby`.",
  );
}
