import fc from "fast-check";
import { CONDITIONS, type Condition } from "./conditions.ts";
import { EDITS, whyNoEdit, type Edit } from "./edits.ts";
import { FAULTS, type Fault } from "./faults.ts";
import { WRITABLE } from "./lab.ts";
import { isFresh } from "./second.ts";

/** One situation, and all that it takes to make it again. */
export interface Case {
  readonly kind: string;
  readonly edit: Edit;
  /** Which of the places that the edit could be made at. */
  readonly nth: number;
  readonly condition: Condition;
  readonly fault: Fault;
  /** Which request the fault strikes. */
  readonly at: number;
}

/** `queue/update:3/none/answer-lost@12`. */
export function caseText({ kind, edit, nth, condition, fault, at }: Case): string {
  return `${kind}/${edit}:${String(nth)}/${condition}/${fault}@${String(at)}`;
}

/** @throws Error for what is no case */
export function parseCase(text: string): Case {
  const [, kind = "", edit, nth, condition, fault, at] =
    /^([\w-]+)\/([\w-]+):(\d+)\/([\w-]+)\/([\w-]+)@(\d+)$/.exec(text) ?? [];
  const found = {
    kind: WRITABLE.find(({ name }) => name === kind)?.name,
    edit: EDITS.find((name) => name === edit),
    condition: CONDITIONS.find((name) => name === condition),
    fault: FAULTS.find((name) => name === fault),
  };
  const { kind: known, edit: made, condition: so, fault: struck } = found;
  if (known === undefined || made === undefined || so === undefined || struck === undefined)
    throw new Error(`no case: ${text}`);
  return { kind: known, edit: made, nth: Number(nth), condition: so, fault: struck, at: Number(at) };
}

/** More requests than any run sends. */
const REQUESTS = 400;

/** What is the case before anything goes wrong. */
type Situation = Pick<Case, "kind" | "edit" | "condition">;

/** Every combination of kind, edit and condition that can be: those of one condition after those of another. */
export const SITUATIONS: readonly Situation[] = CONDITIONS.flatMap((condition) =>
  WRITABLE.flatMap(({ name: kind }) => EDITS.map((edit) => ({ kind, edit, condition }))),
).filter((situation) => whyNot(situation) === undefined);

/** Combinations that cannot be, by the reason. */
export function impossible(): ReadonlyMap<string, readonly string[]> {
  const reasons = new Map<string, string[]>();
  for (const condition of CONDITIONS)
    for (const { name: kind } of WRITABLE)
      for (const edit of EDITS) {
        const reason = whyNot({ kind, edit, condition });
        if (reason !== undefined) reasons.set(reason, [...(reasons.get(reason) ?? []), `${kind}/${edit}/${condition}`]);
      }
  return reasons;
}

/** Each as likely as any other, but half without a condition. Smaller ones have none and the first place. */
const situations = fc.record({
  situation: fc.oneof(
    fc.constantFrom(...SITUATIONS.filter(({ condition }) => condition === "none")),
    fc.constantFrom(...SITUATIONS),
  ),
  nth: fc.nat(6),
});

const strikes = fc.array(fc.record({ fault: fc.constantFrom(...FAULTS), at: fc.nat(REQUESTS) }), {
  minLength: 2,
  maxLength: 5,
});

/** A situation with several faults, each in a case of its own: preparing costs more than playing. They shrink to one. */
export const anyCases: fc.Arbitrary<readonly Case[]> = fc
  .tuple(situations, strikes)
  .map(([{ situation, nth }, struck]) =>
    struck
      .map((one) => ({ ...situation, nth, ...one }))
      .filter(({ fault }) => whyNotStruck(fault, situation) === undefined),
  );

/** Why a situation cannot be; undefined where it can. What only the organisations tell is found out when it is made. */
function whyNot({ kind, edit, condition }: Situation): string | undefined {
  const found = WRITABLE.find(({ name }) => name === kind);
  if (found === undefined) return "no such kind";
  const people = JSON.stringify(found.schema).includes('"user"');
  if (condition.startsWith("inactive") && !people) return "names no people";
  if (condition === "namesake-in-standby" && edit === "create") return "the standby has no object that could have one";
  if (condition === "namesake-in-primary" && edit === "delete") return "the primary has no object that could have one";
  return whyNoEdit(edit, found);
}

/** Why a fault is none in a situation; undefined where it is one. */
function whyNotStruck(fault: Fault, { kind, edit, condition }: Situation): string | undefined {
  if (fault.endsWith("-forbidden") && kind === "data-table")
    return "who may not lock the standby may not write its tables";
  const isAboutIds = condition.startsWith("namesake") || edit === "reuse-name" || edit === "swap-names";
  if (isFresh(fault) && isAboutIds) return "a directory that knows no ids takes what has the name for what is meant";
  return undefined;
}
