import * as pulumi from "@pulumi/pulumi";
import { LockstepError } from "../model/error.ts";

/** The text of an expected failure on one line: code, what happened, what it is about, what to do. */
function failureLine(error: LockstepError): string {
  const { coordinate, file, path } = error.place;
  const about = [coordinate, file, path].filter((part) => part && !error.message.includes(part));
  const place = about.length === 0 ? "" : ` (${about.join(", ")})`;
  const sentence = /[.!?]$/.test(error.message) ? error.message : `${error.message}.`;
  return printable(`${error.code}: ${sentence.replace(/\.$/, "")}${place}. ${error.hint}`.trim());
}

/**
 * What the program ends with: expected failures are shown by the engine as one line. What a plugin refused is such a line
 * already, behind the name of the call. Everything else is a defect and keeps its stack.
 */
export function runError(error: unknown): unknown {
  if (error instanceof LockstepError) return new pulumi.RunError(failureLine(error));
  const refused =
    error instanceof Error ? /(?:^|[\s:])([a-z]+(?:-[a-z]+)+: [^]*)$/.exec(error.message)?.[1] : undefined;
  return refused !== undefined && isFromPlugin(error) ? new pulumi.RunError(printable(refused)) : error;
}

function isFromPlugin(error: unknown): boolean {
  return error instanceof Error && /gclockstep/.test(error.message);
}

/** Names come from organisations: they must not move the cursor or colour the terminal. */
export function printable(text: string): string {
  return text.replace(/\s*\n\s*/g, " ").replace(/[\p{Cc}\p{Cf}]/gu, "\uFFFD");
}
