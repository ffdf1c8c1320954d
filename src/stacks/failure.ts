import * as pulumi from "@pulumi/pulumi";
import { LockstepError } from "../model/error.ts";
import { onOneLine } from "../model/printable.ts";
import { errorsIn } from "../model/error-parts.ts";

/** The text of an expected failure on one line: code, what happened, what it is about, what to do. */
function failureLine({ code, message, hint, place }: LockstepError): string {
  const about = [place.coordinate, place.file, place.path].filter((part) => part && !message.includes(part));
  return onOneLine(`${code}: ${message}${about.length === 0 ? "" : ` (${about.join(", ")})`}. ${hint}`.trim());
}

/**
 * What the program ends with: expected failures are shown by the engine as one line, and are the cause of what is thrown, for
 * those who run the program in their own process. Everything else is a defect and keeps its stack.
 */
export function runError(error: unknown): unknown {
  if (!(error instanceof LockstepError)) return error;
  const shown = new pulumi.RunError(failureLine(error), { cause: error });
  // The language host also prints an error with a stack for its trace. On the lines of its own stack Node 20.20 then never
  // leaves a loop of `util.inspect`, until the text is too long for a string: 20 seconds and 3 GB for each failure.
  shown.stack = "";
  return shown;
}

/**
 * The answer of the provider to a call that asked for the parts of errors.
 * @throws LockstepError the provider's own, which the engine passes on inside a text
 */
export async function answered<Result>(call: Promise<Result>): Promise<Result> {
  try {
    return await call;
  } catch (error) {
    const [refused] = error instanceof Error ? errorsIn(error.message) : [];
    throw refused ?? error;
  }
}
