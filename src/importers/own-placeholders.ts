import { LockstepError } from "../model/error.ts";
import type { Plan } from "../model/plan.ts";
import { placeholderKeys, type Placeholders } from "../model/placeholders.ts";

/**
 * Says of a plan with placeholders of another key, or of one that was made before secrets were kept again, that nothing it is about
 * could be recognised.
 * @throws LockstepError `plan-other-key`
 */
export function assertOwnPlaceholders({ operations }: Plan, placeholders: Placeholders | undefined): void {
  const other = operations.find(({ before = {}, after = {} }) =>
    [...placeholderKeys([before, after])].some((key) => key !== placeholders?.keyId),
  );
  if (other === undefined) return;
  throw new LockstepError(
    "plan-other-key",
    `${other.coordinate} has a placeholder of another key in the plan than this run has`,
    "Make a new plan, or set include.secretsKey to the key that the plan was made with.",
    { coordinate: other.coordinate },
  );
}
