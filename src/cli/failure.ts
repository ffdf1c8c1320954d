import type { CommanderError } from "@commander-js/extra-typings";
import { isCode } from "../model/catalogue/index.ts";
import { defined } from "../model/defined.ts";
import { defectOf, LockstepError } from "../model/error.ts";
import { printableLines } from "../model/printable.ts";
import { canonicalJson, type Obj } from "../model/json.ts";
import { SEE_HELP } from "./command.ts";
import type { Context } from "./context.ts";

/** Tells the user about an error and gives the exit code. With `--format json` stdout is one document, the error. */
export function reportError(error: unknown, context: Context, format: string | undefined): number {
  const known = error instanceof LockstepError ? error : defect(error, context);
  if (format === "json") context.stdout.write(canonicalJson({ error: errorDocument(known) }));
  else context.stderr.write(errorText(known));
  return known.exit;
}

function errorDocument({ code, message, place, hint }: LockstepError): Obj {
  const { coordinate, file, path } = place;
  return { code, message, ...defined({ coordinate, file, path }), hint };
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

/** The error for a wrong command line. */
export function usageError({ code, message }: CommanderError): LockstepError {
  const name = code.replace(/^.*\./, "").replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const [first = "", ...more] = message.replace(/^error: /, "").split("\n");
  const sentence = (first.charAt(0).toUpperCase() + first.slice(1)).replace(/\.$/, "");
  return new LockstepError(isCode(name) ? name : "invalid-argument", sentence, [...more, SEE_HELP].join(" "));
}
