import { textOf, type Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { schema } from "./generated/trunk.ts";
import { keepUnmanaged } from "./telephony/keep.ts";
import { createTrunk, secretsOfTrunk } from "./trunk/create.ts";
import { inspectTrunk } from "./trunk/inspect.ts";
import { apiTrunk, plainTrunk } from "./trunk/properties.ts";

/**
 * Trunk base settings: the external and phone trunks that people edit. Unknown properties are copied and compared by
 * name. An update sends back what the organisation answered for the properties that are its own, as the page of the
 * product does, so that a digest password which is not given here stays (that it is not lost then is unverified).
 */
export const trunk: Kind = {
  name: "trunk",
  title: "Trunk",
  mode: "write",
  schema,
  key: (entity) => textOf(entity["name"]),
  keep: keepTrunk,
  read: {
    lists: [
      {
        op: "GET /api/v2/telephony/providers/edges/trunkbasesettings",
        paging: "page",
        size: 100,
        query: { expand: "properties" },
        expanded: "properties",
      },
    ],
    get: { op: "GET /api/v2/telephony/providers/edges/trunkbasesettings/{id}" },
    normalise: plainTrunk,
    denormalise: apiTrunk,
    inspect: inspectTrunk,
  },
  write: {
    create: createTrunk,
    update: "PUT /api/v2/telephony/providers/edges/trunkbasesettings/{id}",
    remove: "DELETE /api/v2/telephony/providers/edges/trunkbasesettings/{id}",
    style: "full",
    version: "body",
    rename: "update",
    protect: true,
    needsSecrets: secretsOfTrunk,
  },
  permissions: { read: ["telephony:plugin:all"], write: ["telephony:plugin:all"] },
};

/** Trunks that every organisation has from the start, whether or not they are marked as managed (genesys-api §5.1). */
const PLATFORM_TRUNKS: ReadonlySet<string> = new Set([
  "Genesys Cloud - CDM SIP Phone Trunk",
  "Genesys Cloud - CDM WebRTC Phone Trunk",
  "PureCloud Voice - AWS",
]);

function keepTrunk(entity: Obj): true | string {
  if (entity["trunkType"] === "EDGE") return "tie between Edges, made by the platform";
  return PLATFORM_TRUNKS.has(textOf(entity["name"])) ? "managed by the platform" : keepUnmanaged(entity);
}
