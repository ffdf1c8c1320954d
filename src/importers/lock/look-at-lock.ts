import type { Steps } from "../../model/api.ts";
import { ApiError } from "../../model/error.ts";
import { LOCK_TABLE } from "../../kinds/data-table/lock-table.ts";
import { findTable, readRow } from "./lock-requests.ts";
import { holderInWords, LOCK_KEY } from "./lock-row.ts";

/** What taking, renewing and giving back the lock takes (contract: `x-inin-requires-permissions`); all of it kinds need too. */
export const LOCK_PERMISSIONS = [
  "architect:datatable:view",
  "architect:datatable:add",
  "architect:datatableRow:view",
  "architect:datatableRow:add",
  "architect:datatableRow:edit",
  "architect:datatableRow:delete",
] as const;

/** Why a table of the customer is no lock. */
export const FOREIGN_TABLE = `the organisation has a data table ${LOCK_TABLE} with other columns, which lockstep does not write`;

/** The lock as somebody sees it who does not want it. */
export type LockSeen =
  | { readonly state: "free" }
  | { readonly state: "foreign"; readonly reason: string }
  | { readonly state: "held"; readonly holder: string };

/** Looks whether the lock is held, without taking it. @param now by the organisation's clock */
export function* lookAtLock(now: number): Steps<LockSeen> {
  const table = yield* findTable();
  if (table === "foreign") return { state: "foreign", reason: FOREIGN_TABLE };
  const row = table === undefined ? undefined : yield* readRow({ table: table.id, key: LOCK_KEY });
  if (row === undefined) return { state: "free" };
  return { state: "held", holder: holderInWords(row, now) };
}

/** Does one of these runs hold it, as far as this client may see? */
export function* isHeldBy(runs: readonly string[]): Steps<boolean> {
  try {
    const table = yield* findTable();
    if (table === undefined || table === "foreign") return false;
    const row = yield* readRow({ table: table.id, key: LOCK_KEY });
    return row !== undefined && runs.includes(row.run);
  } catch (error) {
    if (error instanceof ApiError && error.status === 403) return false;
    throw error;
  }
}
