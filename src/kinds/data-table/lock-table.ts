import { isObj, textOf, type Obj } from "../../model/json.ts";

/** Name of the data table whose row is the lock of an organisation. */
export const LOCK_TABLE = "lockstep";

/** Why the lock's table is left out of a snapshot. */
export const HOLDS_LOCK = "holds the lock of lockstep";

/** Columns besides the key. Without defaults: a row has what was written to it. */
const LOCK_COLUMNS = ["owner", "run", "since", "heartbeat"] as const;

const DESCRIPTION =
  "The lock of lockstep: keeps two machines from writing this organisation at once. Holds no configuration.";

/** The lock's table as it is created (genesys-api §4.3: schema of a data table). */
export function lockTable(): Obj {
  const columns = ["key", ...LOCK_COLUMNS].map((name, displayOrder): [string, Obj] => [
    name,
    { $id: `/properties/${name}`, type: "string", title: name, displayOrder },
  ]);
  return {
    name: LOCK_TABLE,
    description: DESCRIPTION,
    schema: {
      $schema: "http://json-schema.org/draft-04/schema#",
      type: "object",
      required: ["key"],
      additionalProperties: false,
      properties: Object.fromEntries(columns),
    },
  };
}

/** Is it the lock's table, and not one of the customer that has its name? Told by the columns: the entity needs its schema. */
export function isLockTable({ name, schema }: Obj): boolean {
  if (textOf(name) !== LOCK_TABLE || !isObj(schema) || !isObj(schema["properties"])) return false;
  const columns = new Set(Object.keys(schema["properties"]));
  return columns.size === LOCK_COLUMNS.length + 1 && [...LOCK_COLUMNS, "key"].every((column) => columns.has(column));
}
