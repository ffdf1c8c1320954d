import { EXIT, LockstepError } from "../../model/error.ts";
import { canonicalJson } from "../../model/json.ts";
import { KINDS } from "../../kinds/index.ts";
import { plural, printable } from "../../report/plain.ts";
import { validateSnapshot, type Problem } from "../../topology/validate.ts";
import type { Context } from "../context.ts";
import { readFiles } from "../sides.ts";
import { fromCwd, type CommonOptions } from "../workspace.ts";

/** `lockstep validate DIR`: says everything that is wrong with a snapshot. */
export async function run(context: Context, options: CommonOptions, [name]: readonly string[]): Promise<number> {
  const directory = fromCwd(context, name ?? "");
  const files = await readFiles(context, directory);
  if (files === undefined) {
    throw new LockstepError(
      "not-a-snapshot",
      `there is no directory ${directory}`,
      "Take a snapshot with `lockstep snapshot`.",
      {
        file: directory,
      },
    );
  }
  const problems = validateSnapshot(files, KINDS);
  if (options.format === "json") context.stdout.write(canonicalJson({ problems: problems as never }));
  else
    context.stdout.write(
      problems.length === 0 ? `${plural(files.size, "file")}, no problems\n` : problems.map(problemText).join(""),
    );
  return problems.length === 0 ? EXIT.done : EXIT.error;
}

function problemText({ code, file, path, expected, found }: Problem): string {
  return printable(`${file}${path}: ${code}: expected ${expected}, found ${found}`) + "\n";
}
