import type { OutputMap } from "@pulumi/pulumi/automation/index.js";
import { EXIT } from "../../model/error.ts";
import { objectsOf } from "../../model/json.ts";
import { upSummary } from "../../report/stack-text.ts";
import type { Context } from "../context.ts";
import { stackDocument } from "./document.ts";
import type { CarriedOut, PreviewedUpdate } from "./open-update.ts";
import { outputRows, shownOutputs } from "./outputs.ts";

/** Ends a run that was for looking only; gives the exit code. */
export function showPreview({ stdout }: Context, json: boolean, { changes, hits }: PreviewedUpdate): number {
  if (json) stdout.write(stackDocument(changes, { guards: hits }));
  return changes.changes.length > 0 ? EXIT.differs : EXIT.done;
}

/** Shows what an update did; gives the exit code. */
export function showUpdated(
  { stdout }: Context,
  json: boolean,
  { changes, failures, held }: CarriedOut,
  outputs: OutputMap,
): number {
  const failed = failures.length > 0;
  const shown = shownOutputs(outputs);
  const text = json
    ? stackDocument(changes, { outputs: shown, failures, held })
    : upSummary(changes, { failures, held }, failed ? [] : outputRows(shown));
  stdout.write(text);
  if (failed) return EXIT.partial;
  return objectsOf(shown["blocked"]).some(({ code }) => code === "duplicate-key") ? EXIT.differs : EXIT.done;
}
