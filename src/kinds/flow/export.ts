import { asIdentified, ask, PAUSES_BEFORE_ASKING_AGAIN } from "../../model/answer.ts";
import type { Steps } from "../../model/api.ts";
import { LockstepError } from "../../model/error.ts";
import { textOf, type Json, type Obj } from "../../model/json.ts";
import { growingPauses } from "../../model/growing-pauses.ts";
import { faultOfExport } from "./exported.ts";
import { waitForJob, type JobEnd } from "./job.ts";
import { publishedVersion } from "./revision.ts";

/** Most jobs are done within seconds; the official provider gives up after 90 s (genesys-api §8.1). */
const PAUSES = growingPauses(1000, 8000, 90_000, 1.5);

/** A throttled backend fails the job with a text like these; the whole job is then repeated (genesys-api §8.1). */
const THROTTLED = /could not find the flow with id|archy failed|exit code:? ?107/i;
const PAUSES_BETWEEN_JOBS = [15_000, 30_000, 45_000];

/**
 * The YAML of a flow's published version; nothing when it was never published. One job exports exactly one flow (genesys-api §8.1).
 * @throws LockstepError `flow-export-failed`
 */
export function* exportFlow(entity: Obj): Steps<Json> {
  const name = textOf(entity["name"]);
  const version = publishedVersion(entity);
  if (version === undefined) return null;
  const flow = { id: textOf(entity["id"]), version };
  for (let attempt = 0; ; attempt += 1) {
    const end = yield* runJob(flow);
    if ("done" in end) return yield* download(entity, textOf(end.done["downloadUrl"]));
    const pauseMs = PAUSES_BETWEEN_JOBS[attempt];
    const { messages } = end.failed;
    if (pauseMs === undefined || !messages.some((text) => THROTTLED.test(text))) throw exportError(name, messages);
    yield { pauseMs };
  }
}

function* runJob(flow: Obj): Steps<JobEnd> {
  const body = { flows: [{ flow, exportType: "Yaml" }] };
  const { id } = yield* ask({ op: "POST /api/v2/flows/export/jobs", body }, asIdentified);
  return yield* waitForJob({ op: "GET /api/v2/flows/export/jobs/{id}", id, result: "downloadUrl" }, PAUSES);
}

/** Downloads the text and checks it. Where its last line has no end, the same text has to come twice: it may be cut off. */
function* download(entity: Obj, url: string): Steps<Json> {
  let before: string | undefined;
  for (const pauseMs of [...PAUSES_BEFORE_ASKING_AGAIN, undefined]) {
    const { text = "" } = yield { transfer: "download", url };
    const fault = faultOfExport(text, entity);
    if (fault === undefined && (text.endsWith("\n") || text === before)) return text;
    if (pauseMs === undefined) throw exportError(textOf(entity["name"]), [fault ?? "each download gave another text"]);
    if (fault !== undefined) yield { pauseMs };
    before = text;
  }
  return null;
}

function exportError(name: string, messages: readonly string[]): LockstepError {
  return new LockstepError(
    "flow-export-failed",
    `Flow "${name}" could not be exported: ${messages.join("; ") || "Architect gave no reason"}`,
    "Run the command again. If it stays, open the flow in Architect: a flow that Architect cannot export cannot be kept in step.",
  );
}
