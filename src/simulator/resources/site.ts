import { ApiError, badRequest, conflict } from "../errors.ts";
import { isoTime } from "../engine.ts";
import type { JsonObject } from "../json.ts";
import { objectAt, textAt } from "../json.ts";
import { byName, byProperty } from "../listing.ts";
import type { Call, Resource, Setup } from "../resource.ts";
import { anyOf } from "../resource.ts";
import { anything, flag, list, localTime, object, oneOf, ref, required, server, set, text } from "../shape.ts";
import { addEntry, entriesOf, entryOf } from "../store.ts";
import type { Entry } from "../world.ts";
import { domainFields } from "./domain-fields.ts";

const telephony = anyOf("telephony:plugin:all");

const usableLocation = ref("location", {
  accepts: (location) => {
    const { number, type } = objectAt(location.data.emergencyNumber);
    return typeof number === "string" && type === "default";
  },
  code: "referenced.key.does.not.exist",
});

const updateParts: readonly (readonly [string, string])[] = [
  ["timeZone", "edgeautoupdateconfig.null.or.blank.timezone"],
  ["rrule", "edgeautoupdateconfig.null.or.blank.rrule"],
  ["start", "edgeautoupdateconfig.null.start"],
  ["end", "edgeautoupdateconfig.null.end"],
];

function check(draft: JsonObject, call: Call, previous: Entry | undefined): void {
  if (previous?.data.managed === true) {
    throw new ApiError(403, "managed.property.not.allowed", "A managed site cannot be changed");
  }
  const size = call.rawBody?.length ?? 0;
  if (size > 512 * 1024) throw new ApiError(413, "request.entity.too.large", "The site is too large");
  if (draft.edgeAutoUpdateConfig === undefined) return;
  const config = objectAt(draft.edgeAutoUpdateConfig);
  for (const [name, code] of updateParts) {
    if (textAt(config[name]) === "") throw badRequest(`edgeAutoUpdateConfig.${name} is required`, code);
  }
  if (textAt(config.start) > textAt(config.end)) {
    throw badRequest("edgeAutoUpdateConfig starts after its end", "edgeautoupdateconfig.start.after.end");
  }
}

function managedSite(call: Call): JsonObject[] {
  const managed = entriesOf(call.org, "site").find((entry) => entry.data.managed === true);
  return managed ? [{ id: managed.id }] : [];
}

function refuseDelete(entry: Entry, call: Call): void {
  if (entry.data.managed === true)
    throw new ApiError(403, "managed.property.not.allowed", "A managed site cannot be deleted");
  if (entryOf(call.org, "organization", "me")?.data.defaultSiteId === entry.id) {
    throw conflict("The default site cannot be deleted", "general.conflict");
  }
}

function provision({ org, now }: Setup): void {
  const stamps = { version: 1, state: "active", dateCreated: isoTime(now), dateModified: isoTime(now) };
  const emergencyNumber = { number: "+18005550100", type: "default" };
  const region = { country: "US", countryName: "United States", state: "IN" };
  const address = { ...region, city: "Indianapolis", street1: "7601 Interactive Way", zipcode: "46278" };
  const location = addEntry(org, "location", {
    ...{ name: "Default Location", emergencyNumber, address, state: "active", version: 1, path: [] },
    ...{ addressVerified: false, addressStored: true },
  });
  const managed = addEntry(org, "site", {
    ...{ name: "PureCloud Voice - AWS", managed: true, mediaModel: "Cloud", coreSite: false, ...stamps },
    ...{ primarySites: [], secondarySites: [], mediaRegionsUseLatencyBased: true, location: { id: location.id } },
  });
  const own = addEntry(org, "site", {
    ...{ name: "Default Site", managed: false, mediaModel: "Cloud", coreSite: false, ...stamps },
    ...{ primarySites: [{ id: managed.id }], secondarySites: [], mediaRegionsUseLatencyBased: true },
    location: { id: location.id },
  });
  const organization = entryOf(org, "organization", "me");
  if (organization) organization.data = { ...organization.data, defaultSiteId: own.id };
}

/** Sites: creating one also creates number plans and a default route; a managed one exists in every org (genesys-api §5.5). */
export const site: Resource = {
  kind: "site",
  path: "/api/v2/telephony/providers/edges/sites",
  fields: {
    ...domainFields,
    name: required(text),
    division: ref("division"),
    description: text,
    primarySites: set(ref("site")),
    secondarySites: set(ref("site")),
    primaryEdges: server(list(anything)),
    secondaryEdges: server(list(anything)),
    addresses: server(list(anything)),
    edges: server(list(anything)),
    edgeAutoUpdateConfig: object({ timeZone: text, rrule: text, start: localTime, end: localTime }),
    mediaRegionsUseLatencyBased: flag,
    location: required(usableLocation),
    managed: server(flag),
    ntpSettings: object({ servers: list(text) }),
    mediaModel: oneOf("Premises", "Cloud"),
    coreSite: server(flag),
    siteConnections: server(list(anything)),
    mediaRegions: list(text),
    callerId: text,
    callerName: text,
    cloudProxyForceTurn: flag,
  },
  deleteStatus: 200,
  needs: {
    list: anyOf(),
    view: anyOf("telephony:plugin:all", "telephony:sites:view"),
    add: telephony,
    edit: telephony,
    remove: telephony,
  },
  listing: {
    paging: "page",
    maxSize: 100,
    filters: { name: byName, managed: byProperty("managed"), "location.id": byProperty("location.id") },
    sortable: ["name", "id"],
  },
  update: "PUT",
  stamps: "domain",
  staleStatus: 400,
  softDelete: true,
  listsDeleted: true,
  unique: [{ by: ["name"], status: 400, code: "duplicate.value" }],
  inUse: [{ by: ["site", "trunk-base", "queue"], status: 409, code: "resource.referenced.by.another" }],
  defaults: (_body, call) => ({
    ...{ mediaModel: "Cloud", mediaRegionsUseLatencyBased: true, secondarySites: [], primarySites: managedSite(call) },
  }),
  check,
  beforeStore(entry) {
    entry.data = { managed: false, coreSite: false, ...entry.data };
  },
  mayDelete: refuseDelete,
  provision,
};
