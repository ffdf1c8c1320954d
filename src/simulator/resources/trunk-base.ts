import { ApiError, badRequest } from "../errors.ts";
import { isoTime } from "../engine.ts";
import { sealedFields } from "../control.ts";
import type { Json, JsonObject } from "../json.ts";
import { idAt, objectAt, ownOf, textAt } from "../json.ts";
import { byName, byProperty, pageAnswer, queryValues } from "../listing.ts";
import type { Call, Resource, Route, Setup } from "../resource.ts";
import { anyOf } from "../resource.ts";
import { anything, flag, map, object, oneOf, ref, required, server, text } from "../shape.ts";
import { addEntry, entriesOf, entryOf } from "../store.ts";
import type { Entry } from "../world.ts";
import { domainFields } from "./domain-fields.ts";
import type { Metabase } from "./trunk-properties.ts";
import { metabaseOf, metabases, shownProperty } from "./trunk-properties.ts";

const path = "/api/v2/telephony/providers/edges/trunkbasesettings";
const telephony = anyOf("telephony:plugin:all");

function instanceOf(property: Json | undefined): Json | undefined {
  const { instance, default: fallback } = objectAt(objectAt(property).value);
  return instance ?? fallback;
}

function defaultInstance(name: string, fallback: Json, trunkName: string): Json {
  return name === "trunk_label" ? trunkName : fallback;
}

/** Every property of the metabase: what was given, the server's default otherwise; unknown ones stay (genesys-api §5.2). */
function completed(metabase: Metabase, given: JsonObject, trunkName: string): JsonObject {
  const known = Object.entries(metabase.properties).map(([name, property]): [string, Json] => {
    const instance = instanceOf(ownOf(given, name)) ?? defaultInstance(name, property.default, trunkName);
    return [name, shownProperty(property, instance)];
  });
  return { ...given, ...Object.fromEntries(known) };
}

function hideSecrets(
  metabase: Metabase,
  properties: JsonObject,
  before: JsonObject,
): { shown: JsonObject; secrets: JsonObject } {
  const secrets: JsonObject = {};
  const shown = { ...properties };
  for (const [name, property] of Object.entries(metabase.properties)) {
    if (!property.secret) continue;
    // How a password reads back is not verified; it comes back empty here, and an empty one keeps the old.
    const given = textAt(instanceOf(ownOf(properties, name)));
    const kept = given === "" ? textAt(ownOf(before, name)) : given;
    if (kept !== "") secrets[name] = kept;
    shown[name] = shownProperty(property, "");
  }
  return { shown, secrets };
}

function metabaseIn(draft: JsonObject): Metabase {
  const found = metabaseOf(idAt(draft.trunkMetabase));
  if (!found) throw badRequest("The trunk metabase is required", "trunk.metabase.required");
  return found;
}

function check(draft: JsonObject, _call: Call, previous: Entry | undefined): void {
  if (previous?.data.managed === true)
    throw new ApiError(403, "general.access.denied", "A managed trunk cannot be changed");
  const metabase = metabaseIn(draft);
  const byoc = metabase.id.startsWith("external_sip_pcv_byoc");
  if (byoc !== (draft.inboundSite !== undefined)) {
    throw badRequest(`inboundSite must be ${byoc ? "given" : "absent"} for this metabase`, "general.bad.request");
  }
  if (draft.trunkType !== metabase.trunkType)
    throw badRequest("trunkType does not fit the metabase", "validation.error");
}

function beforeStore(entry: Entry, call: Call, previous: Entry | undefined): void {
  const metabase = metabaseIn(entry.data);
  const properties = completed(metabase, objectAt(entry.data.properties), textAt(entry.data.name));
  const { shown, secrets } = hideSecrets(metabase, properties, objectAt(previous?.hidden.secrets));
  const defaultSite = textAt(entryOf(call.org, "organization", "me")?.data.defaultSiteId);
  const site = entry.data.site ?? entry.data.inboundSite ?? { id: defaultSite };
  entry.data = {
    ...entry.data,
    properties: shown,
    site,
    managed: false,
    trunkMetabase: { id: metabase.id, name: metabase.name },
  };
  entry.hidden = { ...entry.hidden, secrets };
}

function show(shown: JsonObject, _entry: Entry, call: Call, place: "list" | "one"): JsonObject {
  const metabase = idAt(shown.trunkMetabase);
  const answer: JsonObject = {
    ...shown,
    trunkMetabase: { ...objectAt(shown.trunkMetabase), selfUri: `${path}/availablemetabases/${metabase}` },
  };
  if (place === "list" && !queryValues(call, "expand").includes("properties")) answer.properties = {};
  return answer;
}

function provision({ org, now }: Setup): void {
  const dateCreated = isoTime(now);
  const tie = (label: string): string => `${label}Tie TrunkBase for EdgeGroup ${org.id}`;
  const managed: readonly (readonly [string, string])[] = [
    ["PureCloud Voice - AWS", "external_sip_pcv_aws.json"],
    ["Genesys Cloud - CDM SIP Phone Trunk", "phone_connections_cdm.json"],
    ["Genesys Cloud - CDM WebRTC Phone Trunk", "phone_connections_cdm_webrtc.json"],
    [tie(""), "edge_tielines.json"],
    [tie("Cloud Proxy "), "tie_cloud_proxy.json"],
  ];
  for (const [name, metabaseId] of managed) {
    const metabase = metabaseOf(metabaseId);
    if (!metabase) continue;
    const { trunkType } = metabase;
    addEntry(org, "trunk-base", {
      ...{ name, trunkType, managed: true, version: 1, state: "active", dateCreated, dateModified: dateCreated },
      trunkMetabase: { id: metabase.id, name: metabase.name },
      properties: completed(metabase, {}, name),
    });
  }
}

const routes: readonly Route[] = [
  {
    method: "GET",
    path: `${path}/availablemetabases`,
    needs: telephony,
    handle(call) {
      const type = call.query.get("type");
      const kept = metabases.filter((metabase) => type === null || metabase.trunkType === type);
      const json = pageAnswer(kept, { paging: "page" }, call, ({ id, name, type: kind }) => ({ id, name, type: kind }));
      return { status: 200, json };
    },
  },
  {
    method: "GET",
    path: `${path}/template`,
    needs: telephony,
    handle(call) {
      const metabase = metabaseOf(call.query.get("trunkMetabaseId") ?? "");
      if (!metabase) throw badRequest("Unknown trunk metabase", "trunk.metabase.required");
      const { id, name, trunkType } = metabase;
      const properties = completed(metabase, {}, name);
      return { status: 200, json: { name, trunkMetabase: { id, name }, trunkType, managed: false, properties } };
    },
  },
];

/** Trunk base settings: a property map with server-filled defaults, left out of lists (genesys-api §5.1 to §5.3). */
export const trunkBase: Resource = {
  kind: "trunk-base",
  path,
  fields: {
    ...domainFields,
    name: required(text),
    division: ref("division"),
    description: text,
    trunkMetabase: required(object({ id: text })),
    properties: map(anything),
    trunkType: required(oneOf("EXTERNAL", "PHONE", "EDGE")),
    managed: server(flag),
    site: ref("site"),
    inboundSite: ref("site"),
  },
  deleteStatus: 200,
  needs: { list: telephony, view: telephony, add: telephony, edit: telephony, remove: telephony },
  listing: {
    paging: "page",
    maxSize: 100,
    filters: {
      name: byName,
      managed: byProperty("managed"),
      recordingEnabled: (entry, values) =>
        values.includes(String(instanceOf(objectAt(entry.data.properties).trunk_recording_enabled) === true)),
    },
    sortable: ["name", "id"],
  },
  update: "PUT",
  stamps: "domain",
  staleStatus: 400,
  softDelete: true,
  listsDeleted: true,
  unique: [{ by: ["name"], status: 400, code: "duplicate.value" }],
  inUse: [{ by: ["outbound-route", "edge-group"], status: 400, code: "delete.referenced.entity" }],
  check,
  beforeStore,
  mayDelete(entry) {
    if (entry.data.managed === true)
      throw new ApiError(403, "general.access.denied", "A managed trunk cannot be deleted");
  },
  show,
  dump: (entry) => ({ secrets: sealedFields(entry, "secrets") }),
  provision,
  routes,
};

/** The trunk bases that are not deleted. */
export function liveTrunkBases(call: Call): Entry[] {
  return entriesOf(call.org, "trunk-base").filter((entry) => entry.data.state === "active");
}

/** The value of a trunk base's property. */
export function propertyOf(entry: Entry, name: string): Json | undefined {
  return instanceOf(ownOf(objectAt(entry.data.properties), name));
}
