import { asEntity, ask } from "../../model/answer.ts";
import type { Steps } from "../../model/api.ts";
import { LockstepError } from "../../model/error.ts";
import { isObj, textOf, type Obj } from "../../model/json.ts";
import { growingPauses } from "../../model/growing-pauses.ts";
import { publishedVersion, versionInRevision } from "./revision.ts";

const PAUSES = growingPauses(1000, 8000, 300_000);

/**
 * Publishes an older version again (genesys-api §4.3): the undo of a publish. The operation is asynchronous.
 * @throws LockstepError `flow-restore-failed`
 */
export function* restoreFlow(id: string, revision: string): Steps<void> {
  const version = versionInRevision(revision);
  const started = yield { op: "POST /api/v2/flows/actions/publish", query: { flow: id, version } };
  assertNotFailed(version, isObj(started.body) ? started.body : {});
  for (const pauseMs of PAUSES) {
    yield { pauseMs };
    const flow = yield* ask({ op: "GET /api/v2/flows/{id}", path: { id } }, (answer) => asEntity(answer, id));
    const operation = isObj(flow["currentOperation"]) ? flow["currentOperation"] : {};
    assertNotFailed(version, operation);
    if (publishedVersion(flow) === version) return;
  }
  throw restoreError(version, "Architect did not finish");
}

function assertNotFailed(version: string, operation: Obj): void {
  if (operation["actionStatus"] !== "FAILURE") return;
  throw restoreError(version, textOf(operation["errorMessage"], "Architect gave no reason"));
}

function restoreError(version: string, reason: string): LockstepError {
  return new LockstepError(
    "flow-restore-failed",
    `Version ${version} could not be published again: ${reason}`,
    "Open the flow in Architect and publish that version by hand.",
  );
}
