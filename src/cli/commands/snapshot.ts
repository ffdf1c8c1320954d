import { EXIT, LockstepError } from "../../model/error.ts";
import { canonicalJson } from "../../model/json.ts";
import { takeSnapshot } from "../../app/take-snapshot.ts";
import { painter } from "../../report/paint.ts";
import { printable } from "../../model/printable.ts";
import type { Side } from "../../model/side.ts";
import { plural } from "../../report/plain.ts";
import { findingLines } from "../../report/text.ts";
import { wantsColour, type Context } from "../context.ts";
import { fromCwd, openApp, type CommonOptions } from "../open-app.ts";

interface SnapshotOptions extends CommonOptions {
  readonly output?: string;
  readonly allowIncomplete?: boolean;
  /** Write what organisations can be provisioned from, instead of a snapshot. */
  readonly repository?: boolean;
}

/** `lockstep snapshot <org> -o DIR`: reads an organisation and replaces the directory in one step. */
export async function run(context: Context, options: SnapshotOptions, [name]: readonly string[]): Promise<number> {
  const side = sideNamed(name ?? "");
  const app = await openApp(context, options);
  const { snapshot, directory, requests } = await takeSnapshot(app, side, {
    directory: fromCwd(context, options.output),
    repository: options.repository,
    allowIncomplete: options.allowIncomplete,
  });
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
}

function sideNamed(name: string): Side {
  if (name === "primary" || name === "standby") return name;
  throw new LockstepError(
    "unknown-org",
    `there is no organisation ${JSON.stringify(name)}`,
    "The organisations of lockstep.yaml are `primary` and `standby`.",
  );
}
