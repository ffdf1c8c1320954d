import type { Answer, Call, Steps, Transfer } from "./api.ts";
import { LockstepError } from "./error.ts";
import { isList, isObj, textOf, type Obj } from "./json.ts";

/** An answer in the shape that was asked for, or what is wrong with it: never any of its content. */
export type Shaped<Value> = { readonly value: Value } | { readonly fault: string };

/** A gateway's page or a half-started service is gone after a few seconds; what stays is not going to change. */
export const PAUSES_BEFORE_ASKING_AGAIN = [1000, 4000] as const;

/**
 * Sends a request that reads, or that does no harm when it is repeated, until its answer has the expected shape. A success with another body (empty, `null`, a text,
 * another object) says nothing about the organisation, so nothing is concluded from it, least of all absence.
 * @throws LockstepError `unusable-answer` when the answer stays unusable
 */
export function* ask<Value>(request: Call | Transfer, shape: (answer: Answer) => Shaped<Value>): Steps<Value> {
  for (const pauseMs of [...PAUSES_BEFORE_ASKING_AGAIN, undefined]) {
    const shaped = shape(yield request);
    if ("value" in shaped) return shaped.value;
    if (pauseMs === undefined) throw unusableAnswer(request, shaped.fault);
    yield { pauseMs };
  }
  throw unusableAnswer(request, "no answer");
}

function unusableAnswer(request: Call | Transfer, fault: string): LockstepError {
  // The address of a transfer is signed, so it is as good as a password.
  const what = "op" in request ? request.op : `A ${request.transfer}`;
  return new LockstepError(
    "unusable-answer",
    `${what} answered ${fault}`,
    "Genesys Cloud, or something between it and this machine, gave no usable answer. Run the command again later.",
    "op" in request ? { path: request.op } : {},
  );
}

/** An object that tells who it is: what answers a request that makes something, such as a job. */
export function asIdentified(answer: Answer): Shaped<Obj & { readonly id: string }> {
  const { body } = answer;
  if (!isObj(body)) return { fault: `${bodyInWords(answer)} instead of an object` };
  const id = textOf(body["id"]);
  return id === "" ? { fault: "an object without id" } : { value: { ...body, id } };
}

/** An object by its id. @param id the id that was asked for: another object is not an answer */
export function asEntity(answer: Answer, id: string): Shaped<Obj> {
  const { body } = answer;
  if (!isObj(body)) return { fault: `${bodyInWords(answer)} instead of an object` };
  if (body["id"] === id) return { value: body };
  return { fault: typeof body["id"] === "string" ? "another object than the one asked for" : "an object without id" };
}

/** An object that has to hold certain properties, whatever their values. */
export function asObject(answer: Answer, required: readonly string[]): Shaped<Obj> {
  const { body } = answer;
  if (!isObj(body)) return { fault: `${bodyInWords(answer)} instead of an object` };
  const missing = required.filter((name) => !Object.hasOwn(body, name));
  return missing.length === 0 ? { value: body } : { fault: `an object without ${missing.join(", ")}` };
}

/** An array of objects: what operations answer that do not page. */
export function asObjects(answer: Answer): Shaped<readonly Obj[]> {
  const { body } = answer;
  if (!isList(body)) return { fault: `${bodyInWords(answer)} instead of an array` };
  return body.every(isObj) ? { value: body.filter(isObj) } : { fault: "an array of something else than objects" };
}

/** What kind of body an answer has. */
export function bodyInWords({ status, body, text }: Answer): string {
  if (body === undefined) return text === undefined || text === "" ? `nothing (status ${status})` : "a text";
  if (body === null) return "null";
  if (isList(body)) return "an array";
  return isObj(body) ? "an object" : `a ${typeof body}`;
}
