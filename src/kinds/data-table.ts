import { textOf } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { HOLDS_LOCK, isLockTable } from "./data-table/lock-table.ts";
import { readRows } from "./data-table/read-rows.ts";
import { assertColumnsStay, withColumnsKept, withDerivedSchema } from "./data-table/schema.ts";
import { writeRows } from "./data-table/write-rows.ts";
import { schema } from "./generated/data-table.ts";

/** Data tables with their rows. A table never loses a column (genesys-api §4.3). */
export const dataTable: Kind = {
  name: "data-table",
  title: "Data table",
  mode: "write",
  schema,
  // The lock's own table is no configuration: without a key nothing can refer to it, in either organisation.
  key: (entity) => (isLockTable(entity) ? "" : textOf(entity["name"])),
  keep: (entity) => !isLockTable(entity) || HOLDS_LOCK,
  read: {
    lists: [
      {
        op: "GET /api/v2/flows/datatables",
        paging: "page",
        size: 100,
        query: { expand: "schema" },
        expanded: "schema",
      },
    ],
    get: { op: "GET /api/v2/flows/datatables/{id}", query: { expand: "schema" } },
    parts: [
      {
        at: "rows",
        read: readRows,
        write: writeRows,
        audited: { service: "Datatables", entities: ["Schema", "Row"] },
      },
    ],
    denormalise: withDerivedSchema,
  },
  write: {
    create: "POST /api/v2/flows/datatables",
    *update(change) {
      assertColumnsStay(change);
      yield { op: "PUT /api/v2/flows/datatables/{id}", path: { id: change.id }, body: change.body };
      return change.id;
    },
    remove: "DELETE /api/v2/flows/datatables/{id}",
    style: "full",
    moveAs: "DATATABLES",
    rename: "update",
    permanent: withColumnsKept,
  },
  permissions: {
    read: ["architect:datatable:view", "architect:datatableRow:view"],
    write: [
      "architect:datatable:add",
      "architect:datatable:edit",
      "architect:datatable:delete",
      "architect:datatableRow:add",
      "architect:datatableRow:edit",
      "architect:datatableRow:delete",
    ],
  },
};
