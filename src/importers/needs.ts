import type { Coordinate } from "../model/coordinate.ts";
import type { Kind } from "../model/kind.ts";
import type { Difference } from "../drift/compare.ts";

/** A difference on its way to becoming operations. */
export interface Draft {
  readonly difference: Difference;
  readonly kind: Kind;
}

/**
 * What a draft needs from another. `hard`: the other must be there first. `claim`: the other has to let go of a value first,
 * which can be taken in a second pass. `later`: a field that can be written in a second pass. `text`: named by the text, parts
 * of which can be published in a second pass. `soft`: better first; it exists in any case, so nothing waits for it.
 */
export interface Need {
  readonly from: Coordinate;
  readonly to: Coordinate;
  readonly strength: "hard" | "claim" | "later" | "text" | "soft";
  /** Property that takes the value. */
  readonly at?: string;
}
