import { LockstepError } from "../model/error.ts";
import type { Kind } from "../model/kind.ts";
import type { Operation } from "../model/plan.ts";
import { revisionsOf } from "../canonical/read-object.ts";
import { objectEdits } from "../drift/edits.ts";
import { soughtFor } from "./preflight.ts";
import { listOnce, readTouched } from "./read-touched.ts";
import type { Target, TargetObject } from "./target.ts";

/**
 * Reads an object again, right before it is written.
 * @param seen as it was when everything was read
 * @returns it as it is now; the one that was seen where it is gone and was to be deleted anyway
 * @throws LockstepError `version-conflict` when somebody changed it meanwhile
 */
export async function readAgain(
  target: Target,
  kind: Kind,
  operation: Operation,
  seen: TargetObject,
): Promise<TargetObject | undefined> {
  const sought = {
    ...soughtFor(operation, [operation]),
    before: seen.object,
    revisions: revisionsOf(kind, seen.entity),
  };
  const now = (await readTouched(target, { kind, objects: [sought] }, listOnce(target))).get(sought.id);
  const { coordinate, action } = operation;
  if (now === undefined && action === "delete") return seen;
  // An earlier operation of the plan may have written the object since: then it is as this one expects it.
  const expected = [seen.object, operation.before ?? seen.object];
  if (now !== undefined && expected.some((known) => objectEdits(kind, known, now.object).length === 0)) return now;
  throw new LockstepError(
    "version-conflict",
    `${coordinate} was ${now === undefined ? "deleted" : "changed"} by somebody while the plan was applied`,
    "Make a new plan, look at it and apply that one.",
    { coordinate },
  );
}
