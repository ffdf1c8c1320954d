import type { Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";

/**
 * What changes at the latest when an object does, as far as it tells. It need not change when a piece of the object does.
 * @returns undefined where it tells neither version nor date
 */
export function stampOf({ version, dateModified }: Obj): string | undefined {
  const told = [version, dateModified].filter((value) => typeof value === "number" || typeof value === "string");
  return told.length === 0 ? undefined : told.join(" ");
}

/** The stamp of an object for each of its pieces that the audit log tells of. */
export function stampsOf(kind: Pick<Kind, "read">, entity: Obj): { readonly [part: string]: string } {
  const stamp = stampOf(entity);
  const audited = (kind.read?.parts ?? []).filter((part) => part.audited !== undefined);
  return stamp === undefined ? {} : Object.fromEntries(audited.map(({ at }) => [at, stamp]));
}
