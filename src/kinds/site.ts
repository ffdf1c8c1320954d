import { textOf } from "../model/json.ts";
import type { Kind, List } from "../model/kind.ts";
import { schema } from "./generated/site.ts";
import { plainSite } from "./site/plain.ts";
import { createSite, readPlans, updateSite } from "./site/write.ts";
import { keepUnmanaged } from "./telephony/keep.ts";

/** Sites with their number plans. Managed sites are known by name, so that others can refer to them, and never written. */
export const site: Kind = {
  name: "site",
  title: "Site",
  mode: "write",
  schema,
  key: (entity) => textOf(entity["name"]),
  keep: keepUnmanaged,
  read: {
    lists: [sites(false), sites(true)],
    get: { op: "GET /api/v2/telephony/providers/edges/sites/{id}" },
    parts: [
      {
        at: "numberPlans",
        read: (entity) => readPlans(textOf(entity["id"])),
        audited: { service: "Telephony", entities: ["Site", "NumberPlan"] },
      },
    ],
    normalise: plainSite,
  },
  write: {
    create: createSite,
    update: updateSite,
    remove: "DELETE /api/v2/telephony/providers/edges/sites/{id}",
    style: "full",
    version: "body",
    rename: "update",
    protect: true,
  },
  given: ({ defaultSiteId }) => [textOf(defaultSiteId)],
  permissions: { read: ["telephony:plugin:all"], write: ["telephony:plugin:all"] },
};

/** Without a filter the list may leave managed sites out (genesys-api §3). */
function sites(managed: boolean): List {
  return {
    op: "GET /api/v2/telephony/providers/edges/sites",
    paging: "page",
    size: 100,
    query: { managed, expand: "location,primarySites,secondarySites" },
  };
}
