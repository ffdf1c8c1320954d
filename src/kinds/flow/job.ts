import type { Answer, Op, Steps } from "../../model/api.ts";
import { isObj, objectsOf, textOf, type Obj } from "../../model/json.ts";

/** Why a job failed, as far as it told; empty when it told nothing (genesys-api §8.2). */
interface JobFailure {
  readonly messages: readonly string[];
}

/** How a job ended: its last state, or why it failed. */
export type JobEnd = { readonly done: Obj } | { readonly failed: JobFailure };

/**
 * Asks for a job's state until it has ended.
 * @param pauses milliseconds before each question; after the last one the job counts as failed
 */
export function* waitForJob(op: Op, id: string, pauses: readonly number[]): Steps<JobEnd> {
  for (const pauseMs of pauses) {
    yield { pauseMs };
    const answer: Answer = yield { op, path: { id }, query: { expand: "messages" } };
    const state = isObj(answer.body) ? answer.body : {};
    if (state["status"] === "Success") return { done: state };
    if (state["status"] === "Failure") return { failed: { messages: messagesOf(state) } };
  }
  return { failed: { messages: [`no result after ${Math.round(total(pauses) / 1000)} seconds`] } };
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
