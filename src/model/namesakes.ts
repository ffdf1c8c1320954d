import type { Coordinate } from "./coordinate.ts";
import type { Finding } from "./snapshot.ts";

/**
 * Names that several objects of an organisation share, with what the snapshot says of them. Such objects are not part of the
 * snapshot: nobody can tell which one is meant.
 */
export function namesakesOf(findings: readonly Finding[]): Map<Coordinate, Finding> {
  const found = findings.filter(isNamesake);
  return new Map(found.map((finding) => [finding.coordinate, finding]));
}

/** Does a finding say that several objects share a name? */
export function isNamesake({ code }: Pick<Finding, "code">): boolean {
  return code === "duplicate-key";
}
