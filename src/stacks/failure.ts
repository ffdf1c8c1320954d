import * as pulumi from "@pulumi/pulumi";
import { LockstepError } from "../model/error.ts";
import { onOneLine } from "../model/printable.ts";

/** The text of an expected failure on one line: code, what happened, what it is about, what to do. */
function failureLine(error: LockstepError): string {
  const { coordinate, file, path } = error.place;
  const about = [coordinate, file, path].filter((part) => part && !error.message.includes(part));
  const place = about.length === 0 ? "" : ` (${about.join(", ")})`;
  const sentence = /[.!?]$/.test(error.message) ? error.message : `${error.message}.`;
  return onOneLine(`${error.code}: ${sentence.replace(/\.$/, "")}${place}. ${error.hint}`.trim());
}

/**
 * What the program ends with: expected failures are shown by the engine as one line, and are the cause of what is thrown, for
 * those who run the program in their own process. What a plugin refused is such a line already, behind the name of the call.
 * Everything else is a defect and keeps its stack.
 */
export function runError(error: unknown): unknown {
  if (error instanceof LockstepError) return new pulumi.RunError(failureLine(error), { cause: error });
  const refused =
    error instanceof Error ? /(?:^|[\s:])([a-z]+(?:-[a-z]+)+: [^]*)$/.exec(error.message)?.[1] : undefined;
  return refused !== undefined && isFromPlugin(error) ? new pulumi.RunError(onOneLine(refused)) : error;
}

function isFromPlugin(error: unknown): boolean {
  return error instanceof Error && /gclockstep/.test(error.message);
}
