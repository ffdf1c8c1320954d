import { LockstepError } from "../../model/error.ts";
import { isObj, textOf, type Json, type Obj } from "../../model/json.ts";
import type { Change } from "../../model/kind.ts";

/** Gives a table's schema back what follows from other values: the `$id` of each column, the table's description. */
export function withDerivedSchema(object: Obj): Obj {
  const { schema, description } = object;
  if (!isObj(schema)) return object;
  const columns = Object.entries(columnsOf(schema)).map(([name, column]): [string, Json] => [
    name,
    isObj(column) ? { $id: `/properties/${name}`, ...column } : column,
  ]);
  const described = description === undefined ? {} : { description };
  return { ...object, schema: { ...schema, ...described, properties: Object.fromEntries(columns) } };
}

/**
 * The API cannot take a column away (400 `flows.datatables.cannot.remove.fields`), and replacing the table would break
 * the flows that read it, so this is left to a person.
 * @throws LockstepError `column-cannot-be-removed`
 */
export function assertColumnsStay({ current, wanted }: Change): void {
  const kept = columnsOf(wanted["schema"]);
  const gone = Object.keys(columnsOf(current?.["schema"])).filter((name) => !Object.hasOwn(kept, name));
  if (gone.length === 0) return;
  const table = textOf(wanted["name"]);
  throw new LockstepError(
    "column-cannot-be-removed",
    `Data table "${table}" has columns that the source lacks: ${gone.join(", ")}. Genesys Cloud cannot remove columns`,
    "Delete the table in the organisation and run the same command again, or add the columns to the source, or ignore /schema of this table.",
    { coordinate: `data-table/${table}`, path: "/schema/properties" },
  );
}

function columnsOf(schema: Json | undefined): Obj {
  const properties = isObj(schema) ? schema["properties"] : undefined;
  return isObj(properties) ? properties : {};
}
