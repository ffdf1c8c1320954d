import { asEntity, asIdentified } from "./answer.ts";
import type { Answer, Call, Request, Steps } from "./api.ts";
import { LockstepError } from "./error.ts";
import type { Obj } from "./json.ts";

/** What to do about a write of which nobody knows whether it took effect. */
export const LOOK_FIRST =
  "It may or may not have been carried out. Look at the object in the organisation, or take a new snapshot, before trying again.";

/**
 * Sends a request that creates something, once: an answer that does not tell the new object's id does not say that nothing was
 * created either.
 * @returns the new object as answered
 * @throws LockstepError `outcome-unknown`
 */
export function* createdEntity(call: Call): Steps<Obj & { readonly id: string }> {
  const shaped = asIdentified(yield call);
  if ("value" in shaped) return shaped.value;
  throw unclearWrite(call, shaped.fault);
}

/** As {@link createdEntity}, for those who need no more than the id. */
export function* createdId(call: Call): Steps<string> {
  return (yield* createdEntity(call)).id;
}

/**
 * Holds the answers to the writes in some steps to what they should be: a request to a single object is answered by that
 * object, and nothing is answered by a text. What else they answer (nothing, members, rows) is left to the steps.
 * @throws LockstepError `outcome-unknown` instead of going on with an answer that is none
 */
export function* answeredWrites<Result>(steps: Steps<Result>): Steps<Result> {
  let turn = steps.next();
  while (turn.done !== true) {
    const request: Request = turn.value;
    let answer: Answer;
    try {
      answer = yield request;
    } catch (error) {
      turn = steps.throw(error);
      continue;
    }
    if ("op" in request && request.repeatable !== true) assertAnswered(request, answer);
    turn = steps.next(answer);
  }
  return turn.value;
}

function assertAnswered(call: Call, answer: Answer): void {
  const [verb = ""] = call.op.split(" ");
  if (verb === "GET" || verb === "HEAD" || answer.status >= 400) return;
  if ((answer.text ?? "") !== "") throw unclearWrite(call, "a text");
  const isOwn = (verb === "PUT" || verb === "PATCH") && call.op.endsWith("/{id}");
  const shaped = isOwn ? asEntity(answer, call.path?.["id"] ?? "") : { value: answer.body };
  if ("fault" in shaped) throw unclearWrite(call, shaped.fault);
}

/** The error for a write whose answer does not tell what became of it. */
export function unclearWrite({ op }: Call, fault: string): LockstepError {
  return new LockstepError("outcome-unknown", `${op} answered ${fault}`, LOOK_FIRST, { path: op });
}
