import type { Obj } from "../../src/model/json.ts";
import { assertRulesFollowed } from "../../src/app/pair-sides.ts";
import { pair, type Pairing } from "../../src/pairing/pair.ts";
import { NO_RULES, type PairingRules } from "../../src/pairing/rules.ts";
import type { PairingTarget } from "../../src/pairing/target.ts";
import { KINDS, snapshotOf, targetWith } from "./fake-kinds.ts";

export const NOW = new Date("2026-11-20T12:00:00Z");

/** Pairs these objects with a standby. */
export function paired(
  objects: { readonly [coordinate: string]: Obj },
  rules: Partial<PairingRules> = {},
  target: PairingTarget = targetWith(),
  alsoKnown: readonly string[] = [],
): Pairing {
  const pairing = pair(snapshotOf(objects, alsoKnown), target, { ...NO_RULES, ...rules }, { kinds: KINDS, now: NOW });
  assertRulesFollowed({ file: "lockstep.yaml" }, pairing);
  return pairing;
}

/** What the standby should be, as one plain object. */
export function desired(...input: Parameters<typeof paired>): { readonly [coordinate: string]: Obj } {
  return Object.fromEntries(paired(...input).desired);
}

/** What a function throws; undefined when it does not. */
export function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
