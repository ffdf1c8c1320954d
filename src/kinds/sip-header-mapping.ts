import { textOf } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { schema } from "./generated/sip-header-mapping.ts";
import { inboundHeaders } from "./sip-header-mapping/inbound.ts";
import { mappingsOf } from "./sip-header-mapping/mappings.ts";
import { outboundHeaders } from "./sip-header-mapping/outbound.ts";

/**
 * SIP headers, one object each: which trunks send it, and which flows read it from the initial INVITE. Genesys Cloud has no
 * such object (genesys-api §13); a difference is repaired by writing the trunk or the flow that carries it. Names of
 * headers are compared without regard to case. `@conversation` and `@identity` are what a trunk adds under names of the
 * platform's choosing, `@all` and `@computed` what a flow reads without naming it.
 */
export const sipHeaderMapping: Kind = {
  name: "sip-header-mapping",
  title: "SIP header mapping",
  mode: "derived",
  schema,
  key: (entity) => textOf(entity["header"]),
  derive: (all) => mappingsOf(outboundHeaders(all("trunk")), inboundHeaders(all("flow"))),
  permissions: { read: [], write: [] },
};
