import type { Coordinate } from "./coordinate.ts";
import type { ErrorCode, FindingCode } from "./catalogue/codes.ts";

const CODES = [
  "rename-unmatched",
  "rename-empty",
  "rename-unsupported",
  "rename-collision",
  "override-unmatched",
  "state-unmatched",
] as const satisfies readonly ErrorCode[];

/** A rule of `lockstep.yaml` that cannot be followed, because of what the organisations hold now. */
export interface RuleProblem {
  readonly code: (typeof CODES)[number];
  /** Pointer of the rule. */
  readonly path: string;
  /** What the rule names, or the object that it cannot be followed for. */
  readonly coordinate: Coordinate;
  readonly message: string;
  readonly hint: string;
}

/** Is a finding about a rule that cannot be followed? Nothing is planned until it is corrected. */
export function isRuleProblem({ code }: { readonly code: FindingCode }): boolean {
  return CODES.some((known) => known === code);
}
