import { asEntity, asIdentified, ask, type Shaped } from "../../model/answer.ts";
import type { Answer, Steps } from "../../model/api.ts";
import { LockstepError } from "../../model/error.ts";
import { isObj, textOf, type Obj } from "../../model/json.ts";

const PAUSES_MS = [1000, 2000, 4000, 8000, ...Array.from({ length: 30 }, () => 10_000)];

/**
 * Makes the rows of a table exactly those of a CSV text (import mode ReplaceAll, genesys-api §4.3).
 * @throws LockstepError `rows-import-failed`
 */
export function* replaceRows(id: string, csv: string): Steps<void> {
  const body = { importMode: "ReplaceAll" };
  const job = yield* ask(
    { op: "POST /api/v2/flows/datatables/{id}/import/csv/jobs", path: { id }, body, repeatable: true },
    asImportJob,
  );
  const headers = Object.entries(isObj(job["uploadHeaders"]) ? job["uploadHeaders"] : {});
  yield {
    transfer: "upload",
    url: textOf(job["uploadURI"]),
    headers: Object.fromEntries(headers.map(([name, value]) => [name, textOf(value)])),
    body: csv,
  };
  for (const pauseMs of PAUSES_MS) {
    yield { pauseMs };
    const call = { op: "GET /api/v2/flows/datatables/{id}/import/jobs/{job}", path: { id, job: job.id } } as const;
    const state = yield* ask(call, (answer) => asState(answer, job.id));
    if (hasFailed(state)) throw importError(reasonOf(state));
    if (state["status"] === "Succeeded") return;
  }
  throw importError("it did not finish");
}

function asImportJob(answer: Answer): Shaped<Obj & { readonly id: string }> {
  const shaped = asIdentified(answer);
  if ("fault" in shaped || textOf(shaped.value["uploadURI"]) !== "") return shaped;
  return { fault: "a job without uploadURI" };
}

function asState(answer: Answer, id: string): Shaped<Obj> {
  const shaped = asEntity(answer, id);
  return "fault" in shaped || typeof shaped.value["status"] === "string" ? shaped : { fault: "a job without status" };
}

/** A job can succeed although some of its rows did not. */
function hasFailed(state: Obj): boolean {
  const { status, countRecordsFailed } = state;
  return status === "Failed" || (typeof countRecordsFailed === "number" && countRecordsFailed > 0);
}

function reasonOf({ errorInformation, countRecordsFailed }: Obj): string {
  const message = isObj(errorInformation) ? textOf(errorInformation["message"]) : "";
  if (message !== "") return message;
  return typeof countRecordsFailed === "number" ? `${countRecordsFailed} rows were refused` : "no reason was given";
}

function importError(reason: string): LockstepError {
  return new LockstepError(
    "rows-import-failed",
    `The rows of a data table could not be imported: ${reason}`,
    "Compare the columns of the table in both organisations, then apply again.",
  );
}
