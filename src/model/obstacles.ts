import type { FindingCode, GuardCode } from "./catalogue/codes.ts";
import type { Coordinate } from "./coordinate.ts";

/** Something that cannot be done, and why. */
export type Blocked = {
  readonly coordinate: Coordinate;
  readonly code: FindingCode;
  readonly message: string;
};

/** A guard that the plan runs into. */
export type GuardHit = {
  readonly guard: GuardCode;
  readonly message: string;
};
