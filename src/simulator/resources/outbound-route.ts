import { badRequest, ApiError } from "../errors.ts";
import { isoTime, show } from "../engine.ts";
import type { JsonObject } from "../json.ts";
import { idAt, listAt, textAt } from "../json.ts";
import { byName, pageAnswer, queryValues, selected } from "../listing.ts";
import type { Call, Filter, Resource } from "../resource.ts";
import { anyOf } from "../resource.ts";
import { flag, list, oneOf, ref, required, text } from "../shape.ts";
import { addEntry, entriesOf, entryOf, isDeleted } from "../store.ts";
import type { Entry, Org, Reply } from "../world.ts";
import { domainFields } from "./domain-fields.ts";
import { plansOf } from "./number-plan.ts";
import { site } from "./site.ts";

const telephony = anyOf("telephony:plugin:all");

const byTrunk: Filter = (entry, values) =>
  listAt(entry.data.externalTrunkBases).some((base) => values.includes(idAt(base)));

function check(draft: JsonObject, call: Call, previous: Entry | undefined): void {
  const siteId = call.params.parentId ?? "";
  if (entryOf(call.org, "site", siteId)?.data.managed === true) {
    throw new ApiError(403, "managed.property.not.allowed", "The site is managed");
  }
  const known = plansOf(call.org, siteId).map((plan) => plan.data.classification);
  const routes = entriesOf(call.org, "outbound-route", siteId).filter(
    (route) => route.id !== previous?.id && !isDeleted(route),
  );
  for (const type of listAt(draft.classificationTypes)) {
    if (!known.includes(type)) {
      throw badRequest(
        `The classification ${textAt(type)} does not exist`,
        "address.classification.type.does.not.exist",
      );
    }
    const holder = routes.find((route) => listAt(route.data.classificationTypes).includes(type));
    if (holder) {
      throw badRequest(
        `The classification ${textAt(type)} is used by ${textAt(holder.data.name)}`,
        "number.plan.type.usage.must.be.unique",
      );
    }
  }
}

/** Gives a site its default route; it has no trunk until one is assigned (genesys-api §5.5). */
export function addDefaultRoute(org: Org, siteId: string, now: number): void {
  const data = {
    ...{ name: "Default Outbound Route", classificationTypes: ["International", "National"], enabled: true },
    ...{ distribution: "SEQUENTIAL", externalTrunkBases: [], version: 1, state: "active" },
    ...{ dateCreated: isoTime(now), dateModified: isoTime(now) },
  };
  addEntry(org, "outbound-route", data, {}, siteId);
}

function everyRoute(call: Call): Reply {
  const sites = entriesOf(call.org, "site").filter((entry) => !isDeleted(entry));
  const wantedSites = queryValues(call, "site.id");
  const owned = sites
    .filter(({ id }) => wantedSites.length === 0 || wantedSites.includes(id))
    .flatMap((owner) => entriesOf(call.org, "outbound-route", owner.id).map((route) => ({ owner, route })))
    .filter(({ route }) => !isDeleted(route));
  const ownerOf = new Map(owned.map(({ owner, route }) => [route.id, owner]));
  const listing = {
    paging: "page",
    maxSize: 100,
    filters: { name: byName, "externalTrunkBases.ids": byTrunk },
  } as const;
  const routes = selected(
    owned.map(({ route }) => route),
    listing,
    call,
    false,
  );
  const shown = (route: Entry): JsonObject => {
    const owner = ownerOf.get(route.id);
    const { id = "", data = {} } = owner ?? {};
    const address = `${site.path}/${id}`;
    const shownSite = { id, name: textAt(data.name), selfUri: address };
    const answer = show(outboundRoute, route, { ...call, params: { parentId: id } });
    return { ...answer, site: shownSite, managed: data.managed === true };
  };
  return { status: 200, json: pageAnswer(routes, listing, call, shown) };
}

/**
 * Outbound routes: parts of a site; the order of trunks is the failover order when SEQUENTIAL, and a classification
 * belongs to one route per site. A PUT works without a version (genesys-api §1.4, §5.5).
 */
export const outboundRoute: Resource = {
  kind: "outbound-route",
  path: `${site.path}/{parentId}/outboundroutes`,
  parent: "site",
  fields: {
    ...domainFields,
    name: required(text),
    division: ref("division"),
    description: text,
    classificationTypes: required(list(text)),
    enabled: flag,
    distribution: oneOf("SEQUENTIAL", "RANDOM"),
    externalTrunkBases: list(ref("trunk-base")),
  },
  deleteStatus: 200,
  needs: { list: telephony, view: telephony, add: telephony, edit: telephony, remove: telephony },
  listing: {
    paging: "page",
    maxSize: 100,
    filters: { name: byName, "externalTrunkBases.ids": byTrunk },
    sortable: ["name", "id"],
  },
  update: "PUT",
  stamps: "domain",
  versionOptional: true,
  staleStatus: 409,
  unique: [{ by: ["name"], status: 400, code: "duplicate.value" }],
  defaults: () => ({ enabled: true, distribution: "SEQUENTIAL", externalTrunkBases: [] }),
  check,
  routes: [
    { method: "GET", path: "/api/v2/telephony/providers/edges/outboundroutes", needs: telephony, handle: everyRoute },
  ],
};
