import { isObj, type Json, type Obj } from "../../../model/json.ts";
import type { Kind } from "../../../model/kind.ts";
import { fold, type Place } from "../../../canonical/fold.ts";
import { canonicalList, canonicalObject } from "../../../canonical/visitors.ts";

/**
 * What a program wrote, as a snapshot would have it: empty values are left out, because the services use them and missing
 * ones interchangeably (genesys-api §1.3), sets are sorted, keys are in order. An object in canonical form stays as it is.
 */
export function canonicalInputs(kind: Pick<Kind, "schema">, object: Obj): Obj {
  const text = ({ value }: Place): Json | undefined => (value === null || value === "" ? undefined : value);
  const canonical = fold<Json | undefined>(kind.schema, object, {
    leaf: text,
    reference: text,
    opaque: ({ value }) => value ?? undefined,
    list: (items, _, isSet) => canonicalList(items, isSet),
    object: canonicalObject,
  });
  return isObj(canonical) ? canonical : {};
}
