import type { ErrorCode } from "../../model/catalogue/codes.ts";
import { formatPointer } from "../../model/pointer.ts";

/** Something that cannot work, or would not do what it looks like. */
export interface Refusal {
  readonly code: ErrorCode;
  /** RFC 6901 pointer into `lockstep.yaml`. */
  readonly path: string;
  readonly message: string;
  readonly hint: string;
}

/** A refusal about a place of the `dns` section. */
export function refusal(code: ErrorCode, at: readonly string[], message: string, hint: string): Refusal {
  return { code, path: formatPointer(["dns", ...at]), message, hint };
}
