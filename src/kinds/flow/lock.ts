import { asObject, ask } from "../../model/answer.ts";
import type { Steps } from "../../model/api.ts";
import { LockstepError } from "../../model/error.ts";
import { isObj, textOf, type Json, type Obj } from "../../model/json.ts";

/**
 * Makes sure that nobody else works on a flow. Our own lock is what an interrupted run left behind: it is released.
 * Somebody else's is not, because that would also publish their draft (genesys-api §8.2).
 * @throws LockstepError `flow-locked`
 */
export function* assertUnlocked(id: string, entity: Obj): Steps<void> {
  const person = entity["lockedUser"];
  const client = idIn(entity["lockedClient"]);
  if (isObj(person)) throw lockedError(entity, textOf(person["name"], "somebody"));
  if (client === "") return;
  const token = yield* ask({ op: "GET /api/v2/tokens/me" }, (answer) => asObject(answer, ["OAuthClient"]));
  if (idIn(token["OAuthClient"]) !== client) {
    throw lockedError(entity, `the OAuth client ${client}`);
  }
  yield { op: "POST /api/v2/flows/actions/unlock", query: { flow: id } };
}

function idIn(reference: Json | undefined): string {
  return isObj(reference) ? textOf(reference["id"]) : "";
}

function lockedError(entity: Obj, holder: string): LockstepError {
  return new LockstepError(
    "flow-locked",
    `Flow "${textOf(entity["name"])}" is being edited by ${holder}`,
    "Have it checked in or unlocked in Architect, then run the same command again.",
  );
}
