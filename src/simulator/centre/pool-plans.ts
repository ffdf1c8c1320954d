import type { PoolPlan } from "./plan.ts";
import type { Side } from "./types.ts";

/** Ranges that the authorities keep for fiction: 555-01xx in North America, 496 0xxx and 7946 0xxx in Great Britain. */
const ranges = [
  { area: "Toll Free", prefix: "+1800555", first: 100, last: 199 },
  { area: "London", prefix: "+44207946", first: 0, last: 499 },
  { area: "Manchester", prefix: "+44161496", first: 0, last: 999 },
  { area: "Leeds", prefix: "+44113496", first: 0, last: 999 },
] as const;

const blockSize = 50;

const blocks: readonly PoolPlan[] = ranges.flatMap(({ area, prefix, first, last }) =>
  Array.from({ length: (last - first + 1) / blockSize }, (_, block) => ({
    name: `${area} Block ${String(block + 1)}`,
    prefix,
    first: first + block * blockSize,
    last: first + (block + 1) * blockSize - 1,
    digits: 4,
  })),
);

/** The first blocks of fifty numbers; the last one is a reserve that no IVR uses. */
export const poolPlans = (count: number, side: Side): readonly PoolPlan[] =>
  blocks.slice(0, count).map((pool) => (side === "standby" && pool.name === movedPool ? moved(pool) : pool));

/** The pool whose carrier delivers to one organisation only: the standby has other numbers in its place. */
const movedPool = "London Block 1";

const moved = (pool: PoolPlan): PoolPlan => ({ ...pool, first: pool.first + 500, last: pool.last + 500 });

/** How a number of that pool becomes the standby's number: a regular expression and its replacement. */
export const movedNumbers = { pattern: "^\\+4420794600([0-4][0-9])$", replace: "+4420794605$1" } as const;

/** The number at a position of a pool, in E.164. */
export const numberIn = (pool: PoolPlan, offset: number): string =>
  `${pool.prefix}${String(pool.first + offset).padStart(pool.digits, "0")}`;
