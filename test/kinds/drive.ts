import type { Answer, Request, Steps } from "../../src/model/api.ts";
import type { Json, Obj } from "../../src/model/json.ts";
import { idAsked } from "./steps.ts";

/** What steps asked for, and what they returned. */
export interface Driven<Result> {
  readonly requests: readonly Request[];
  readonly result: Result;
}

/**
 * Runs steps against canned answers.
 * @param answers `op` → body; a PUT or PATCH without one is answered by the object that it is about, others by nothing
 */
export function drive<Result>(steps: Steps<Result>, answers: { readonly [op: string]: Json } = {}): Driven<Result> {
  const requests: Request[] = [];
  let turn = steps.next();
  while (turn.done !== true) {
    requests.push(turn.value);
    turn = steps.next(answerOf(turn.value, answers));
  }
  return { requests, result: turn.value };
}

function answerOf(request: Request, answers: { readonly [op: string]: Json }): Answer {
  const op = "op" in request ? request.op : "";
  const found = Object.entries(answers).find(([name]) => name === op)?.[1];
  return { status: 200, body: found ?? (/^(PUT|PATCH) /.test(op) ? { id: idAsked(request) } : undefined) };
}

/** Requests as `op` and body, without those that only read. */
export function writesOf(requests: readonly Request[]): { op: string; path?: unknown; body?: Json | undefined }[] {
  return requests.flatMap((request) => {
    if (!("op" in request) || request.op.startsWith("GET")) return [];
    const { op, path, body } = request;
    return [{ op, ...(path === undefined ? {} : { path }), ...(body === undefined ? {} : { body }) }];
  });
}

/** A change to write, as `writeObject` takes it. */
export function job(fields: {
  readonly verb: "create" | "update" | "delete";
  readonly wanted: Obj;
  readonly current?: Obj;
  readonly entity?: Obj;
  readonly touched?: readonly string[];
  readonly secrets?: { readonly [pointer: string]: string };
}): {
  verb: "create" | "update" | "delete";
  id: string;
  wanted: Obj;
  current?: Obj;
  entity?: Obj;
  touched: ReadonlySet<string>;
  resolve: (coordinate: string) => string;
  secrets: ReadonlyMap<string, string>;
} {
  const { touched, secrets, ...rest } = fields;
  return {
    id: fields.verb === "create" ? "" : "own-id",
    touched: new Set(touched ?? Object.keys(fields.wanted)),
    resolve: (coordinate) => `id of ${coordinate}`,
    secrets: new Map(Object.entries(secrets ?? {})),
    ...rest,
  };
}
