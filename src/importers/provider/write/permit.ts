import { GuardError } from "../../../model/error.ts";
import { writeRefusal } from "./access.ts";
import { openForWriting } from "./open-for-writing.ts";
import { ownershipOf, type WriteRequest } from "./ownership.ts";
import type { Session } from "../rpc/session.ts";

/**
 * Decides whether a write may happen; the first one of a session also whether the organisation may be written at all.
 * @throws GuardError naming the guard, also `standby-locked`, `lock-lost`; LockstepError `primary-read-only`, `lock-unavailable`
 */
export async function assertPermitted(session: Session, request: WriteRequest): Promise<void> {
  const plan = await (session.once.opened ??= openForWriting(session).catch((error: unknown) => {
    // What an organisation could not answer may be asked again; a decision stands.
    if (!(error instanceof GuardError)) delete session.once.opened;
    throw error;
  }));
  const { settings, config } = session;
  const { access, prune, allow } = settings;
  const { live, ...write } = request;
  const policy = { access, prune, allow, guarded: config.guards.protected, plan };
  const error = writeRefusal(policy, {
    ...write,
    current: live?.object,
    ownership: ownershipOf(session, plan, request),
  });
  if (error !== undefined) throw error;
  if (access === "write") await assertLocked(session);
}

/** The first write takes the lock of the standby; a later one makes sure that it is still held. */
async function assertLocked({ once, lock }: Session): Promise<void> {
  await (once.locked ??= lock.take().catch((error: unknown) => {
    if (!(error instanceof GuardError)) delete once.locked;
    throw error;
  }));
  await lock.assertHeld();
}
