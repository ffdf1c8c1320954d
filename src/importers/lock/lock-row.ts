import { isObj, textOf, type Json, type Obj } from "../../model/json.ts";
import { printable } from "../../model/printable.ts";

/** Key of the row that is the lock. */
export const LOCK_KEY = "lock";

/** The lock as somebody holds it. */
export interface LockRow {
  /** Who, for people. */
  readonly owner: string;
  /** Tells one run from every other one. */
  readonly run: string;
  /** When it was taken, and when its holder was last heard of: ISO 8601, by the clock of the organisation. */
  readonly since: string;
  readonly heartbeat: string;
}

/** The row under a key. */
export function rowBody(key: string, { owner, run, since, heartbeat }: LockRow): Obj {
  return { key, owner, run, since, heartbeat };
}

/** What a row says; texts are empty where it does not say it. */
export function lockRowIn(body: Json | undefined): LockRow {
  const row = isObj(body) ? body : {};
  return {
    owner: textOf(row["owner"]),
    run: textOf(row["run"]),
    since: textOf(row["since"]),
    heartbeat: textOf(row["heartbeat"]),
  };
}

/** The key that whoever takes a lock over claims first: only one can be the successor of a run. */
export function successorKey({ run }: LockRow): string {
  return `after-${run}`;
}

/** Is it the same lock, with no sign of life in between? */
export function isUnchanged(before: LockRow, now: LockRow): boolean {
  return before.run === now.run && before.heartbeat === now.heartbeat;
}

/** Has nothing been heard of the holder for so long? Not where its row does not tell. @param now by the organisation's clock */
export function isStale({ heartbeat }: LockRow, staleMs: number, now: number): boolean {
  return now - Date.parse(heartbeat) > staleMs;
}

/** Who holds the lock and since when, as the end of a sentence. */
export function holderInWords({ owner, since, heartbeat }: LockRow, now: number): string {
  const who = owner === "" ? "somebody whose row does not say who" : printable(owner);
  return `${who}, who took it ${ago(since, now)} and was last heard of ${ago(heartbeat, now)}`;
}

function ago(time: string, now: number): string {
  const seconds = Math.round((now - Date.parse(time)) / 1000);
  if (Number.isNaN(seconds)) return "at an unknown time";
  if (seconds < 120) return `${String(Math.max(0, seconds))} s ago`;
  return seconds < 7200
    ? `${String(Math.round(seconds / 60))} minutes ago`
    : `${String(Math.round(seconds / 3600))} hours ago`;
}
