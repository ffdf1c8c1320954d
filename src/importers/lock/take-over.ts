import type { Steps } from "../../model/api.ts";
import { isUnchanged, successorKey, type LockRow } from "./lock-row.ts";
import { addRow, readRow, removeRow, replaceRow, type RowPlace } from "./lock-requests.ts";

/** How a try to take a lock over ended. */
export type TakeOver = "taken" | "moved" | { readonly rival: LockRow };

/** What a takeover is about. */
export interface Succession {
  readonly place: RowPlace;
  /** The lock as it was when its holder was judged. */
  readonly seen: LockRow;
  readonly ours: LockRow;
  /** May a holder be passed over? */
  readonly isOver: (row: LockRow) => boolean;
}

/**
 * Takes a lock over from a holder that is over. The API replaces a row whatever it holds, so that of two who find the same dead
 * holder both would succeed: each first adds a row that only one can add, and the winner looks again.
 * @returns `moved` where the lock is not what it was any more: begin again; the rival where somebody else takes it over just now
 */
export function* takeOver({ place, seen, ours, isOver }: Succession): Steps<TakeOver> {
  const claim = { ...place, key: successorKey(seen) };
  if ((yield* addRow(claim, ours)) !== "added") {
    const rival = yield* readRow(claim);
    if (rival !== undefined && rival.run !== ours.run) {
      if (!isOver(rival)) return { rival };
      yield* removeRow(claim);
    }
    if (rival?.run !== ours.run) return "moved";
  }
  const now = yield* readRow(place);
  const isTaken = now !== undefined && isUnchanged(seen, now) && (yield* replaceRow(place, ours));
  yield* removeRow(claim);
  return isTaken ? "taken" : "moved";
}
