import type { NumberRule } from "../model/config.ts";
import { isList, isObj, type Json, type Obj } from "../model/json.ts";
import { rewriteBy, type TextRewrite } from "../model/name-pattern.ts";
import type { Kind } from "../model/kind.ts";
import type { Finding } from "../model/snapshot.ts";
import { mapLiterals } from "../formats/yaml-literals.ts";
import { asSet } from "../canonical/visitors.ts";

/** What a text has to look like for a pattern to take it for a number: an E.164 number, alone or as a URI. */
const PHONE_NUMBER = /^(?:tel:|sips?:)?\+\d{5,15}(?:@[\w.-]+)?$/;

/** The number map, and what can be said about it once it was used. */
export interface NumberMap {
  /** The new number for a number, or undefined when it stays. The first rule that matches wins. */
  readonly newNumber: TextRewrite;
  /** Can some literal of this text change? A quick look, which saves taking most texts apart. */
  readonly mayChange: (text: string) => boolean;
  /** Rules that no number asked for so far answered to. */
  readonly unused: () => Finding[];
}

/** The number map of a configuration. */
export function numberMap(rules: readonly NumberRule[]): NumberMap {
  const used = new Set<number>();
  const rewrites = rules.map(rewriteOf);
  const newNumber: TextRewrite = (text) => {
    for (const [at, rewrite] of rewrites.entries()) {
      const number = rewrite(text);
      if (number === undefined) continue;
      used.add(at);
      return number;
    }
    return undefined;
  };
  const mayChange = (text: string): boolean => rules.some((rule) => mayConcern(rule, text));
  return {
    newNumber,
    mayChange,
    unused: () => rules.flatMap((rule, at) => (used.has(at) ? [] : [unusedRule(rule, at)])),
  };
}

function rewriteOf(rule: NumberRule): TextRewrite {
  if (!("pattern" in rule)) return (text) => (text === rule.from ? rule.to : undefined);
  const rewrite = rewriteBy(rule.pattern, rule.replace);
  return (text) => (PHONE_NUMBER.test(text) ? rewrite(text) : undefined);
}

/** In single quotes a quote is written twice, so that a number with one does not stand in the text as it is. */
function mayConcern(rule: NumberRule, text: string): boolean {
  return "pattern" in rule ? /\+\d{5}/.test(text) : rule.from.includes("'") || text.includes(rule.from);
}

function unusedRule(rule: NumberRule, at: number): Finding {
  const from = "pattern" in rule ? rule.pattern : rule.from;
  const message = `No IVR, DID pool or flow of the source uses ${from}, which /numbers/${String(at)} of lockstep.yaml maps`;
  return { code: "number-unmatched", coordinate: "ivr/*", message };
}

/** The object with other phone numbers: in the fields that hold them, and in literals of its text content that are exactly one. */
export function withNumbers(kind: Kind, object: Obj, { newNumber, mayChange }: NumberMap): Obj {
  const { content, numbers = [] } = kind;
  const changed = numbers.flatMap((field): [string, Json][] => {
    const value = Object.hasOwn(object, field) ? object[field] : undefined;
    const next = value === undefined ? undefined : mapped(value, newNumber);
    return next === undefined || next === value ? [] : [[field, next]];
  });
  const result = changed.length === 0 ? object : { ...object, ...Object.fromEntries(changed) };
  return content?.extension === "yaml" ? withNumbersInText(content.at, result, { newNumber, mayChange }) : result;
}

function withNumbersInText(at: string, object: Obj, { newNumber, mayChange }: Omit<NumberMap, "unused">): Obj {
  const text = object[at];
  if (typeof text !== "string" || !mayChange(text)) return object;
  const next = mapLiterals(text, newNumber);
  return next === text ? object : { ...object, [at]: next };
}

function mapped(value: Json, newNumber: TextRewrite): Json {
  if (typeof value === "string") return newNumber(value) ?? value;
  if (isObj(value)) {
    const next = Object.entries(value).map(([name, inner]) => [name, mapped(inner, newNumber)] as const);
    return next.every(([name, inner]) => inner === value[name]) ? value : Object.fromEntries(next);
  }
  if (!isList(value)) return value;
  const next = value.map((item) => mapped(item, newNumber));
  return next.every((item, at) => item === value[at]) ? value : asSet(next);
}
