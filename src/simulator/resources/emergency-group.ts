import { byName } from "../listing.ts";
import type { Resource } from "../resource.ts";
import { allOf } from "../resource.ts";
import { flag, list, object, ref, required, set, text } from "../shape.ts";
import { domainFields } from "./domain-fields.ts";
import { publishedFlow } from "./published-flow.ts";

/** Emergency groups: `enabled` is their switch (genesys-api §4.3, §13). */
export const emergencyGroup: Resource = {
  kind: "emergency-group",
  path: "/api/v2/architect/emergencygroups",
  fields: {
    ...domainFields,
    name: required(text),
    division: ref("division"),
    description: text,
    enabled: flag,
    emergencyCallFlows: list(
      object({ emergencyFlow: publishedFlow("INBOUNDCALL", "general.bad.request"), ivrs: set(ref("ivr")) }),
    ),
  },
  deleteStatus: 200,
  needs: {
    list: allOf("routing:emergencyGroup:view"),
    view: allOf("routing:emergencyGroup:view"),
    add: allOf("routing:emergencyGroup:add"),
    edit: allOf("routing:emergencyGroup:edit"),
    remove: allOf("routing:emergencyGroup:delete"),
  },
  listing: { paging: "page", maxSize: 100, filters: { name: byName }, sortable: ["name", "id"] },
  update: "PUT",
  stamps: "domain",
  staleStatus: 409,
  softDelete: true,
  listsDeleted: true,
  divided: true,
  unique: [{ by: ["name"], status: 400, code: "general.bad.request" }],
  defaults: () => ({ enabled: false, emergencyCallFlows: [] }),
};
