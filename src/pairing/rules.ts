import type { Config, Org } from "../model/config.ts";
import { LockstepError } from "../model/error.ts";
import type { Kind } from "../model/kind.ts";
import { didYouMean } from "../model/suggest.ts";

/** The part of the configuration that pairing follows. A loaded `Config` is one. */
export interface PairingRules extends Pick<
  Config,
  "include" | "renames" | "overrides" | "ignores" | "numbers" | "flows"
> {
  readonly orgs: { readonly primary: Pick<Org, "state">; readonly standby: Pick<Org, "state"> };
}

/** Rules that change nothing: the standby is meant to equal the primary. */
export const NO_RULES: PairingRules = {
  orgs: { primary: { state: [] }, standby: { state: [] } },
  include: { kinds: [], exclude: [], members: "emails", secrets: "values" },
  renames: [],
  overrides: [],
  ignores: [],
  numbers: [],
  flows: [],
};

/** A kind that rules may name without meaning one kind. */
const EVERY_KIND = "*";

/** Does a rule for this kind concern that one? */
export function concernsKind(rule: { readonly kind: string }, kind: string): boolean {
  return rule.kind === EVERY_KIND || rule.kind === kind;
}

/** @throws LockstepError `unknown-kind`, naming the rule, when a rule is about a kind that does not exist */
export function assertKnownKinds(rules: PairingRules, kinds: ReadonlyMap<string, Kind>): void {
  const named: readonly (readonly [string, readonly string[]])[] = [
    ["/include/kinds", rules.include.kinds],
    ["/include/exclude", rules.include.exclude.map(({ kind }) => kind)],
    ["/renames", rules.renames.map(({ kind }) => kind)],
    ["/overrides", rules.overrides.map(({ kind }) => kind)],
    ["/ignores", rules.ignores.map(({ kind }) => kind).map((kind) => (kind === EVERY_KIND ? anyOf(kinds) : kind))],
    ["/orgs/primary/state", rules.orgs.primary.state.map(({ kind }) => kind)],
    ["/orgs/standby/state", rules.orgs.standby.state.map(({ kind }) => kind)],
  ];
  for (const [list, names] of named) {
    const at = names.findIndex((name) => !kinds.has(name));
    const name = names[at];
    if (name !== undefined) throw unknownKind(name, kinds, `${list}/${String(at)}`);
  }
}

function anyOf(kinds: ReadonlyMap<string, Kind>): string {
  return kinds.keys().next().value ?? EVERY_KIND;
}

function unknownKind(name: string, kinds: ReadonlyMap<string, Kind>, path: string): LockstepError {
  const suggestion = didYouMean(name, kinds.keys());
  const hint = suggestion === "" ? "`lockstep kinds` lists the kinds." : suggestion;
  return new LockstepError("unknown-kind", `There is no kind ${JSON.stringify(name)}`, hint, { path });
}

/** What to do about a name that no object has. */
export function nameHint(name: string, known: Iterable<string>): string {
  const suggestion = didYouMean(name, known);
  return suggestion === "" ? "Correct the rule or remove it." : suggestion;
}
