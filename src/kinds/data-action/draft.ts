import type { Answer, Steps } from "../../model/api.ts";
import { LockstepError } from "../../model/error.ts";
import { isObj, objectsOf, textOf, type Json, type Obj } from "../../model/json.ts";

const DRAFT = "/api/v2/integrations/actions/{id}/draft";

/**
 * Changes a published data action through a draft: made from what is published, changed, validated, published.
 * @throws LockstepError `data-action-invalid` with what Genesys Cloud objects to; the draft is deleted then
 */
export function* publishDraft(id: string, input: Obj): Steps<void> {
  const path = { id };
  const draft = yield { op: `POST ${DRAFT}`, path };
  const changed = yield { op: `PATCH ${DRAFT}`, path, body: { ...input, version: versionIn(draft) } };
  const validation = yield { op: `GET ${DRAFT}/validation`, path };
  if (isObj(validation.body) && validation.body["valid"] === false) {
    yield { op: `DELETE ${DRAFT}`, path };
    throw invalid(textOf(input["name"]), validation.body);
  }
  yield { op: `POST ${DRAFT}/publish`, path, body: { version: versionIn(changed) } };
}

function versionIn(answer: Answer): Json {
  return (isObj(answer.body) ? answer.body["version"] : undefined) ?? 1;
}

function invalid(name: string, validation: Obj): LockstepError {
  const reasons = objectsOf(validation["errors"]).map((error) => textOf(error["message"]));
  return new LockstepError(
    "data-action-invalid",
    `Genesys Cloud refuses data action ${name}: ${reasons.join("; ")}`,
    "Check in the source that the action is valid, and in the organisation that its integration has what it needs.",
  );
}
