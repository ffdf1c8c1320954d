import { isList, type Json, type Obj } from "../../model/json.ts";

/** One thing that a trunk or a flow does with a header. */
export interface HeaderUse {
  readonly header: string;
  /** Key of the trunk or flow. */
  readonly by: string;
  readonly what: Obj;
}

/** All uses, gathered by header. Several uses of one header by the same trunk or flow are merged. */
export function mappingsOf(outbound: readonly HeaderUse[], inbound: readonly HeaderUse[]): Map<string, Obj> {
  const headers = new Set([...outbound, ...inbound].map(({ header }) => header.toLowerCase()));
  return new Map(
    [...headers]
      .sort()
      .map((header) => [
        header,
        { header, ...side("outbound", outbound, header), ...side("inbound", inbound, header) },
      ]),
  );
}

function side(name: string, uses: readonly HeaderUse[], header: string): Obj {
  const merged = new Map<string, Obj>();
  for (const use of uses) {
    if (use.header.toLowerCase() === header) merged.set(use.by, merge(merged.get(use.by) ?? {}, use.what));
  }
  return merged.size === 0 ? {} : { [name]: Object.fromEntries(merged) };
}

function merge(one: Obj, other: Obj): Obj {
  const entries = Object.entries(other).map(([name, value]): [string, Json] => {
    const known = one[name];
    return [name, isList(known) && isList(value) ? [...new Set([...known, ...value])].sort() : value];
  });
  return { ...one, ...Object.fromEntries(entries) };
}
