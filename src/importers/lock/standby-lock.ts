import type { Config } from "../../model/config.ts";
import { GuardError, LockstepError } from "../../model/error.ts";
import type { Clock, Files, OrgConnection, Worker } from "../../model/ports.ts";
import type { Api, Steps } from "../../model/api.ts";
import { guardHint } from "../../model/guard.ts";
import { runSteps } from "../../canonical/run-steps.ts";
import { LOCK_TABLE } from "../../kinds/data-table/lock-table.ts";
import { isHeldBy } from "./look-at-lock.ts";
import { readRow, removeRow, replaceRow, type RowPlace } from "./lock-requests.ts";
import { holderInWords, type LockRow } from "./lock-row.ts";
import { readRuns, writeRuns } from "./run-notes.ts";
import { takeRow, type Claimant } from "./take-row.ts";
import { takeOver } from "./take-over.ts";

/** What the lock of an organisation takes. */
export interface LockPorts {
  readonly client: Pick<OrgConnection, "send" | "clockSkewMs" | "org">;
  readonly clock: Pick<Clock, "now">;
  readonly files: Files;
  /** Where the runs of this directory are noted that have not released it. */
  readonly notes: string;
  readonly worker: Worker;
  readonly settings: Config["lock"];
  /** Does a person say that the holder is gone? */
  readonly steal: boolean;
  /** Processes of this directory that work side by side hold it together. */
  readonly shared: boolean;
}

/** Whether an organisation is locked, after it was asked for. */
export type Locking =
  | { readonly state: "held"; readonly takenOver: boolean }
  | { readonly state: "off" }
  | { readonly state: "unavailable"; readonly reason: string };

/** The same, where nobody may have asked for it: nothing had to be written. */
export type ApplyLocking = Locking | { readonly state: "not-needed" };

/** The lock that every machine sees. */
export interface StandbyLock {
  /** Takes it, before the first write. @throws GuardError `standby-locked`; LockstepError `lock-unavailable` */
  take(): Promise<Locking>;
  /** Renews it when it is time for that, before a write. @throws GuardError `lock-lost` when somebody else has it */
  assertHeld(): Promise<void>;
  isHeld(): boolean;
  /**
   * Did an earlier run of this directory leave it behind? Then it is taken, and given back, by the next one. What cannot be
   * seen is left to the next run that writes.
   */
  isLeftBehind(): Promise<boolean>;
  /** Gives it back if it is held. @param by another way to the organisation, when the first one is closed to requests */
  release(by?: Api): Promise<void>;
}

/** Requests of the lock are counted under this name. */
const COUNTED = "lock";

/** So often is the lock renewed until it counts as left behind. */
const BEATS = 5;

/** The lock of an organisation that nobody has asked for yet. */
export function openStandbyLock(ports: LockPorts): StandbyLock {
  const { client, files, notes, worker, settings } = ports;
  const staleMs = settings.staleMinutes * 60_000;
  const now = (): number => ports.clock.now() + (client.clockSkewMs() ?? 0);
  const run = <Result>(steps: Steps<Result>, api: Api = client): Promise<Result> => runSteps(api, COUNTED, steps);
  const held: { place?: RowPlace; row?: LockRow; seenAt: number; next: number } = { seenAt: 0, next: 0 };
  let renewing: Promise<void> | undefined;
  let lost: GuardError | undefined;

  const hold = (place: RowPlace, row: LockRow): void => {
    Object.assign(held, { place, row, seenAt: now(), next: now() + staleMs / BEATS });
  };

  async function take(steal: boolean): Promise<Locking> {
    if (settings.use === "off") return { state: "off" };
    const earlier = await readRuns(files, notes);
    await writeRuns(files, notes, [...new Set([...earlier, worker.run])]);
    const claimant: Claimant = { worker, now, staleMs, earlier, shared: ports.shared, steal };
    const taken = await run(takeRow(claimant));
    await writeRuns(files, notes, "row" in taken ? [taken.row.run] : earlier);
    if ("reason" in taken) return unavailable(settings, client.org.name, taken.reason);
    if ("holder" in taken) throw inUse(taken.holder, now());
    hold(taken.place, taken.row);
    return { state: "held", takenOver: taken.takenOver };
  }

  async function renew({ place, row }: { place: RowPlace; row: LockRow }): Promise<void> {
    const seen = await run(readRow(place));
    if (seen === undefined) return void (await take(false));
    if (seen.run !== row.run) throw inUse(seen, now());
    const ours = { ...row, heartbeat: isoTime(now()) };
    if (now() - held.seenAt <= staleMs) {
      if (await run(replaceRow(place, ours))) return hold(place, ours);
    } else {
      // Nobody heard of us for so long that somebody may be taking it over at this moment.
      const outcome = await run(takeOver({ place, seen, ours, isOver: () => false }));
      if (outcome === "taken") return hold(place, ours);
    }
    await take(false);
  }

  /** A beat that cannot be sent is sent later, as long as the lock cannot count as left behind. */
  async function renewOrWait(current: { place: RowPlace; row: LockRow }): Promise<void> {
    held.next = now() + staleMs / BEATS;
    try {
      await renew(current);
    } catch (error) {
      if (error instanceof GuardError) throw (lost = lockLost(error));
      if (!(error instanceof LockstepError) || now() - held.seenAt > staleMs) throw error;
    }
  }

  return {
    take: () => take(ports.steal),
    assertHeld: async () => {
      if (lost !== undefined) throw lost;
      const { place, row, next } = held;
      if (place === undefined || row === undefined) return;
      if (now() >= next) renewing ??= renewOrWait({ place, row }).finally(() => (renewing = undefined));
      await renewing;
    },
    isLeftBehind: async () => {
      const runs = settings.use === "off" ? [] : await readRuns(files, notes);
      return runs.length > 0 && (await run(isHeldBy(runs)));
    },
    isHeld: () => held.place !== undefined && lost === undefined,
    release: async (by = client) => {
      const { place, row } = held;
      if (place === undefined || row === undefined || lost !== undefined) return;
      const seen = await run(readRow(place), by);
      if (seen?.run === row.run) await run(removeRow(place), by);
      delete held.place;
      // A row that a late answer does not show may be there all the same: the note lets this directory take it over.
      if (seen !== undefined) await writeRuns(files, notes, []);
    },
  };
}

/** A moment by the organisation's clock. */
function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

function unavailable({ use }: Config["lock"], org: string, reason: string): Locking {
  if (use !== "required") return { state: "unavailable", reason };
  throw new LockstepError(
    "lock-unavailable",
    `${org} cannot be locked: ${reason}`,
    "Run `lockstep doctor`, which names a missing permission. With `lock.use: if-permitted` the standby is written all the same.",
    { coordinate: `data-table/${LOCK_TABLE}` },
  );
}

function inUse(holder: LockRow, now: number): GuardError {
  const message = `The standby is locked by ${holderInWords(holder, now)}`;
  return new GuardError("standby-locked", message, guardHint("standby-locked"));
}

function lockLost({ message }: GuardError): GuardError {
  return new GuardError("lock-lost", `The lock is lost: ${message}`, guardHint("lock-lost"));
}
