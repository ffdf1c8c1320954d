import { asIdentified, ask, type Shaped } from "../../model/answer.ts";
import type { Answer, Steps } from "../../model/api.ts";
import { parseFlow, type FlowDoc } from "../../formats/architect/parse.ts";
import { coordinateOf } from "../../model/coordinate.ts";
import { LockstepError } from "../../model/error.ts";
import { isObj, textOf, type Obj } from "../../model/json.ts";
import type { Change } from "../../model/kind.ts";
import { growingPauses } from "../../model/growing-pauses.ts";
import { waitForJob } from "./job.ts";
import { assertUnlocked } from "./lock.ts";

/** The official provider waits up to 16 minutes (genesys-api §8.2). */
const PAUSES = growingPauses(2000, 15_000, 960_000, 1.5);

/**
 * Creates a flow from its YAML and publishes it. A flow that is there but was never published is taken over, because
 * the job goes by type and name (genesys-api §8.2).
 * @throws LockstepError `flow-publish-failed` with the messages of the job
 */
export function* publishFlow(change: Change): Steps<string> {
  const yaml = textOf(change.wanted["yaml"]);
  const id = yield* runJob(textOf(change.wanted["name"]), yaml);
  yield* complete({ ...change, id }, parseFlow(yaml));
  return id;
}

/**
 * Publishes the YAML when it changed, and sets what the YAML does not carry.
 * @throws LockstepError `flow-publish-failed`, or `flow-locked` when somebody else is working on the flow
 */
export function* updateFlow(change: Change): Steps<string> {
  const yaml = textOf(change.wanted["yaml"]);
  const publishes = change.touched.has("yaml");
  if (publishes) {
    yield* assertUnlocked(change.id, change.entity ?? {});
    yield* runJob(textOf(change.wanted["name"]), yaml);
  }
  yield* complete(change, publishes ? parseFlow(yaml) : undefined);
  return change.id;
}

/**
 * Sets description and division where publishing did not.
 * @param published the flow as it was published; undefined when it was not
 */
function* complete(change: Change, published: FlowDoc | undefined): Steps<void> {
  const { id, touched, wanted, resolve } = change;
  const description = textOf(wanted["description"]);
  if (published === undefined ? touched.has("description") : descriptionIn(published) !== description) {
    const body = { name: textOf(wanted["name"]), type: textOf(wanted["type"]), description };
    yield { op: "PUT /api/v2/flows/{id}", path: { id }, body };
  }
  const division = textOf(wanted["division"]);
  if (division !== "" && mustMove(change, published?.division)) {
    // Flows change division by being moved, as queues do (genesys-api §4.2).
    yield { op: "POST /api/v2/authorization/divisions/{id}/objects/FLOW", path: { id: resolve(division) }, body: [id] };
  }
}

const HOME = coordinateOf("division", "@home");

/** Home has another name in every organisation, so a division that a YAML names is taken for it when Home is wanted. */
function mustMove({ verb, touched, wanted }: Change, named: string | undefined): boolean {
  const { division } = wanted;
  if (named !== undefined) return division !== HOME && division !== coordinateOf("division", named);
  return verb === "create" ? division !== HOME : touched.has("division");
}

function descriptionIn({ structure, rootKey }: FlowDoc): string {
  const content = structure[rootKey];
  return isObj(content) ? textOf(content["description"]) : "";
}

function* runJob(name: string, yaml: string): Steps<string> {
  const job = yield* ask({ op: "POST /api/v2/flows/jobs", body: {}, repeatable: true }, asPublishJob);
  yield { transfer: "upload", url: textOf(job["presignedUrl"]), headers: headersOf(job), body: yaml };
  const end = yield* waitForJob({ op: "GET /api/v2/flows/jobs/{id}", id: job.id, result: "flow" }, PAUSES);
  if ("failed" in end) throw publishError(name, end.failed.messages);
  const { flow } = end.done;
  return isObj(flow) ? textOf(flow["id"]) : "";
}

function asPublishJob(answer: Answer): Shaped<Obj & { readonly id: string }> {
  const shaped = asIdentified(answer);
  if ("fault" in shaped || textOf(shaped.value["presignedUrl"]) !== "") return shaped;
  return { fault: "a job without presignedUrl" };
}

/** The upload needs every header that the job gave (genesys-api §8.2). */
function headersOf(job: Obj): { [name: string]: string } {
  const headers = isObj(job["headers"]) ? job["headers"] : {};
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, textOf(value)]));
}

function publishError(name: string, messages: readonly string[]): LockstepError {
  return new LockstepError(
    "flow-publish-failed",
    `Flow "${name}" was not published: ${messages.join("; ") || "Architect gave no reason"}`,
    "Put right what the messages name in the organisation, then run the same command again. The flow stays as it was.",
  );
}
