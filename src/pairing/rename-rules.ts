import type { Rename } from "../model/config.ts";
import { rewriteBy } from "../model/name-pattern.ts";
import type { Identity } from "./identity.ts";

/** A rename rule, ready to be asked. */
export interface RenameRule {
  readonly kind: string;
  /** Pointer of the rule in `lockstep.yaml`. */
  readonly path: string;
  /** What a person would call the rule. */
  readonly from: string;
  /** The new own name of an object, or undefined when the rule is not about it. */
  readonly newName: (identity: Pick<Identity, "key" | "prefix" | "name">) => string | undefined;
}

/** The rename rules of a configuration, compiled once. */
export function renameRules(renames: readonly Rename[]): RenameRule[] {
  return renames.map((rule, at) => {
    const path = `/renames/${String(at)}`;
    if ("pattern" in rule) {
      const rewrite = rewriteBy(rule.pattern, rule.replace);
      return { kind: rule.kind, path, from: rule.pattern, newName: ({ name }) => rewrite(name) };
    }
    return { kind: rule.kind, path, from: rule.from, newName: (identity) => exactName(rule, identity) };
  });
}

/** Both sides of an exact rule may be a name or a whole key. */
function exactName(
  rule: { readonly from: string; readonly to: string },
  { key, prefix, name }: Pick<Identity, "key" | "prefix" | "name">,
): string | undefined {
  if (rule.from === name) return rule.to;
  if (rule.from !== key) return undefined;
  return rule.to.startsWith(prefix) ? rule.to.slice(prefix.length) : rule.to;
}
