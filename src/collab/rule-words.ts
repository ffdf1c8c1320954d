import type {
  Config,
  FlowRule,
  Ignore,
  NumberRule,
  ObjectPattern,
  Override,
  Rename,
  SecretRule,
  Setting,
} from "../model/config.ts";
import { compactJson } from "../model/json.ts";
import { placeWords, wordsOf } from "../report/words.ts";

/** A list of rules in `lockstep.yaml`. */
export interface RuleList<Rule> {
  readonly name: string;
  /** Pointer of the list. */
  readonly path: string;
  readonly of: (config: Config) => readonly Rule[];
  /** The configuration with another list. */
  readonly with: (config: Config, rules: readonly Rule[]) => Config;
  /** What stays the same when somebody changes a rule. */
  readonly identity: (rule: Rule) => readonly (string | undefined)[];
  readonly words: (rule: Rule) => string;
}

/** Takes a list of rules as one among others. */
export type Visit<Result> = <Rule>(list: RuleList<Rule>) => Result;

const RENAMES: RuleList<Rename> = {
  name: "renames",
  path: "/renames",
  of: (config) => config.renames,
  with: (config, renames) => ({ ...config, renames }),
  identity: (rule) => ("pattern" in rule ? [rule.kind, "pattern", rule.pattern] : [rule.kind, "from", rule.from]),
  words: (rule) =>
    "pattern" in rule
      ? `the name of every ${wordsOf(rule.kind)} that matches ${rule.pattern} becomes ${rule.replace} in the standby`
      : `${wordsOf(rule.kind)} ${rule.from} is called ${rule.to} in the standby`,
};

const OVERRIDES: RuleList<Override> = {
  name: "overrides",
  path: "/overrides",
  of: (config) => config.overrides,
  with: (config, overrides) => ({ ...config, overrides }),
  identity: ({ kind, name, path }) => [kind, name, path],
  words: (rule) => `${placeOf(rule)} is ${compactJson(rule.value)} in the standby`,
};

const IGNORES: RuleList<Ignore> = {
  name: "ignores",
  path: "/ignores",
  of: (config) => config.ignores,
  with: (config, ignores) => ({ ...config, ignores }),
  identity: ({ kind, name, path }) => [kind, name, path],
  words: ({ reason, until, ...rule }) =>
    `${placeOf(rule)} may differ: ${reason}${until === undefined ? "" : ` (until ${until})`}`,
};

const NUMBERS: RuleList<NumberRule> = {
  name: "numbers",
  path: "/numbers",
  of: (config) => config.numbers,
  with: (config, numbers) => ({ ...config, numbers }),
  identity: (rule) => ("pattern" in rule ? ["pattern", rule.pattern] : ["from", rule.from]),
  words: (rule) =>
    "pattern" in rule
      ? `a number that matches ${rule.pattern} becomes ${rule.replace} in the standby`
      : `number ${rule.from} is ${rule.to} in the standby`,
};

const FLOWS: RuleList<FlowRule> = {
  name: "flows",
  path: "/flows",
  of: (config) => config.flows,
  with: (config, flows) => ({ ...config, flows }),
  identity: ({ name }) => [name],
  words: ({ name, mode }) =>
    mode === "replica" ? `flow ${name} follows the primary` : `flow ${name} is the standby's own and is never written`,
};

const EXCLUDED: RuleList<ObjectPattern> = {
  name: "include.exclude",
  path: "/include/exclude",
  of: (config) => config.include.exclude,
  with: (config, exclude) => ({ ...config, include: { ...config.include, exclude } }),
  identity: ({ kind, name }) => [kind, name],
  words: ({ kind, name }) => `${wordsOf(kind)} ${name} is not kept in step`,
};

const SETTINGS: RuleList<Setting> = {
  name: "orgs.standby.state",
  path: "/orgs/standby/state",
  of: (config) => config.orgs.standby.state,
  with: (config, state) => ({
    ...config,
    orgs: { ...config.orgs, standby: { ...config.orgs.standby, state } },
  }),
  identity: ({ kind, name, path }) => [kind, name, path],
  words: (rule) => `${placeOf(rule)} is set to ${compactJson(rule.value)} in the standby`,
};

const SECRETS: RuleList<SecretRule> = {
  name: "secrets",
  path: "/secrets",
  of: (config) => config.secrets,
  with: (config, secrets) => ({ ...config, secrets }),
  identity: ({ kind, name, path }) => [kind, name, path],
  words: (rule) => `${placeOf(rule)} takes its secret from ${rule.value}`,
};

function placeOf(rule: { readonly kind: string; readonly name: string; readonly path: string }): string {
  const object = rule.kind === "*" ? `every object called ${rule.name}` : `${wordsOf(rule.kind)} ${rule.name}`;
  return [object, ...placeWords(rule.path)].join(" › ");
}

/** Visits every list of rules. */
export function eachList<Result>(visit: Visit<Result>): Result[] {
  return [
    visit(RENAMES),
    visit(OVERRIDES),
    visit(IGNORES),
    visit(NUMBERS),
    visit(FLOWS),
    visit(EXCLUDED),
    visit(SETTINGS),
    visit(SECRETS),
  ];
}
