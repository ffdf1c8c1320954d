import { visible } from "../audit/log.ts";
import { messageOf } from "../audit/message.ts";
import type { AuditQuery } from "../audit/query.ts";
import { demandExpansion, found, queryFrom } from "../audit/query.ts";
import { isoTime, objectBody } from "../engine.ts";
import { badRequest, conflict, notFound } from "../errors.ts";
import type { JsonObject } from "../json.ts";
import { numberAt, objectAt, pick } from "../json.ts";
import { pageNumberFrom, queryValues } from "../listing.ts";
import type { Call } from "../resource.ts";
import { addEntry, entryOf } from "../store.ts";
import type { AuditRecord, Entry, Reply } from "../world.ts";

/** The longest interval of a query that runs as a job; a public client says so, the definition does not. */
const longestMs = 30 * 86_400_000;
const asked = ["interval", "serviceName", "filters", "sort"];

/** Registers a query that runs as a job. */
export function startQuery(call: Call): Reply {
  const body = objectBody(call);
  const { from, to } = queryFrom(body, call.world);
  if (to - from > longestMs) throw badRequest("The interval can be 30 days long at most", "bad.request");
  const data = { state: "Queued", startDate: isoTime(call.now), ...pick(body, asked) };
  const job = addEntry(call.org, "audit-query", data, { due: call.now + call.world.settings.jobMs });
  return { status: 202, json: job.data };
}

function jobOf(call: Call): Entry {
  const job = entryOf(call.org, "audit-query", call.params.id ?? "");
  if (!job) throw notFound("The audit query");
  return job;
}

function isDone(job: Entry, call: Call): boolean {
  return call.now >= numberAt(job.hidden.due);
}

/** The state of a query: 202 until it has its results. */
export function queryState(call: Call): Reply {
  const job = jobOf(call);
  const done = isDone(job, call);
  return { status: done ? 200 : 202, json: { ...job.data, state: done ? "Succeeded" : "Running" } };
}

/** The records after the one that a cursor names; throws 400 when the cursor is none. */
function after(cursor: string | null, records: readonly AuditRecord[]): readonly AuditRecord[] {
  if (cursor === null) return records;
  const at = records.findIndex(({ n }) => Buffer.from(String(n)).toString("base64url") === cursor);
  if (at >= 0) return records.slice(at + 1);
  throw badRequest(`Value [${cursor}] is not valid for parameter [cursor]`, "invalid.query.param.value");
}

function resultsOf(query: AuditQuery, call: Call): JsonObject {
  const pageSize = pageNumberFrom(call, "pageSize", 25, 500);
  const records = after(call.query.get("cursor"), found(visible(call.org, call.world), query));
  const page = records.slice(0, pageSize);
  const last = records.length > page.length ? page.at(-1) : undefined;
  const cursor = last ? { cursor: Buffer.from(String(last.n)).toString("base64url") } : {};
  return { pageSize, ...cursor, entities: page.map((record) => messageOf(record, call.org)) };
}

/** A page of what a query found, as far as the log holds it; the cursor of the last page is missing. */
export function queryResults(call: Call): Reply {
  const job = jobOf(call);
  demandExpansion(queryValues(call, "expand"));
  if (!isDone(job, call)) throw conflict("The audit query has no results yet", "request.conflict");
  return { status: 200, json: { id: job.id, ...resultsOf(queryFrom(objectAt(job.data), call.world), call) } };
}
