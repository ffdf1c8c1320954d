import fc from "fast-check";
import { CONDITIONS, type Condition } from "./conditions.ts";
import { canBeMade, EDITS, type Edit } from "./edits.ts";
import { FAULTS, type Fault } from "./faults.ts";
import { WRITABLE } from "./lab.ts";

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

/** What can be the case before anything goes wrong. Smaller ones have no condition and the first place. */
const situations = fc
  .record({
    kind: fc.constantFrom(...WRITABLE.map(({ name }) => name)),
    edit: fc.constantFrom(...EDITS),
    nth: fc.nat(6),
    condition: fc.oneof(
      { weight: 3, arbitrary: fc.constant("none" as const) },
      { weight: 2, arbitrary: fc.constantFrom(...CONDITIONS) },
    ),
  })
  .filter(({ kind, edit, condition }) => hasPlace(kind, edit, condition));

const strikes = fc.array(fc.record({ fault: fc.constantFrom(...FAULTS), at: fc.nat(REQUESTS) }), {
  minLength: 2,
  maxLength: 5,
});

/** A situation with several faults, each in a case of its own: preparing costs more than playing. They shrink to one. */
export const anyCases: fc.Arbitrary<readonly Case[]> = fc
  .tuple(situations, strikes)
  .map(([situation, struck]) => struck.map((one) => ({ ...situation, ...one })));

/** Can it be at all? What only the organisations tell is found out when it is made. */
function hasPlace(kind: string, edit: Edit, condition: Condition): boolean {
  const found = WRITABLE.find(({ name }) => name === kind);
  const people = JSON.stringify(found?.schema ?? {}).includes('"user"');
  if (condition.startsWith("inactive") && !people) return false;
  if (condition === "namesake-in-standby" && edit === "create") return false;
  if (condition === "namesake-in-primary" && edit === "delete") return false;
  return found !== undefined && canBeMade(edit, found);
}
