import type { App } from "../../model/app.ts";
import type { GuardCode } from "../../model/catalogue/codes.ts";
import { LockstepError } from "../../model/error.ts";
import type { LoginOptions, OrgConnection, Sink } from "../../model/ports.ts";
import { runNotesPath } from "./run-notes.ts";
import { openStandbyLock, type Locking, type StandbyLock } from "./standby-lock.ts";

/** Who asks for the lock. */
export interface LockUser {
  readonly allow: ReadonlySet<GuardCode>;
  /** Do processes of this directory that work side by side hold it together? */
  readonly shared: boolean;
}

/** The lock of the organisation that a connection leads to. */
export function openLockOf(app: App, client: OrgConnection, { allow, shared }: LockUser): StandbyLock {
  const { workspace, files, clock, worker } = app;
  return openStandbyLock({
    client,
    clock,
    files,
    notes: runNotesPath(workspace, client.org.id),
    worker,
    settings: workspace.config.lock,
    steal: allow.has("standby-locked"),
    shared,
  });
}

/** Takes a lock and tells people where there is none. */
export async function tellingWhyNot(lock: StandbyLock, sink: Sink): Promise<Locking> {
  const locking = await lock.take();
  if (locking.state === "unavailable") {
    const message = `Another machine could write the standby at the same time, because it cannot be locked: ${locking.reason}`;
    sink({ event: "note", message });
  }
  return locking;
}

/** The organisation, and how it is logged in to. */
export type LockedOrg = Pick<LoginOptions, "login" | "orgId">;

/** So long somebody who stops a run waits until the lock is given back, if the organisation does not answer. */
const PATIENCE_MS = 5_000;

/**
 * Gives a lock back although the run failed or is being stopped. One that cannot be given back counts as left behind after a
 * while, and the next run of this directory takes it over at once.
 */
export async function releaseAnyway(app: App, org: LockedOrg, lock: StandbyLock): Promise<void> {
  if (!lock.isHeld()) return;
  try {
    await lock.release();
  } catch (error) {
    if (!(error instanceof LockstepError)) throw error;
    if (error.code === "interrupted") await releaseAfterStop(app, org, lock);
  }
}

async function releaseAfterStop(app: App, org: LockedOrg, lock: StandbyLock): Promise<void> {
  try {
    const client = await app.connect("standby", "write", { ...org, afterStop: true, giveUpAfterMs: PATIENCE_MS });
    await lock.release(client).finally(() => client.close());
  } catch (error) {
    if (!(error instanceof LockstepError)) throw error;
  }
}
