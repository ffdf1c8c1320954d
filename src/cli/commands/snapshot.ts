import { EXIT, LockstepError } from "../../model/error.ts";
import { canonicalJson } from "../../model/json.ts";
import { KINDS } from "../../kinds/index.ts";
import { assertDirectoryReplaceable } from "../../platform/files.ts";
import { snapshotFiles } from "../../topology/snapshot-files.ts";
import { painter } from "../../report/paint.ts";
import { plural, printable } from "../../report/plain.ts";
import { findingLines } from "../../report/text.ts";
import { wantsColour, type Context } from "../context.ts";
import { sweepSide } from "../sides.ts";
import { besideConfig, connectSide, fromCwd, openWorkspace, type CommonOptions, type Side } from "../workspace.ts";

interface SnapshotOptions extends CommonOptions {
  readonly output?: string;
  readonly allowIncomplete?: boolean;
}

/** `lockstep snapshot <org> -o DIR`: reads an organisation and replaces the directory in one step. */
export async function run(context: Context, options: SnapshotOptions, [name]: readonly string[]): Promise<number> {
  const side = sideNamed(name ?? "");
  const workspace = await openWorkspace(context, options);
  const directory =
    options.output === undefined
      ? besideConfig(workspace, workspace.config.snapshots[side])
      : fromCwd(context, options.output);
  await assertDirectoryReplaceable(directory);
  const startedAt = new Date(context.clock.now()).toISOString();
  const client = await connectSide(context, workspace, side);
  try {
    const { snapshot, takenAt } = await sweepSide(context, workspace, client, directory, options.allowIncomplete);
    const counts = client.counts();
    const requests = { total: counts.total, byKind: counts.byKind };
    const run = { startedAt, finishedAt: takenAt, requests };
    await context.files.replaceDirectory(directory, snapshotFiles(snapshot, KINDS, context.tool, run));
    if (options.format === "json") {
      const document = { org: snapshot.org, complete: snapshot.complete, kinds: snapshot.counts, requests };
      context.stdout.write(canonicalJson(JSON.parse(JSON.stringify(document)) as never));
    } else {
      const objects = plural(snapshot.objects.size, "object");
      const gaps = snapshot.complete ? "" : ", incomplete";
      context.stdout.write(`${printable(snapshot.org.name)}: ${objects} in ${directory}${gaps}\n`);
      const findings = findingLines(snapshot.findings, painter(wantsColour(context.stderr, context.env)));
      if (findings.length > 0) context.stderr.write(findings.join("\n") + "\n");
    }
    return EXIT.done;
  } finally {
    client.close();
  }
}

function sideNamed(name: string): Side {
  if (name === "primary" || name === "standby") return name;
  throw new LockstepError(
    "unknown-org",
    `there is no organisation ${JSON.stringify(name)}`,
    "The organisations of lockstep.yaml are `primary` and `standby`.",
  );
}
