/** A repeatable source of choices; equal seed and stream give equal choices on every machine. */
export interface Random {
  /** A whole number from 0 up to, not including, `below`. */
  int(below: number): number;
  /** One of the values. @throws RangeError when there are none */
  pick<T>(values: readonly T[]): T;
  /** Up to `count` different values, in the order of the list. */
  some<T>(values: readonly T[], count: number): readonly T[];
  /** The values in another order. */
  shuffled<T>(values: readonly T[]): readonly T[];
}

function hashOf(text: string): number {
  let hash = 2166136261;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16777619);
  return hash >>> 0;
}

/**
 * A generator for one stream of one seed (mulberry32). Streams are independent: more choices in one domain leave the
 * others as they were.
 */
export function randomFor(seed: number, stream: string): Random {
  let state = hashOf(`${String(seed)}/${stream}`);
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const int = (below: number): number => Math.floor(next() * below);
  const shuffled = <T>(values: readonly T[]): readonly T[] => {
    const weighted = values.map((value) => ({ value, weight: next() }));
    return weighted.sort((a, b) => a.weight - b.weight).map(({ value }) => value);
  };
  return {
    int,
    shuffled,
    pick: (values) => {
      const index = int(values.length);
      if (index >= values.length) throw new RangeError(`nothing to pick from in ${stream}`);
      return values[index] as (typeof values)[number];
    },
    some: (values, count) => {
      const chosen = new Set(shuffled(values.map((_, index) => index)).slice(0, count));
      return values.filter((_, index) => chosen.has(index));
    },
  };
}

/** A number in ±20 % of `base` that the seed decides; seed 1 keeps the base, so that it is the reference organisation. */
export function sizeFor(seed: number, label: string, base: number): number {
  const stride = 1 + (hashOf(label) % 4);
  const factor = [1, 1.1, 0.9, 1.2, 0.8][(Math.abs(seed - 1) * stride) % 5] ?? 1;
  return Math.max(1, Math.round(base * factor));
}

/** The value at a position that wraps around. @throws RangeError on an empty list */
export function cycle<T>(values: readonly T[], index: number): T {
  if (values.length === 0) throw new RangeError("nothing to cycle through");
  return values[index % values.length] as T;
}
