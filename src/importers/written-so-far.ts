import { LockstepError } from "../model/error.ts";
import type { Operation } from "../model/plan.ts";

/** So many objects are named; the journal knows all of them. */
const NAMED = 50;

/**
 * Has an error that ends an apply tell what had been written by then.
 * @param done added to while the work goes on
 * @throws what the work throws
 */
export async function tellingWhatWasWritten<Result>(
  done: readonly Pick<Operation, "action" | "coordinate">[],
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof LockstepError) || done.length === 0) throw error;
    const named = done.slice(0, NAMED).map(({ action, coordinate }) => `${action} ${coordinate}`);
    const more = done.length > NAMED ? ` and ${done.length - NAMED} more` : "";
    throw error.reworded({ message: `${error.message}; written before (${done.length}): ${named.join(", ")}${more}` });
  }
}
