import type { Api } from "../model/api.ts";
import { growingPauses } from "../model/growing-pauses.ts";

/** New objects may take a while until reads see them; the official provider waits for minutes (genesys-api §1.7). */
const UNTIL_NEW_OBJECTS_SHOW = growingPauses(1000, 8000, 120_000);

/**
 * Looks again, after longer and longer pauses, for something that was written a moment ago.
 * @param pauses milliseconds before each further look
 * @returns what `look` saw, or undefined when it did not appear in time
 * @throws what `look` throws; LockstepError `interrupted`
 */
export async function untilSeen<Value>(
  api: Api,
  kind: string,
  look: () => Promise<Value | undefined>,
  pauses: readonly number[] = UNTIL_NEW_OBJECTS_SHOW,
): Promise<Value | undefined> {
  let seen = await look();
  for (const pauseMs of pauses) {
    if (seen !== undefined) return seen;
    await api.send({ pauseMs }, kind);
    seen = await look();
  }
  return seen;
}
