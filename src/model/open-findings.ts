import { isNamesake } from "./namesakes.ts";
import { isRuleProblem } from "./rule-problem.ts";
import type { Finding } from "./snapshot.ts";

type Coded = Pick<Finding, "code">;

/** Does a finding say that a kind was not listed, though it should have been? */
export function isUnlistedKind({ code }: Coded): boolean {
  return code === "unlisted-kind";
}

/** Does a finding say that secrets could not be compared? */
export function isUnlikeSecret({ code }: Coded): boolean {
  return code === "secret-not-comparable";
}

/** Does a finding leave it open whether everything is in step? Then no report says so, and somebody has to act. */
export function leavesOpen(finding: Coded): boolean {
  return [isNamesake, isUnlikeSecret, isUnlistedKind, isRuleProblem].some((is) => is(finding));
}
