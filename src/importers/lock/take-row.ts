import type { Steps } from "../../model/api.ts";
import { ApiError } from "../../model/error.ts";
import type { Worker } from "../../model/ports.ts";
import { LOCK_TABLE } from "../../kinds/data-table/lock-table.ts";
import { addRow, createTable, findTable, readRow, type RowPlace } from "./lock-requests.ts";
import { isStale, LOCK_KEY, type LockRow } from "./lock-row.ts";
import { FOREIGN_TABLE } from "./look-at-lock.ts";
import { takeOver } from "./take-over.ts";

/** Who wants the lock, and when a holder is passed over. */
export interface Claimant {
  readonly worker: Worker;
  /** The organisation's clock. */
  readonly now: () => number;
  readonly staleMs: number;
  /** Runs of the same directory: over, or, where it is shared, side by side with this one. */
  readonly earlier: readonly string[];
  readonly shared: boolean;
  readonly steal: boolean;
}

/** The lock, who else has it, or why there can be none. */
export type TakenRow =
  | { readonly place: RowPlace; readonly row: LockRow; readonly takenOver: boolean }
  | { readonly holder: LockRow }
  | { readonly reason: string };

/** A new table or row is seen by the next request within seconds (genesys-api §1.7). */
const PAUSES_MS = [1000, 2000, 2000, 4000];

/**
 * Takes the lock: whoever adds the row has it. Found by whoever comes second, the row says who.
 * @returns the reason where the client may not, the name is somebody else's, or the organisation takes no more tables
 */
export function* takeRow(claimant: Claimant): Steps<TakenRow> {
  try {
    let last: TakenRow | undefined;
    for (const pauseMs of [...PAUSES_MS, undefined]) {
      const tried = yield* tryOnce(claimant);
      if (tried !== undefined && !("reason" in tried && tried.reason === NOT_YET)) return tried;
      last = tried;
      if (pauseMs !== undefined) yield { pauseMs };
    }
    return last ?? { reason: "its row comes and goes" };
  } catch (error) {
    if (error instanceof ApiError && isRefused(error)) return { reason: error.message };
    throw error;
  }
}

const NOT_YET = `its data table ${LOCK_TABLE} cannot be read after it was created`;

/** No permission, or no room for another table; anything else may pass. */
function isRefused({ status }: ApiError): boolean {
  return status === 400 || status === 403;
}

/** @returns undefined where the lock changed meanwhile */
function* tryOnce(claimant: Claimant): Steps<TakenRow | undefined> {
  const table = (yield* findTable()) ?? (yield* createTable());
  if (table === "foreign") return { reason: FOREIGN_TABLE };
  if (table === undefined) return { reason: NOT_YET };
  const place = { table: typeof table === "string" ? table : table.id, key: LOCK_KEY };
  const { worker, now } = claimant;
  const time = new Date(now()).toISOString();
  const ours = { owner: worker.name, run: worker.run, since: time, heartbeat: time };
  const added = yield* addRow(place, ours);
  if (added === "added") return { place, row: ours, takenOver: false };
  if (added === "no-table") return { reason: NOT_YET };
  const seen = yield* readRow(place);
  return seen === undefined ? undefined : yield* against(claimant, place, seen, ours);
}

function* against(claimant: Claimant, place: RowPlace, seen: LockRow, ours: LockRow): Steps<TakenRow | undefined> {
  const { earlier, shared, staleMs, steal, now } = claimant;
  const isOurs = seen.run === ours.run || (shared && earlier.includes(seen.run));
  // An earlier attempt that got no answer, or a process beside this one.
  if (isOurs && !isStale(seen, staleMs, now())) return { place, row: seen, takenOver: false };
  const isOver = (row: LockRow): boolean => earlier.includes(row.run) || isStale(row, staleMs, now());
  if (!steal && !isOver(seen)) return { holder: seen };
  const outcome = yield* takeOver({ place, seen, ours, isOver });
  if (outcome === "moved") return undefined;
  return outcome === "taken" ? { place, row: ours, takenOver: true } : { holder: outcome.rival };
}
