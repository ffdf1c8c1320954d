import { sipHeadersRead, type SipHeaderRead } from "../../formats/architect/headers.ts";
import { LockstepError } from "../../model/error.ts";
import { textOf, type Obj } from "../../model/json.ts";
import type { HeaderUse } from "./mappings.ts";

/** What flows read from the initial INVITE. A flow whose text cannot be read counts as reading nothing; validation names it. */
export function inboundHeaders(flows: ReadonlyMap<string, Obj>): HeaderUse[] {
  return [...flows].flatMap(([by, flow]) =>
    readsOf(textOf(flow["yaml"])).flatMap(({ action, headers, all, dynamic }) => {
      const named = [...headers, ...(all ? ["@all"] : []), ...(dynamic ? ["@computed"] : [])];
      return named.map((header) => ({ header, by, what: { actions: [action] } }));
    }),
  );
}

/** Most flows read no header, and parsing is what costs time. */
function readsOf(yaml: string): SipHeaderRead[] {
  if (!/get(?:raw)?sipheaders/i.test(yaml)) return [];
  try {
    return sipHeadersRead(yaml);
  } catch (error) {
    if (error instanceof LockstepError) return [];
    throw error;
  }
}
