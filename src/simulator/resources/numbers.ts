import { guidFrom } from "../ids.ts";
import { listAt, textAt } from "../json.ts";
import { entriesOf, isDeleted } from "../store.ts";
import type { Entry, Org } from "../world.ts";

/** A phone number of a pool and what it is assigned to. */
export interface PoolNumber {
  readonly id: string;
  readonly number: string;
  readonly pool: Entry;
  readonly owner: Entry | undefined;
}

/** The digits of an E.164 number as a number to count with; undefined for anything else. */
export function digitsOf(number: string): bigint | undefined {
  return /^\+\d{5,18}$/.test(number) ? BigInt(number.slice(1)) : undefined;
}

/** First and last number of a pool. */
export function rangeOf(pool: Entry): { from: bigint; to: bigint } {
  const from = digitsOf(textAt(pool.data.startPhoneNumber)) ?? 0n;
  return { from, to: digitsOf(textAt(pool.data.endPhoneNumber)) ?? from };
}

/** The pools that are not deleted. */
export function poolsOf(org: Org): Entry[] {
  return entriesOf(org, "did-pool").filter((pool) => !isDeleted(pool));
}

/** The pool that a number is in. */
export function poolOf(org: Org, number: string): Entry | undefined {
  const digits = digitsOf(number);
  if (digits === undefined) return undefined;
  return poolsOf(org).find((pool) => rangeOf(pool).from <= digits && digits <= rangeOf(pool).to);
}

/** Every number of every pool, with the IVR that it is assigned to. */
export function numbersOf(org: Org): PoolNumber[] {
  const owners = new Map<string, Entry>();
  for (const ivr of entriesOf(org, "ivr").filter((entry) => !isDeleted(entry))) {
    for (const number of listAt(ivr.data.dnis)) owners.set(textAt(number), ivr);
  }
  return poolsOf(org).flatMap((pool) => {
    const { from, to } = rangeOf(pool);
    const numbers: PoolNumber[] = [];
    for (let digits = from; digits <= to; digits += 1n) {
      const number = `+${digits}`;
      numbers.push({ id: guidFrom(`${org.id}/did/${number}`), number, pool, owner: owners.get(number) });
    }
    return numbers;
  });
}
