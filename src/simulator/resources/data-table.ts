import { badRequest, conflict } from "../errors.ts";
import type { JsonObject } from "../json.ts";
import { listAt, objectAt, textAt } from "../json.ts";
import { byDivision, byName, queryValues } from "../listing.ts";
import type { Call, Resource } from "../resource.ts";
import { anyOf } from "../resource.ts";
import { anything, ref, required, text } from "../shape.ts";
import { dropParts } from "../store.ts";
import type { Entry } from "../world.ts";
import { flowsUsing } from "./flow-users.ts";

const columnTypes: ReadonlySet<string> = new Set(["string", "integer", "number", "boolean"]);

/** The columns of a table: property name to its part of the schema. */
export function columnsOf(table: Entry): JsonObject {
  return objectAt(objectAt(table.data.schema).properties);
}

function broken(message: string): Error {
  return badRequest(message, "flows.datatables.schema.exception");
}

function check(draft: JsonObject, _call: Call, previous: Entry | undefined): void {
  const schema = objectAt(draft.schema);
  const columns = objectAt(schema.properties);
  if (!Object.hasOwn(columns, "key") || !listAt(schema.required).includes("key"))
    throw broken("The schema needs a required key");
  for (const [name, column] of Object.entries(columns)) {
    if (!columnTypes.has(textAt(objectAt(column).type))) throw broken(`The column ${name} has no usable type`);
  }
  const removed = Object.keys(previous ? columnsOf(previous) : {}).filter((name) => !Object.hasOwn(columns, name));
  if (removed.length > 0) {
    throw badRequest(`Columns cannot be removed: ${removed.join(", ")}`, "flows.datatables.cannot.remove.fields");
  }
}

function withSchema(call: Call): boolean {
  return call.method === "POST" || queryValues(call, "expand").includes("schema");
}

function beforeDelete(entry: Entry, call: Call): void {
  const users = flowsUsing(call, "data-table", entry.id);
  if (users.length > 0 && call.query.get("force") !== "true") {
    throw conflict(`The table is used by ${users.join(", ")}`, "flows.datatables.in.use", { entityId: entry.id });
  }
  dropParts(call.org, "data-table-row", entry.id);
}

/** Data tables: answered without their schema unless asked for, columns only ever grow (genesys-api §3, §4.3). */
export const dataTable: Resource = {
  kind: "data-table",
  path: "/api/v2/flows/datatables",
  fields: { name: required(text), division: ref("division"), description: text, schema: required(anything) },
  needs: {
    list: anyOf("architect:datatable:view"),
    view: anyOf("architect:datatable:view"),
    add: anyOf("architect:datatable:add"),
    edit: anyOf("architect:datatable:edit"),
    remove: anyOf("architect:datatable:delete"),
  },
  listing: {
    paging: "page",
    maxSize: 100,
    filters: { name: byName, divisionId: byDivision },
    sortable: ["name", "id"],
  },
  update: "PUT",
  divided: true,
  unique: [{ by: ["name"], status: 409, code: "flows.datatables.not.unique" }],
  check,
  beforeDelete,
  show(shown, _entry, call) {
    const { schema, ...rest } = shown;
    return withSchema(call) && schema !== undefined ? { ...rest, schema } : rest;
  },
};
