import { asEntity, asObject, ask } from "../../model/answer.ts";
import type { Call, Steps } from "../../model/api.ts";
import { ApiError, LockstepError } from "../../model/error.ts";
import { objectsOf, textOf, type Json, type Obj } from "../../model/json.ts";
import type { Change } from "../../model/kind.ts";
import { unclearWrite } from "../../model/unclear-write.ts";
import { readDraftConfig } from "./read.ts";
import { isSameAction } from "./shape.ts";

const DRAFT = "/api/v2/integrations/actions/{id}/draft";

/**
 * Changes a published data action through a draft: made from what is published, changed, validated, published. A draft that a
 * run of ours left behind is taken over, and so is one that holds nothing that would be lost.
 * @throws LockstepError `data-action-invalid` with what Genesys Cloud objects to; the draft is deleted then;
 *   `data-action-draft` where somebody works on a draft
 */
export function* publishDraft(change: Change, input: Obj): Steps<void> {
  const { id } = change;
  const path = { id };
  const version = yield* openDraft(change, input);
  const changed = yield* versionAfter({ op: `PATCH ${DRAFT}`, path, body: { ...input, version } });
  const validation = yield* ask({ op: `GET ${DRAFT}/validation`, path }, (answer) => asObject(answer, ["valid"]));
  if (validation["valid"] !== true) {
    yield { op: `DELETE ${DRAFT}`, path };
    throw invalid(textOf(input["name"]), validation);
  }
  yield { op: `POST ${DRAFT}/publish`, path, body: { version: changed } };
}

/** The version of a new draft, or of the one that may be taken over. */
function* openDraft(change: Change, input: Obj): Steps<Json> {
  const path = { id: change.id };
  try {
    return yield* versionAfter({ op: `POST ${DRAFT}`, path });
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 409) throw error;
    const draft = yield* readDraft(change.id);
    const holdsNothing =
      isSameAction(draft, change.current ?? {}) || isSameAction(draft, { ...change.wanted, ...input });
    if (change.begun !== true && !holdsNothing) throw foreignDraft(change);
    return draft["version"] ?? 1;
  }
}

/** The draft of an action with all of its content. */
function* readDraft(id: string): Steps<Obj> {
  const query = { includeConfig: true, expand: "contract" };
  const draft = yield* ask({ op: `GET ${DRAFT}`, path: { id }, query }, (answer) => asEntity(answer, id));
  return { ...draft, config: yield* readDraftConfig(draft) };
}

/** The version that a write of the draft leaves, which the next one has to carry. */
function* versionAfter(call: Call): Steps<Json> {
  const shaped = asObject(yield call, ["version"]);
  if ("fault" in shaped) throw unclearWrite(call, shaped.fault);
  return shaped.value["version"] ?? null;
}

/** The API does not tell who made a draft (definition Action). */
function foreignDraft({ coordinate }: Change): LockstepError {
  return new LockstepError(
    "data-action-draft",
    `${coordinate} has a draft that lockstep did not make, with changes that are not published; Genesys Cloud does not tell whose it is`,
    "Publish or delete the draft under Admin > Integrations > Actions, then run the same command again.",
    { coordinate },
  );
}

function invalid(name: string, validation: Obj): LockstepError {
  const reasons = objectsOf(validation["errors"]).map((error) => textOf(error["message"]));
  return new LockstepError(
    "data-action-invalid",
    `Genesys Cloud refuses data action ${name}: ${reasons.join("; ")}`,
    "Check in the source that the action is valid, and in the organisation that its integration has what it needs.",
  );
}
