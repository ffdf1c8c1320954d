import { ApiError } from "../errors.ts";
import { isoTime } from "../engine.ts";
import { byName, byProperty } from "../listing.ts";
import type { JsonObject } from "../json.ts";
import { objectAt } from "../json.ts";
import type { Call, Resource } from "../resource.ts";
import { anyOf } from "../resource.ts";
import { flag, object, ref, required, server, set, text, whole } from "../shape.ts";
import { addEntry, entriesOf, entryOf } from "../store.ts";
import type { Org } from "../world.ts";
import { domainFields } from "./domain-fields.ts";

const telephony = anyOf("telephony:plugin:all");

function ofType(org: Org, type: string): JsonObject[] {
  const bases = entriesOf(org, "trunk-base").filter(({ data }) => data.trunkType === type);
  return bases.map(({ id }) => ({ id }));
}

/**
 * The tie line between edges where a body names none: the one that the group has, that of the organisation for a new group.
 * The definition requires it, the official provider never sends it.
 */
function tieLine({ org, params }: Call): JsonObject {
  const before = params.id === undefined ? undefined : entryOf(org, "edge-group", params.id);
  const tie = { family: 2, trunkBase: ofType(org, "EDGE")[0] ?? { id: "" } };
  return objectAt(before?.data.edgeTrunkBaseAssignment ?? tie);
}

/** Edge groups; every org has the managed one of cloud voice (genesys-api §5.5). */
export const edgeGroup: Resource = {
  kind: "edge-group",
  path: "/api/v2/telephony/providers/edges/edgegroups",
  fields: {
    ...domainFields,
    name: required(text),
    division: ref("division"),
    description: text,
    managed: server(flag),
    hybrid: flag,
    edgeTrunkBaseAssignment: object({ family: whole, trunkBase: ref("trunk-base") }),
    phoneTrunkBases: required(set(ref("trunk-base"))),
  },
  deleteStatus: 200,
  needs: { list: telephony, view: telephony, add: telephony, edit: telephony, remove: telephony },
  listing: { paging: "page", maxSize: 100, filters: { name: byName, managed: byProperty("managed") } },
  update: "PUT",
  stamps: "domain",
  staleStatus: 409,
  softDelete: true,
  listsDeleted: true,
  unique: [{ by: ["name"], status: 400, code: "duplicate.value" }],
  defaults: (_body, call) => ({ edgeTrunkBaseAssignment: tieLine(call) }),
  check(_draft, _call, previous) {
    if (previous?.data.managed === true) {
      throw new ApiError(403, "managed.property.not.allowed", "A managed edge group cannot be changed");
    }
  },
  mayDelete(entry) {
    if (entry.data.managed === true)
      throw new ApiError(403, "managed.property.not.allowed", "A managed edge group cannot be deleted");
  },
  inUse: [{ by: ["queue"], status: 409, code: "general.conflict" }],
  beforeStore(entry) {
    entry.data = { managed: false, ...entry.data };
  },
  provision({ org, now }) {
    addEntry(org, "edge-group", {
      ...{
        name: "PureCloud Voice - AWS",
        managed: true,
        hybrid: false,
        version: 1,
        state: "active",
        dateCreated: isoTime(now),
      },
      edgeTrunkBaseAssignment: { family: 2, trunkBase: ofType(org, "EDGE")[0] ?? { id: "" } },
      phoneTrunkBases: ofType(org, "PHONE"),
    });
  },
};
