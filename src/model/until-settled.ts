import type { Answer, Call, Steps } from "./api.ts";
import { LockstepError } from "./error.ts";
import { growingPauses } from "./growing-pauses.ts";
import { isObj, type Obj } from "./json.ts";

/** Has the platform finished with an object; and if it never will, why not? */
export type Settled = boolean | { readonly failed: string };

/** The official provider gives such work a minute or two (genesys-api §1.7). */
const PAUSES = growingPauses(500, 8000, 120_000);

const AGAIN = "Look at the object in Genesys Cloud, and apply the same plan again to continue.";

/**
 * Reads an object until the platform has finished what it accepted. A new object may not be visible at first.
 * @returns the object as it was read last
 * @throws LockstepError `write-failed`, `not-settled`
 */
export function* untilSettled(call: Call, settled: (entity: Obj) => Settled): Steps {
  for (const pauseMs of PAUSES) {
    const answer: Answer = yield { ...call, expect: [404] };
    const entity = answer.status < 400 && isObj(answer.body) ? answer.body : undefined;
    const state = entity !== undefined && settled(entity);
    if (entity !== undefined && state === true) return entity;
    if (typeof state === "object") {
      throw new LockstepError(
        "write-failed",
        `Genesys Cloud accepted a change and then failed: ${state.failed}`,
        AGAIN,
        { path: call.op },
      );
    }
    yield { pauseMs };
  }
  throw new LockstepError(
    "not-settled",
    "Genesys Cloud accepted a change and did not finish it in two minutes",
    AGAIN,
    { path: call.op },
  );
}
