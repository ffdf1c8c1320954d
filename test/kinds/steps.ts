import type { Answer, Request, Steps } from "../../src/model/api.ts";
import { LockstepError } from "../../src/model/error.ts";
import { isObj, type Json, type Obj } from "../../src/model/json.ts";
import type { Change } from "../../src/model/kind.ts";

/** What steps asked for, pauses left out, and what they returned. */
export interface Trace<Result> {
  readonly asked: readonly Request[];
  readonly pauses: readonly number[];
  readonly result: Result;
}

/**
 * Runs steps against prepared answers: each request but pauses takes the next one.
 * @param answers bodies of the answers, which get the id that was asked for unless they are empty or have one; an Error is
 *   thrown into the steps; `{ download }` is a text
 */
export function trace<Result>(steps: Steps<Result>, answers: readonly (Json | Error | Download)[] = []): Trace<Result> {
  const asked: Request[] = [];
  const pauses: number[] = [];
  let turn = steps.next();
  while (turn.done !== true) {
    if ("pauseMs" in turn.value) {
      pauses.push(turn.value.pauseMs);
      turn = steps.next({ status: 200 });
      continue;
    }
    const request = turn.value;
    const answer = answers[asked.length] ?? { id: idAsked(request) };
    asked.push(request);
    turn = answer instanceof Error ? steps.throw(answer) : steps.next(answerOf(answer, request));
  }
  return { asked, pauses, result: turn.value };
}

/** The text of a download. */
type Download = { readonly download: string };

function answerOf(answer: Json | Download, request: Request): Answer {
  const text = isObj(answer) ? answer["download"] : undefined;
  if (typeof text === "string") return { status: 200, text };
  const isEmpty = !isObj(answer) || Object.keys(answer).length === 0;
  return { status: 200, body: isEmpty ? answer : { id: idAsked(request), ...answer } };
}

/** The id of the object that a request is about: the last one in its path. */
export function idAsked(request: Request): string {
  const name = "op" in request ? (/\{(\w+)\}(?!.*\{)/.exec(request.op)?.[1] ?? "") : "";
  return "op" in request ? (request.path?.[name] ?? "") : "";
}

/** A change of one object: everything wanted counts as touched unless said otherwise; ids are `id:<coordinate>`. */
export function change(wanted: Obj, more: Partial<Change> = {}): Change {
  return {
    coordinate: "kind/Object",
    verb: "update",
    id: "own-id",
    body: wanted,
    wanted,
    touched: new Set(Object.keys(wanted)),
    resolve: (coordinate) => `id:${coordinate}`,
    secrets: new Map(),
    ...more,
  };
}

/** The expected error that something ends with. */
export function errorOf(work: () => unknown): LockstepError {
  try {
    work();
  } catch (error) {
    if (error instanceof LockstepError) return error;
    throw error;
  }
  throw new Error("expected a LockstepError");
}
