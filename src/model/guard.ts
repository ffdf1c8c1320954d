import type { GuardCode } from "./catalogue/codes.ts";
import { GUARDS } from "./catalogue/guards.ts";

/** Is a code that of a guard? */
export function isGuard(code: string): code is GuardCode {
  return Object.hasOwn(GUARDS, code);
}

/** Every guard there is. */
export const GUARD_CODES: readonly GuardCode[] = Object.keys(GUARDS).filter(isGuard);

/** Guards that `--allow` and `lockstep:allow` know. */
export const ALLOWABLE_GUARDS: readonly GuardCode[] = GUARD_CODES.filter((guard) => GUARDS[guard].passage === "allow");

/** Those of them that a Pulumi provider checks for every single write. */
export const PROVIDER_GUARDS: readonly GuardCode[] = ALLOWABLE_GUARDS.filter((guard) => "perWrite" in GUARDS[guard]);

/** Why a guard stops, and how to look into it: the hint of an error that tells no more than that. */
export function guardHint(guard: GuardCode): string {
  return GUARDS[guard].action;
}
