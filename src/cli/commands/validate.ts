import { EXIT, LockstepError } from "../../model/error.ts";
import { canonicalJson } from "../../model/json.ts";
import { KINDS } from "../../kinds/index.ts";
import { printable } from "../../model/printable.ts";
import { plural } from "../../report/plain.ts";
import { directoryFiles } from "../../snapshot/snapshot-directory.ts";
import { validateSnapshot, type Problem } from "../../snapshot/validate.ts";
import type { Context } from "../context.ts";
import { fromCwd, type CommonOptions } from "../workspace.ts";

/** `lockstep validate DIR`: says everything that is wrong with a snapshot or a repository. */
export async function run(context: Context, options: CommonOptions, [name]: readonly string[]): Promise<number> {
  const directory = fromCwd(context, name ?? "");
  const files = await directoryFiles(context.files, directory, KINDS);
  if (files.size === 0) {
    const hint = "Take a snapshot with `lockstep snapshot`, or name the directory that holds one.";
    throw new LockstepError("not-a-snapshot", `${directory} holds no snapshot`, hint, { file: directory });
  }
  const problems = validateSnapshot(files, KINDS);
  if (options.format === "json") context.stdout.write(canonicalJson({ problems }));
  else
    context.stdout.write(
      problems.length === 0 ? `${plural(files.size, "file")}, no problems\n` : problems.map(problemText).join(""),
    );
  return problems.length === 0 ? EXIT.done : EXIT.error;
}

function problemText({ code, file, path, expected, found }: Problem): string {
  const place = path === "" ? file : `${file} at ${path}`;
  return printable(`${place}: ${code}: expected ${expected}, found ${found}`) + "\n";
}
