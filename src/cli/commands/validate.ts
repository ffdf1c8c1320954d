import { EXIT } from "../../model/error.ts";
import { canonicalJson } from "../../model/json.ts";
import { printable } from "../../model/printable.ts";
import { plural } from "../../report/plain.ts";
import type { Problem } from "../../snapshot/problem.ts";
import { defineCommand, TEXT_JSON } from "../command.ts";
import { fromCwd } from "../context.ts";

export const validate = defineCommand(
  {
    name: "validate",
    summary: "check a snapshot: schemas, digests, references",
    formats: TEXT_JSON,
    examples: ["lockstep validate snapshots/primary"],
  },
  (command) => command.argument("<dir>"),
  async (context, { format }, directory) => {
    const { validateDirectory } = await import("../../app/index.ts");
    const { files, problems } = await validateDirectory(context, fromCwd(context, directory));
    const well = `${plural(files, "file")}, no problems\n`;
    const text = problems.length === 0 ? well : problems.map(problemText).join("");
    context.stdout.write(format === "json" ? canonicalJson({ files, problems }) : text);
    return problems.length === 0 ? EXIT.done : EXIT.error;
  },
);

function problemText({ code, file, path, expected, found }: Problem): string {
  const place = path === "" ? file : `${file} at ${path}`;
  return printable(`${place}: ${code}: expected ${expected}, found ${found}`) + "\n";
}
