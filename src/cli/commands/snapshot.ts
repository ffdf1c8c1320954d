import { EXIT, LockstepError } from "../../model/error.ts";
import { canonicalJson, isObj, textOf } from "../../model/json.ts";
import { assertComplete } from "../../importers/comparable.ts";
import { KINDS } from "../../kinds/index.ts";
import { assertDirectoryReplaceable } from "../../platform/files.ts";
import { parseJson } from "../../snapshot/json-text.ts";
import { repositoryFiles } from "../../snapshot/repository-directory.ts";
import { snapshotFiles } from "../../snapshot/snapshot-files.ts";
import { FILE } from "../../snapshot/snapshot-layout.ts";
import { painter } from "../../report/paint.ts";
import { printable } from "../../model/printable.ts";
import type { Side } from "../../model/side.ts";
import { plural } from "../../report/plain.ts";
import { findingLines } from "../../report/text.ts";
import { wantsColour, type Context } from "../context.ts";
import { sweepSide } from "../sides.ts";
import { besideConfig, connectSide, fromCwd, openWorkspace, type CommonOptions, type Workspace } from "../workspace.ts";

interface SnapshotOptions extends CommonOptions {
  readonly output?: string;
  readonly allowIncomplete?: boolean;
  /** Write what organisations can be provisioned from, instead of a snapshot. */
  readonly repository?: boolean;
}

/** `lockstep snapshot <org> -o DIR`: reads an organisation and replaces the directory in one step. */
export async function run(context: Context, options: SnapshotOptions, [name]: readonly string[]): Promise<number> {
  const side = sideNamed(name ?? "");
  const workspace = await openWorkspace(context, options);
  const directory = placeFor(context, workspace, options, side);
  await assertDirectoryReplaceable(directory, options.repository === true ? "repository" : "snapshot");
  const startedAt = new Date(context.clock.now()).toISOString();
  const client = await connectSide(context, workspace, side);
  try {
    await assertOwnSnapshot(context, directory, client.org);
    const { snapshot, takenAt } = await sweepSide(context, workspace, client, directory, options.allowIncomplete);
    const counts = client.counts();
    const requests = { total: counts.total, byKind: counts.byKind };
    const run = { startedAt, finishedAt: takenAt, requests };
    if (options.repository === true) assertComplete(snapshot, side);
    const files =
      options.repository === true
        ? repositoryFiles(snapshot, KINDS, context.tool)
        : snapshotFiles(snapshot, KINDS, context.tool, run);
    await context.files.replaceDirectory(directory, files);
    if (options.format === "json") {
      const document = { org: snapshot.org, complete: snapshot.complete, kinds: snapshot.counts, requests };
      context.stdout.write(canonicalJson(document));
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

/**
 * The last good snapshot of one organisation does not make way for that of another, as a slip in `-o` would have it.
 * @throws LockstepError `other-org`
 */
async function assertOwnSnapshot(
  { files }: Context,
  directory: string,
  org: { id: string; name: string },
): Promise<void> {
  const file = `${directory}/${FILE.manifest}`;
  const parsed = parseJson((await files.read(file)) ?? "");
  const held = "value" in parsed && isObj(parsed.value) ? parsed.value["org"] : undefined;
  if (!isObj(held) || typeof held["id"] !== "string" || held["id"] === org.id) return;
  throw new LockstepError(
    "other-org",
    `${directory} holds a snapshot of ${textOf(held["name"])} (${held["id"]}), and this is ${org.name} (${org.id})`,
    "Name another directory with -o DIR, or delete this one first.",
    { file },
  );
}

/** A repository is what people edit, so it has no place that a command would choose by itself. */
function placeFor(context: Context, workspace: Workspace, options: SnapshotOptions, side: Side): string {
  if (options.output !== undefined) return fromCwd(context, options.output);
  if (options.repository !== true) return besideConfig(workspace, workspace.config.snapshots[side]);
  throw new LockstepError("output-missing", "a repository needs a directory", "Name a new one with -o DIR.");
}

function sideNamed(name: string): Side {
  if (name === "primary" || name === "standby") return name;
  throw new LockstepError(
    "unknown-org",
    `there is no organisation ${JSON.stringify(name)}`,
    "The organisations of lockstep.yaml are `primary` and `standby`.",
  );
}
