import { defined } from "../../model/defined.ts";
import { asEntity, ask } from "../../model/answer.ts";
import type { Steps } from "../../model/api.ts";
import { splitCoordinate, type Coordinate } from "../../model/coordinate.ts";
import { LockstepError } from "../../model/error.ts";
import { textOf, type Json, type Obj } from "../../model/json.ts";
import type { Change } from "../../model/kind.ts";
import { createdId } from "../../model/unclear-write.ts";
import { authActionId, isAuthCoordinate } from "./auth.ts";
import { publishDraft } from "./draft.ts";
import { fullConfig } from "./shape.ts";

const ACTIONS = "/api/v2/integrations/actions";

/**
 * Creates a data action, which publishes it at once (genesys-api §4.4).
 * @throws LockstepError `function-code` for functions: their code cannot be read
 */
export function* createAction({ coordinate, body, wanted }: Change): Steps<string> {
  const owner = splitCoordinate(textOf(wanted["integrationId"])).key;
  if (isAuthCoordinate(coordinate)) return yield* changeAuthAction(textOf(body["integrationId"]), body);
  if (owner.startsWith("function-data-actions:")) throw functionCode(coordinate);
  return yield* createdId({ op: `POST ${ACTIONS}`, body: { ...body, config: fullConfig(body["config"]) } });
}

/** Configuration and names change in place; another contract goes through a draft, which keeps the id (genesys-api §4.4). */
export function* updateAction(change: Change): Steps<string> {
  const { id, body, touched } = change;
  const input = inputOf(body, body["version"]);
  if (touched.has("contract")) yield* publishDraft(change, { ...input, contract: body["contract"] ?? {} });
  else yield { op: `PATCH ${ACTIONS}/{id}`, path: { id }, body: input };
  return id;
}

/** The login of a new integration is there already, with what the platform starts with. */
function* changeAuthAction(integrationId: string, body: Obj): Steps<string> {
  const id = authActionId(integrationId);
  const action = yield* ask({ op: `GET ${ACTIONS}/{id}`, path: { id } }, (answer) => asEntity(answer, id));
  yield { op: `PATCH ${ACTIONS}/{id}`, path: { id }, body: inputOf(body, action["version"]) };
  return id;
}

function inputOf(body: Obj, version: Json | undefined): Obj {
  return defined({
    name: body["name"] ?? "",
    category: body["category"] ?? "",
    config: fullConfig(body["config"]),
    version,
  });
}

function functionCode(coordinate: Coordinate): LockstepError {
  return new LockstepError(
    "function-code",
    `${coordinate} is a function, whose code Genesys Cloud does not give out`,
    "Create it in the organisation and upload its code there; lockstep keeps its settings in step afterwards.",
    { coordinate },
  );
}
