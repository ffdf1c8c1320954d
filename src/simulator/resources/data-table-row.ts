import { ApiError, badRequest, conflict } from "../errors.ts";
import { objectBody, wanted } from "../engine.ts";
import type { Json, JsonObject } from "../json.ts";
import { objectAt, ownOf, textAt } from "../json.ts";
import { pageAnswer, selected } from "../listing.ts";
import type { Call, Resource } from "../resource.ts";
import { anyOf } from "../resource.ts";
import { anything } from "../shape.ts";
import { dropEntry, entriesOf, entryOf, putEntry } from "../store.ts";
import type { Entry, Org, Reply } from "../world.ts";
import { columnsOf, dataTable } from "./data-table.ts";

const path = "/api/v2/flows/datatables/{parentId}/rows";

function tableOf(call: Call): Entry {
  return wanted(dataTable, { ...call, params: { id: call.params.parentId ?? "" } });
}

function fits(type: string, value: Json): boolean {
  if (type === "integer") return Number.isInteger(value);
  return typeof value === type;
}

/** Stores a row after checking it against the table's columns; throws 400 for a value that does not fit. */
export function putRow(org: Org, table: Entry, row: JsonObject): Entry {
  const columns = columnsOf(table);
  const key = textAt(row.key);
  if (key === "") throw badRequest("A row needs a key", "flows.datatables.schema.exception");
  for (const [name, value] of Object.entries(row)) {
    const type = textAt(objectAt(ownOf(columns, name)).type);
    if (type === "" || !fits(type, value)) {
      throw badRequest(`The value of ${name} does not fit the table`, "flows.datatables.schema.exception");
    }
  }
  return putEntry(org, "data-table-row", { id: key, data: row, hidden: {} }, table.id);
}

/** A row with the defaults of the columns that it lacks. */
export function fullRow(table: Entry, row: Entry): JsonObject {
  const defaults = Object.entries(columnsOf(table)).flatMap(([name, column]): [string, Json][] => {
    const fallback = objectAt(column).default;
    return fallback === undefined || name === "key" ? [] : [[name, fallback]];
  });
  return { ...Object.fromEntries(defaults), ...row.data };
}

function shown(call: Call, table: Entry, row: Entry): JsonObject {
  const brief = (call.query.get("showbrief") ?? "true") === "true";
  return brief && call.method === "GET" ? { key: row.id } : fullRow(table, row);
}

function rowOf(call: Call, table: Entry): Entry {
  const row = entryOf(call.org, "data-table-row", call.params.id ?? "", table.id);
  if (!row) throw new ApiError(404, "flows.datatables.row.not.found", `The row ${call.params.id ?? ""} was not found.`);
  return row;
}

function addRow(call: Call): Reply {
  const table = tableOf(call);
  const body = objectBody(call);
  if (entryOf(call.org, "data-table-row", textAt(body.key), table.id)) {
    throw conflict(`A row with key ${textAt(body.key)} already exists`, "flows.datatables.not.unique");
  }
  return { status: 200, json: fullRow(table, putRow(call.org, table, body)) };
}

function changeRow(call: Call): Reply {
  const table = tableOf(call);
  const row = rowOf(call, table);
  const body = objectBody(call);
  if (body.key !== undefined && body.key !== row.id)
    throw badRequest("The key cannot change", "flows.datatables.syntax.error");
  return { status: 200, json: fullRow(table, putRow(call.org, table, { ...body, key: row.id })) };
}

/** Rows of a data table: only their keys unless `showbrief=false` (genesys-api §3). */
export const dataTableRow: Resource = {
  kind: "data-table-row",
  path,
  parent: "data-table",
  fields: { key: anything },
  needs: {},
  routes: [
    {
      method: "GET",
      path,
      needs: anyOf("architect:datatable:view", "architect:datatableRow:view"),
      handle(call) {
        const table = tableOf(call);
        const listing = { paging: "page", maxSize: 100, sortable: ["key"] } as const;
        const rows = selected(entriesOf(call.org, "data-table-row", table.id), listing, call, false);
        return { status: 200, json: pageAnswer(rows, listing, call, (row) => shown(call, table, row)) };
      },
    },
    { method: "POST", path, needs: anyOf("architect:datatable:add", "architect:datatableRow:add"), handle: addRow },
    {
      method: "GET",
      path: `${path}/{id}`,
      needs: anyOf("architect:datatable:view", "architect:datatableRow:view"),
      handle(call) {
        const table = tableOf(call);
        return { status: 200, json: shown(call, table, rowOf(call, table)) };
      },
    },
    {
      method: "PUT",
      path: `${path}/{id}`,
      needs: anyOf("architect:datatable:edit", "architect:datatableRow:edit"),
      handle: changeRow,
    },
    {
      method: "DELETE",
      path: `${path}/{id}`,
      needs: anyOf("architect:datatable:delete", "architect:datatableRow:delete"),
      handle(call) {
        const table = tableOf(call);
        dropEntry(call.org, "data-table-row", rowOf(call, table).id, table.id);
        return { status: 204 };
      },
    },
  ],
};
