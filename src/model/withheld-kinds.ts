import type { Kind } from "./kind.ts";

/** Names of the kinds whose objects are people, where the configuration asks for counts in their place (`include.members`). */
export function withheldKinds(
  kinds: ReadonlyMap<string, Pick<Kind, "personal">>,
  members: "emails" | "counts",
): ReadonlySet<string> {
  if (members === "emails") return new Set();
  return new Set([...kinds].flatMap(([name, { personal }]) => (personal === true ? [name] : [])));
}
