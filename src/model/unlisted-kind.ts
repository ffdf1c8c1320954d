import type { Finding } from "./snapshot.ts";

/** Does a finding say that a kind was not listed, though it should have been? */
export function isUnlistedKind({ code }: Pick<Finding, "code">): boolean {
  return code === "unlisted-kind";
}
