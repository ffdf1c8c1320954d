import { ApiError } from "../errors.ts";
import { isoTime, objectBody, wanted } from "../engine.ts";
import type { Json, JsonObject } from "../json.ts";
import { inWords, numberAt, objectAt, ownOf, textAt } from "../json.ts";
import type { Call, Resource } from "../resource.ts";
import { anyOf } from "../resource.ts";
import { addEntry, dropParts, entriesOf, entryOf, later } from "../store.ts";
import { downloadAddress, uploadAddress } from "../transfer.ts";
import type { Entry, Org, Reply, World } from "../world.ts";
import { readCsv, writeCsv } from "./csv.ts";
import { fullRow, putRow } from "./data-table-row.ts";
import { columnsOf, dataTable } from "./data-table.ts";

const base = "/api/v2/flows/datatables/{id}";
const reading = anyOf("architect:datatable:view", "architect:datatableRow:view");

function jobOf(call: Call, kind: string): Entry {
  const job = entryOf(call.org, kind, call.params.job ?? "");
  if (!job) throw new ApiError(404, "flows.datatables.session.not.found", "The job was not found.");
  return job;
}

function csvOf(org: Org, table: Entry): string {
  const names = Object.keys(columnsOf(table));
  const rows = entriesOf(org, "data-table-row", table.id).map((row) => fullRow(table, row));
  return writeCsv([names, ...rows.map((row) => names.map((name) => inWords(ownOf(row, name))))]);
}

function startExport(call: Call): Reply {
  const table = wanted(dataTable, call);
  const csv = csvOf(call.org, table);
  const due = call.now + call.world.settings.jobMs;
  const job = addEntry(
    call.org,
    "data-table-export",
    { status: "Processing", dateCreated: isoTime(call.now) },
    { csv, due },
  );
  return { status: 202, json: { ...job.data, selfUri: `${call.path}/${job.id}` } };
}

function exportState(call: Call): Reply {
  const job = jobOf(call, "data-table-export");
  if (call.now < numberAt(job.hidden.due)) return { status: 202, json: { ...job.data, selfUri: call.path } };
  const downloadURI = job.data.downloadURI ?? downloadAddress(call, textAt(job.hidden.csv), "text/csv");
  job.data = { ...job.data, status: "Succeeded", dateCompleted: isoTime(numberAt(job.hidden.due)), downloadURI };
  return { status: 200, json: { ...job.data, selfUri: call.path } };
}

function startImport(call: Call): Reply {
  const table = wanted(dataTable, call);
  const importMode = textAt(objectBody(call).importMode) || "Append";
  const data = { status: "WaitingForUpload", importMode, dateCreated: isoTime(call.now) };
  const job = addEntry(call.org, "data-table-import", data, { table: table.id });
  const uploadHeaders = { "content-type": "text/csv" };
  const uploadURI = uploadAddress(call, { task: "data-table-upload", id: job.id, headers: uploadHeaders });
  return { status: 202, json: { ...job.data, uploadURI, uploadHeaders, selfUri: `${call.path}/${job.id}` } };
}

function uploaded(org: Org, args: JsonObject, world: World): void {
  const job = entryOf(org, "data-table-import", textAt(args.id));
  if (!job) return;
  job.data = { ...job.data, status: "Processing" };
  later(org, world.clock.now() + world.settings.jobMs, "data-table-import", args);
}

function typed(type: string, value: string): Json {
  if (type === "boolean") return value.toLowerCase() === "true";
  return type === "integer" || type === "number" ? Number(value) : value;
}

function rowFrom(columns: JsonObject, names: readonly string[], line: readonly string[]): JsonObject {
  const cells = names.map((name, at): [string, Json] => [
    name,
    typed(textAt(objectAt(ownOf(columns, name)).type), line[at] ?? ""),
  ]);
  return Object.fromEntries(cells);
}

function finishImport(org: Org, args: JsonObject, world: World): void {
  const job = entryOf(org, "data-table-import", textAt(args.id));
  const table = job && entryOf(org, "data-table", textAt(job.hidden.table));
  if (!job || !table) return;
  const counts = { countRecordsUpdated: 0, countRecordsDeleted: 0, countRecordsFailed: 0 };
  const [names = [], ...lines] = readCsv(textAt(args.content));
  if (job.data.importMode === "ReplaceAll") {
    counts.countRecordsDeleted = entriesOf(org, "data-table-row", table.id).length;
    dropParts(org, "data-table-row", table.id);
  }
  for (const line of lines) {
    try {
      putRow(org, table, rowFrom(columnsOf(table), names, line));
      counts.countRecordsUpdated += 1;
    } catch {
      counts.countRecordsFailed += 1;
    }
  }
  const status = counts.countRecordsFailed > 0 ? "Failed" : "Succeeded";
  job.data = { ...job.data, ...counts, status, dateCompleted: isoTime(world.clock.now()) };
}

/** Bulk jobs of a data table: CSV out by signed download, CSV in by presigned upload (genesys-api §4.3). */
export const dataTableJobs: Resource = {
  kind: "data-table-job",
  path: "/api/v2/flows/datatables/{parentId}/jobs",
  fields: {},
  needs: {},
  routes: [
    { method: "POST", path: `${base}/export/jobs`, needs: reading, handle: startExport },
    { method: "GET", path: `${base}/export/jobs/{job}`, needs: reading, handle: exportState },
    {
      method: "POST",
      path: `${base}/import/csv/jobs`,
      needs: anyOf("architect:datatable:edit", "architect:datatableRow:add"),
      handle: startImport,
    },
    {
      method: "GET",
      path: `${base}/import/jobs/{job}`,
      needs: reading,
      handle: (call) => ({ status: 200, json: { ...jobOf(call, "data-table-import").data, selfUri: call.path } }),
    },
  ],
  tasks: { "data-table-upload": uploaded, "data-table-import": finishImport },
};
