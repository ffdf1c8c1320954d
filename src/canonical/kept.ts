import type { Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";

/** Is an entity of a list an object that lockstep keeps, by what its kind says? */
export function isKept({ keep }: Pick<Kind, "keep">, entity: Obj): boolean {
  return (keep?.(entity) ?? true) === true;
}
