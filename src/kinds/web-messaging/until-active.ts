import type { Op, Steps } from "../../model/api.ts";
import type { Obj } from "../../model/json.ts";
import { untilSettled, type Settled } from "../../model/until-settled.ts";

/** Is it in use, or switched off by hand? What was just written is pending at first (genesys-api §4.5). */
export function isActive({ status }: Obj): Settled {
  if (status === "Error") return { failed: "the status is Error" };
  return status === "Active" || status === "Inactive";
}

/**
 * Reads a draft, a version or a deployment until it is active.
 * @throws LockstepError `write-failed`, `not-settled`
 */
export function* untilActive(op: Op, path: { readonly [name: string]: string }): Steps<void> {
  yield* untilSettled({ op, path }, isActive);
}
