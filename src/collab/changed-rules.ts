import type { Config } from "../model/config.ts";
import { asJson, sameJson } from "../model/json.ts";
import type { RuleChange } from "../model/pull-report.ts";
import { eachList, type RuleList } from "./rule-words.ts";

/** A rule that differs between two configurations. */
export interface ChangedRule extends Pick<RuleChange, "change" | "list" | "words" | "before"> {
  /** Its pointer in the configuration that is proposed; undefined when it is removed. */
  readonly path?: string;
  /** The proposed configuration as it would be if this one rule had stayed as it was. */
  readonly without: Config;
}

/** The rules that a proposed configuration adds, changes and removes. The order of rules alone is no change. */
export function changedRules(base: Config, proposed: Config): ChangedRule[] {
  return eachList((list) => changedIn(list, base, proposed)).flat();
}

function changedIn<Rule>(list: RuleList<Rule>, base: Config, proposed: Config): ChangedRule[] {
  const [before, after] = [list.of(base), list.of(proposed)];
  const keyOf = (rule: Rule): string => JSON.stringify(list.identity(rule));
  const [old, now] = [firstByKey(before, keyOf), firstByKey(after, keyOf)];
  const written = after.flatMap((rule, at): ChangedRule[] => {
    const earlier = old.get(keyOf(rule));
    const path = `${list.path}/${String(at)}`;
    if (earlier === undefined || now.get(keyOf(rule)) !== rule) {
      if (before.some((known) => isSame(known, rule))) return [];
      const rules = after.filter((_, other) => other !== at);
      return [{ change: "added", list: list.name, words: list.words(rule), path, without: list.with(proposed, rules) }];
    }
    if (isSame(earlier, rule)) return [];
    const without = list.with(proposed, after.with(at, earlier));
    return [
      { change: "changed", list: list.name, words: list.words(rule), before: list.words(earlier), path, without },
    ];
  });
  const removed = before.flatMap((rule): ChangedRule[] => {
    if (now.has(keyOf(rule))) return [];
    const without = list.with(proposed, [...after, rule]);
    return [{ change: "removed", list: list.name, words: list.words(rule), without }];
  });
  return [...written, ...removed];
}

function firstByKey<Rule>(rules: readonly Rule[], keyOf: (rule: Rule) => string): ReadonlyMap<string, Rule> {
  return new Map([...rules].reverse().map((rule) => [keyOf(rule), rule]));
}

function isSame<Value>(a: Value, b: Value): boolean {
  return sameJson(asJson(a), asJson(b));
}

/** Sections without rules, in the order of the documentation. */
const SECTIONS = ["snapshots", "repository", "read", "outage", "guards", "operational", "lock", "dns"] as const;

/** The sections of `lockstep.yaml` that differ besides the rules. */
export function changedSettings(base: Config, proposed: Config): string[] {
  const orgs = ({ orgs: { primary, standby } }: Config) => ({ primary, standby: { ...standby, state: [] } });
  const include = ({ include: { exclude: _, ...rest } }: Config) => rest;
  return [
    ...(isSame(orgs(base), orgs(proposed)) ? [] : ["orgs"]),
    ...SECTIONS.filter((section) => !isSame(base[section], proposed[section])),
    ...(isSame(include(base), include(proposed)) ? [] : ["include"]),
  ];
}
