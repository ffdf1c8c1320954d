import { LockstepError } from "../../model/error.ts";
import { isObj, textOf, type Json, type Obj } from "../../model/json.ts";
import type { Change } from "../../model/kind.ts";
import { formatPointer, objectWith, valueAt } from "../../model/pointer.ts";

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
 * The columns that a table has and that it should lose stay, with the values that rows have there: pointers to them, and the
 * table as it should be with them.
 */
export function withColumnsKept(current: Obj, wanted: Obj): { readonly wanted: Obj; readonly left: readonly string[] } {
  const [had, has] = [columnsOf(current["schema"]), columnsOf(wanted["schema"])];
  const left = Object.keys(had).filter((name) => !Object.hasOwn(has, name));
  if (left.length === 0) return { wanted, left };
  const paths = left.map((name) => formatPointer(["schema", "properties", name]));
  const rows = Object.keys(isObj(wanted["rows"]) ? wanted["rows"] : {});
  const cells = rows.flatMap((row) => left.map((name) => formatPointer(["rows", row, name])));
  const kept = [...paths, ...cells.filter((cell) => valueAt(current, cell) !== undefined)];
  return { wanted: kept.reduce((object, at) => objectWith(object, at, valueAt(current, at)), wanted), left: paths };
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
