import { splitCoordinate } from "../../../model/coordinate.ts";
import { textOf, type Obj } from "../../../model/json.ts";
import type { Kind } from "../../../model/kind.ts";
import { hasUnknown, UNKNOWN } from "../rpc/values.ts";

/** Keys that start like this are given by lockstep and not made of names: Home, and the action by which an integration logs in. */
const GIVEN = "@";

/**
 * The natural key of an object in canonical form, as its own fields tell it.
 * @returns {@link UNKNOWN} while one of them is not known; undefined where the fields say nothing, as where none names the object
 *   that this one is in
 */
export function naturalKey(kind: Kind, object: Obj): string | undefined {
  const parent = parentField(kind);
  if (kind.parent !== undefined && parent === undefined) return undefined;
  const owner = parent === undefined ? undefined : splitCoordinate(textOf(object[parent])).key;
  const key = kind.key(object, owner);
  if (hasUnknown(key) || key.includes(UNKNOWN)) return UNKNOWN;
  return key === "" ? undefined : key;
}

/** Is it a key that no field of the object tells? */
export function isGivenKey(key: string): boolean {
  return key.slice(key.lastIndexOf("/") + 1).startsWith(GIVEN);
}

/** The field that names the object in which this one lies. */
function parentField({ parent, schema }: Kind): string | undefined {
  if (parent === undefined) return undefined;
  const fields = Object.entries(schema.properties ?? {});
  return fields.find(([, field]) => field["x-lockstep"]?.ref === parent.kind)?.[0];
}
