import { defectOf, LockstepError } from "../model/error.ts";
import { printableLines } from "../model/printable.ts";
import { canonicalJson } from "../model/json.ts";
import type { Context } from "./context.ts";

/** Tells the user about an error and gives the exit code. With `--format json` stdout is one document, the error. */
export function reportError(error: unknown, context: Context, format: string | undefined): number {
  const known = error instanceof LockstepError ? error : defect(error, context);
  if (format === "json") context.stdout.write(canonicalJson({ error: errorDocument(known) }));
  else context.stderr.write(errorText(known));
  return known.exit;
}

function errorDocument(error: LockstepError): { [name: string]: string } {
  const { coordinate, file, path } = error.place;
  const parts = { code: error.code, message: error.message, coordinate, file, path, hint: error.hint };
  return Object.fromEntries(Object.entries(parts).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function errorText(error: LockstepError): string {
  const { coordinate, file, path } = error.place;
  const lines = [
    `error ${error.code}: ${printableLines(error.message)}`,
    ...(coordinate === undefined ? [] : [`  object  ${printableLines(coordinate)}`]),
    ...(file === undefined ? [] : [`  file    ${printableLines(file)}`]),
    ...(path === undefined || path === "" ? [] : [`  at      ${printableLines(path)}`]),
    ...(error.hint === "" ? [] : [`  do      ${printableLines(error.hint)}`]),
  ];
  return lines.join("\n") + "\n";
}

/** Anything unexpected: its details go to the user only when asked for. */
function defect(error: unknown, { env }: Context): LockstepError {
  const isWanted = error instanceof Error && (env["LOCKSTEP_DEBUG"] ?? "") !== "";
  return defectOf(error, isWanted ? `\n${error.stack ?? ""}` : "");
}
