import { EXIT } from "../../model/error.ts";
import { canonicalJson } from "../../model/json.ts";
import { printable } from "../../model/printable.ts";
import { plural } from "../../report/plain.ts";
import { validateDirectory } from "../../app/validate-directory.ts";
import type { Problem } from "../../snapshot/problem.ts";
import type { Context } from "../context.ts";
import { fromCwd, type CommonOptions } from "../open-app.ts";

/** `lockstep validate DIR`: says everything that is wrong with a snapshot or a repository. */
export async function run(context: Context, options: CommonOptions, [name]: readonly string[]): Promise<number> {
  const { files, problems } = await validateDirectory(context.files, fromCwd(context, name ?? ""));
  if (options.format === "json") context.stdout.write(canonicalJson({ problems }));
  else
    context.stdout.write(
      problems.length === 0 ? `${plural(files, "file")}, no problems\n` : problems.map(problemText).join(""),
    );
  return problems.length === 0 ? EXIT.done : EXIT.error;
}

function problemText({ code, file, path, expected, found }: Problem): string {
  const place = path === "" ? file : `${file} at ${path}`;
  return printable(`${place}: ${code}: expected ${expected}, found ${found}`) + "\n";
}
