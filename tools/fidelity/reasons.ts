import { readFileSync } from "node:fs";

/** Something that the check may find, and why that is right. In `what`, `*` stands for anything. */
export interface Reason {
  readonly what: string;
  readonly why: string;
  /** What only some runs have, without which the case does not come up. */
  readonly needs?: "engine" | "python";
}

/** Lists of reasons by the part of the report that they belong to. */
export interface Reasons {
  /** Operations that the definition lacks. */
  readonly unchecked: readonly Reason[];
  /** Differences from the definition that are meant. */
  readonly meant: readonly Reason[];
  /** Operations that have no answer to compare. */
  readonly silent: readonly Reason[];
  /** Writable fields that no answer can carry. */
  readonly unseen: readonly Reason[];
}

/** What was found, with the reasons applied. */
export interface Reasoned {
  readonly excused: readonly { readonly what: string; readonly why: string }[];
  readonly open: readonly string[];
  /** Reasons that excuse nothing any more, and have no need that this run may lack. */
  readonly idle: readonly string[];
  /** Reasons that excuse nothing in this run, which may lack what they need. */
  readonly unmet: readonly string[];
}

/** Reads the reasons that stand beside this file. */
export function readReasons(): Reasons {
  return JSON.parse(readFileSync(new URL("reasons.json", import.meta.url), "utf8")) as Reasons;
}

/** Applies reasons to what was found. */
export function reasoned(found: readonly string[], reasons: readonly Reason[]): Reasoned {
  const matchers = reasons.map((reason) => ({ ...reason, fits: matcher(reason.what) }));
  const judged = found.map((what) => ({ what, why: matchers.find(({ fits }) => fits(what))?.why }));
  const unused = matchers.filter(({ fits }) => !found.some((what) => fits(what)));
  return {
    excused: judged.flatMap(({ what, why }) => (why === undefined ? [] : [{ what, why }])),
    open: judged.filter(({ why }) => why === undefined).map(({ what }) => what),
    idle: unused.filter(({ needs }) => needs === undefined).map(({ what }) => what),
    unmet: unused.filter(({ needs }) => needs !== undefined).map(({ what }) => what),
  };
}

function matcher(pattern: string): (text: string) => boolean {
  const literal = pattern.split("*").map((part) => part.replaceAll(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  const expression = new RegExp(`^${literal.join(".*")}$`);
  return (text) => expression.test(text);
}
