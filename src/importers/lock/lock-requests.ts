import { asIdentified, ask, type Shaped } from "../../model/answer.ts";
import type { Answer, Call, Steps } from "../../model/api.ts";
import { isObj } from "../../model/json.ts";
import { readList } from "../../model/read-list.ts";
import { isLockTable, LOCK_TABLE, lockTable } from "../../kinds/data-table/lock-table.ts";
import { lockRowIn, rowBody, type LockRow } from "./lock-row.ts";

/** A row of the lock's table. */
export interface RowPlace {
  readonly table: string;
  readonly key: string;
}

/** The table: its id, or that one of this name belongs to somebody else. */
export type FoundTable = { readonly id: string } | "foreign" | undefined;

/** Looks for the table by its name. How the filter compares names is unverified, so that they are compared again. */
export function* findTable(): Steps<FoundTable> {
  const query = { name: LOCK_TABLE, expand: "schema" };
  const tables = yield* readList({ op: "GET /api/v2/flows/datatables", paging: "page", size: 100, query });
  const table = tables.find(({ name }) => name === LOCK_TABLE);
  if (table === undefined) return undefined;
  const id = table["id"];
  return isLockTable(table) && typeof id === "string" ? { id } : "foreign";
}

/**
 * Creates the table. The name is unique (contract: 409 `flows.datatables.not.unique`), so that of two who try one does.
 * @returns its id; undefined where it is there already
 */
export function* createTable(): Steps<string | undefined> {
  const call = { op: "POST /api/v2/flows/datatables", body: lockTable(), expect: [409], repeatable: true } as const;
  const answer = yield call;
  if (answer.status === 409) return undefined;
  const shaped = asIdentified(answer);
  return "value" in shaped ? shaped.value.id : undefined;
}

const ROWS = "/api/v2/flows/datatables/{id}/rows";
const ROW = `${ROWS}/{rowId}` as const;

function at({ table, key }: RowPlace): NonNullable<Call["path"]> {
  return { id: table, rowId: key };
}

/**
 * Adds the row, unless there is one of its key (contract: 409 `flows.datatables.not.unique`, "The row had a duplicate
 * keyname"). That the platform decides this between two requests at the same moment is unverified.
 * @returns `exists` also where an earlier attempt that got no answer added it; `no-table` where the table is not there (yet)
 */
export function* addRow(place: RowPlace, row: LockRow): Steps<"added" | "exists" | "no-table"> {
  const path = { id: place.table };
  const body = rowBody(place.key, row);
  const answer = yield { op: `POST ${ROWS}`, path, body, expect: [404, 409], repeatable: true };
  if (answer.status === 404) return "no-table";
  // An answer that is not the row does not say that it was added; the row itself will.
  return answer.status !== 409 && isObj(answer.body) && answer.body["key"] === place.key ? "added" : "exists";
}

/** Reads the row; undefined when it, or the table, is gone. */
export function* readRow(place: RowPlace): Steps<LockRow | undefined> {
  const call: Call = { op: `GET ${ROW}`, path: at(place), query: { showbrief: false }, expect: [404] };
  return yield* ask(call, (answer) => asLockRow(answer, place.key));
}

function asLockRow({ status, body }: Answer, key: string): Shaped<LockRow | undefined> {
  if (status === 404) return { value: undefined };
  return isObj(body) && body["key"] === key ? { value: lockRowIn(body) } : { fault: "something else than the row" };
}

/** Replaces the row. @returns false when it, or the table, is gone */
export function* replaceRow(place: RowPlace, row: LockRow): Steps<boolean> {
  const body = rowBody(place.key, row);
  const answer = yield { op: `PUT ${ROW}`, path: at(place), body, expect: [404] };
  return answer.status !== 404;
}

/** Removes the row, which may be gone. */
export function* removeRow(place: RowPlace): Steps<void> {
  yield { op: `DELETE ${ROW}`, path: at(place), expect: [404] };
}
