import { joinKey } from "../model/coordinate.ts";
import { isObj, textOf, type Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { schema } from "./generated/outbound-route.ts";
import { createRoute } from "./outbound-route/create.ts";
import { isDefaultOfNewSite } from "./outbound-route/order.ts";
import { keepUnmanaged } from "./telephony/keep.ts";

const ROUTE = "/api/v2/telephony/providers/edges/sites/{siteId}/outboundroutes/{id}";

/**
 * Outbound routes of sites. The order of the trunks is the order of failover where the distribution is SEQUENTIAL, and
 * means nothing otherwise (genesys-api §5.5).
 */
export const outboundRoute: Kind = {
  name: "outbound-route",
  title: "Outbound route",
  mode: "write",
  unique: [{ at: "classificationTypes", per: "parent" }],
  parent: { kind: "site", id: siteOf, path: "siteId" },
  schema,
  key: (entity, site) => joinKey(site ?? siteOf(entity), textOf(entity["name"])),
  keep: keepUnmanaged,
  read: {
    lists: [{ op: "GET /api/v2/telephony/providers/edges/outboundroutes", paging: "page", size: 100 }],
    keyedBy: ["name", "site"],
    get: { op: `GET ${ROUTE}` },
    normalise: withSite,
    denormalise: withoutSite,
  },
  write: {
    create: createRoute,
    update: `PUT ${ROUTE}`,
    remove: `DELETE ${ROUTE}`,
    style: "full",
    version: "body",
    rename: "update",
    before: isDefaultOfNewSite,
  },
  permissions: { read: ["telephony:plugin:all"], write: ["telephony:plugin:all"] },
};

/** The list of all routes tells the site of each; a route that is read alone stands under its site's id. */
function siteOf(entity: Obj): string {
  return isObj(entity["site"]) ? textOf(entity["site"]["id"]) : textOf(entity["siteId"]);
}

function withSite({ siteId, site, ...rest }: Obj): Obj {
  return { ...rest, site: site ?? { id: textOf(siteId) } };
}

/** The site is in the path of a write, not in its body. */
function withoutSite({ site: _, ...rest }: Obj): Obj {
  return rest;
}
