import { EXIT } from "../../model/error.ts";
import { upSummary } from "../../report/stack-text.ts";
import type { Context } from "../context.ts";
import { stackDocument } from "./document.ts";
import type { CarriedOut, PreviewedUpdate } from "./open-update.ts";
import { isHeldBack, notWrittenIn, outputRows, sortedOutputs } from "./outputs.ts";

/** Ends a run that was for looking only; gives the exit code. */
export function showPreview(
  { stdout }: Context,
  json: boolean,
  { changes, hits, notWritten }: PreviewedUpdate,
): number {
  if (json) stdout.write(stackDocument(changes, { guards: hits, blocked: notWritten.blocked }));
  return changes.changes.length > 0 || isHeldBack(notWritten) ? EXIT.differs : EXIT.done;
}

/** Shows what an update did; gives the exit code. */
export function showUpdated(
  { stdout }: Context,
  json: boolean,
  { changes, failures, held, outputs }: CarriedOut,
): number {
  const failed = failures.length > 0;
  const shown = sortedOutputs(outputs);
  const text = json
    ? stackDocument(changes, { outputs: shown, failures, held })
    : upSummary(changes, { failures, held }, failed ? [] : outputRows(shown));
  stdout.write(text);
  if (failed) return EXIT.partial;
  return isHeldBack(notWrittenIn(shown)) ? EXIT.differs : EXIT.done;
}
