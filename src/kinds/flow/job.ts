import { asEntity, ask, type Shaped } from "../../model/answer.ts";
import type { Answer, Op, Steps } from "../../model/api.ts";
import { isObj, objectsOf, textOf, type Json, type Obj } from "../../model/json.ts";

/** Why a job failed, as far as it told; empty when it told nothing (genesys-api §8.2). */
interface JobFailure {
  readonly messages: readonly string[];
}

/** How a job ended: its last state, or why it failed. */
export type JobEnd = { readonly done: Obj } | { readonly failed: JobFailure };

/** A job that was registered. */
export interface Job {
  readonly op: Op;
  readonly id: string;
  /** What its last state has to hold where it succeeded. */
  readonly result: "flow" | "downloadUrl";
}

/**
 * Asks for a job's state until it has ended.
 * @param pauses milliseconds before each question, unless more is known of such jobs; after the last one the job counts as failed
 * @throws LockstepError `unusable-answer`
 */
export function* waitForJob(job: Job, pauses: readonly number[]): Steps<JobEnd> {
  const call = { op: job.op, path: { id: job.id }, query: { expand: "messages" } };
  const { op, id } = job;
  for (const pauseMs of pauses) {
    yield { pauseMs, job: { op, id } };
    const state = yield* ask(call, (answer) => asState(answer, job));
    const { status } = state;
    if (status !== "Success" && status !== "Failure") continue;
    yield { pauseMs: 0, job: { op, id, ended: status === "Success" ? "done" : "failed" } };
    return status === "Success" ? { done: state } : { failed: { messages: messagesOf(state) } };
  }
  return { failed: { messages: [`no result after ${Math.round(total(pauses) / 1000)} seconds`] } };
}

function asState(answer: Answer, { id, result }: Job): Shaped<Obj> {
  const shaped = asEntity(answer, id);
  if ("fault" in shaped) return shaped;
  const { status } = shaped.value;
  if (typeof status !== "string") return { fault: "a job without status" };
  return status !== "Success" || hasResult(shaped.value[result])
    ? shaped
    : { fault: `a job that ended without ${result}` };
}

function hasResult(value: Json | undefined): boolean {
  return textOf(isObj(value) ? value["id"] : value) !== "";
}

function total(pauses: readonly number[]): number {
  return pauses.reduce((sum, pause) => sum + pause, 0);
}

function messagesOf(state: Obj): string[] {
  const messages = objectsOf(state["messages"]);
  const errors = messages.filter((message) => message["type"] === "Error");
  return (errors.length > 0 ? errors : messages)
    .map((message) => textOf(message["text"]))
    .filter((text) => text !== "");
}
