import { post } from "../foundations.ts";
import type { SeedObject, SeedStep, Target } from "../types.ts";

/** One list and how it is filled. */
export interface Crowd {
  /** Kind of the steps; the name by which the list is asked for. */
  readonly kind: string;
  /** The largest page of the list (genesys-api §1.2). */
  readonly cap: number;
  /** Members of other lists that have to exist before, for that many of this one. */
  readonly needs?: (count: number) => Readonly<Record<string, number>>;
  readonly steps: (count: number) => readonly SeedStep[];
}

/** The number of a member as names have it. */
export const digits = (n: number): string => String(n).padStart(3, "0");

/** The name of a member of any crowd. */
export const crowdName = (n: number): string => `Crowd ${digits(n)}`;

/** The numbers of the members, from 1. */
export const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);

/** A list whose members are created one by one; by default they have nothing but a name. */
export function crowd(
  kind: string,
  path: string,
  cap: number,
  body: (n: number) => SeedObject = (n) => ({ name: crowdName(n) }),
  more: { readonly needs?: Crowd["needs"]; readonly at?: readonly Target[] } = {},
): Crowd {
  const { needs, at } = more;
  return {
    kind,
    cap,
    ...(needs === undefined ? {} : { needs }),
    steps: (count) => numbers(count).map((n) => post(kind, crowdName(n), path, body(n), at)),
  };
}

/** Requests of up to `size` members each, for operations that take a list of them. */
export function inChunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return numbers(Math.ceil(items.length / size)).map((n) => items.slice((n - 1) * size, n * size));
}
