import type { GuardCode } from "./catalogue/codes.ts";
import { LockstepError, type ErrorPlace } from "./error.ts";
import { ALLOWABLE_GUARDS, guardHint, isGuard } from "./guard.ts";
import { didYouMean } from "./suggest.ts";

/**
 * The guards that somebody allows by name.
 * @param known the guards that can be allowed where the names come from
 * @throws LockstepError `unknown-guard` with the nearest guard; for a guard that cannot be allowed, with what to do instead
 */
export function allowedGuards(
  names: readonly string[],
  place: ErrorPlace = {},
  known: readonly GuardCode[] = ALLOWABLE_GUARDS,
): ReadonlySet<GuardCode> {
  return new Set(names.map((name) => known.find((guard) => guard === name) ?? refuse(name, place, known)));
}

function refuse(name: string, place: ErrorPlace, known: readonly GuardCode[]): never {
  if (isGuard(name))
    throw new LockstepError("unknown-guard", `Guard ${name} cannot be allowed`, guardHint(name), place);
  const message = `There is no guard ${JSON.stringify(name)}`;
  const hint = `${didYouMean(name, known)} Guards that can be allowed: ${known.join(", ")}.`.trim();
  throw new LockstepError("unknown-guard", message, hint, place);
}
