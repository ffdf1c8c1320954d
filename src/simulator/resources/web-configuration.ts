import { create, isoTime, objectBody, replace, show, wanted } from "../engine.ts";
import { badRequest, notFound } from "../errors.ts";
import type { JsonObject } from "../json.ts";
import { listAt, objectAt, textAt } from "../json.ts";
import { cursorAnswer, selected } from "../listing.ts";
import type { Call, Listing, Needs, Resource, Route } from "../resource.ts";
import { allOf } from "../resource.ts";
import { isSettled, settling } from "../settling.ts";
import { dropParts, entriesOf, putEntry } from "../store.ts";
import type { Entry, Reply } from "../world.ts";
import { webConfigurationFields } from "./web-configuration-fields.ts";

const path = "/api/v2/webdeployments/configurations";
const draft = "DRAFT";
const viewing = allOf("webDeployments:configuration:view");

/** 300 at once unless asked otherwise (definition); that more cannot be had is unverified. */
const listing: Listing = { paging: "cursor", maxSize: 300, defaultSize: 300 };

/** The published versions of a configuration, by number. */
function versionsOf(call: Call, configurationId: string): Entry[] {
  return entriesOf(call.org, "web-configuration-version", configurationId);
}

/** The version of that number; undefined where it was never published. */
export function publishedVersion(call: Call, configurationId: string, version: string): Entry | undefined {
  return versionsOf(call, configurationId).find(({ id }) => id === version);
}

/** A version as answers show it: its id is the configuration's. */
function shownVersion(configurationId: string, version: Entry, call: Call): JsonObject {
  const shown = show(webConfigurationVersion, version, { ...call, params: { parentId: configurationId } });
  const state = isSettled(version, call) ? "Active" : "Pending";
  return { ...shown, id: configurationId, version: version.id, status: state };
}

function shownDraft(entry: Entry, call: Call): JsonObject {
  const { settlesAt = 0 } = entry.hidden;
  return shownVersion(entry.id, { id: draft, data: entry.data, hidden: { settlesAt } }, call);
}

function publish(call: Call): Reply {
  const entry = wanted(webConfiguration, call);
  if (!isSettled(entry, call)) throw badRequest("The draft is not active yet", "illegal.operation");
  const id = String(versionsOf(call, entry.id).length + 1);
  const data = { ...entry.data, id, datePublished: isoTime(call.now) };
  const version = putEntry(call.org, "web-configuration-version", { id, data, hidden: {} }, entry.id);
  settling(version, call);
  return { status: 200, json: shownVersion(entry.id, version, call) };
}

function check(body: JsonObject): void {
  const { enabled } = objectAt(body.messenger);
  const languages = listAt(body.languages).map(textAt);
  if (enabled === true && !languages.includes(textAt(body.defaultLanguage)))
    throw badRequest("A messenger needs languages, and a default one among them", "constraint.validation");
}

function wantedVersion(call: Call): JsonObject {
  const entry = wanted(webConfiguration, call);
  const version = publishedVersion(call, entry.id, call.params.version ?? "");
  if (!version) throw notFound(`The version ${call.params.version ?? ""}`);
  return shownVersion(entry.id, version, call);
}

function list(call: Call, entries: readonly Entry[], shown: (entry: Entry) => JsonObject): Reply {
  return { status: 200, json: cursorAnswer(selected(entries, listing, call, false), listing, call, shown) };
}

function drafts(call: Call): Reply {
  const published = call.query.get("showOnlyPublished") === "true";
  const kept = entriesOf(call.org, "web-configuration").filter(
    ({ id }) => !published || versionsOf(call, id).length > 0,
  );
  return list(call, kept, (entry) => shownDraft(entry, call));
}

function route(method: string, below: string, needs: Needs, handle: (call: Call) => Reply): Route {
  return { method, path: `${path}${below}`, needs, handle };
}

const answered = (json: JsonObject): Reply => ({ status: 200, json });

/**
 * Configurations of web messaging: an entry is the draft, which is edited as a whole and, once active, published as the
 * next number; what deployments use is a published version (genesys-api §4.5).
 */
export const webConfiguration: Resource = {
  kind: "web-configuration",
  path,
  fields: webConfigurationFields,
  needs: { remove: allOf("webDeployments:configuration:delete") },
  inUse: [{ by: ["web-deployment"], status: 409, code: "resource.conflict" }],
  check,
  beforeStore(entry, call, previous) {
    const dateCreated = previous?.data.dateCreated ?? isoTime(call.now);
    entry.data = { ...entry.data, dateCreated, dateModified: isoTime(call.now) };
    settling(entry, call);
  },
  beforeDelete: (entry, call) => dropParts(call.org, "web-configuration-version", entry.id),
  routes: [
    route("GET", "", viewing, drafts),
    route("POST", "", allOf("webDeployments:configuration:add"), (call) =>
      answered(shownDraft(create(webConfiguration, objectBody(call), call), call)),
    ),
    route("GET", "/{id}/versions", viewing, (call) => {
      const { id } = wanted(webConfiguration, call);
      return list(call, versionsOf(call, id), (version) => shownVersion(id, version, call));
    }),
    route("GET", "/{id}/versions/draft", viewing, (call) => answered(shownDraft(wanted(webConfiguration, call), call))),
    route("PUT", "/{id}/versions/draft", allOf("webDeployments:configuration:edit"), (call) => {
      const entry = replace(webConfiguration, wanted(webConfiguration, call), objectBody(call), call);
      return answered(shownDraft(entry, call));
    }),
    route(
      "POST",
      "/{id}/versions/draft/publish",
      allOf("webDeployments:configuration:edit", "webDeployments:configuration:add"),
      publish,
    ),
    route("GET", "/{id}/versions/{version}", viewing, (call) => answered(wantedVersion(call))),
  ],
};

/** What was published of a configuration, as it was then. */
export const webConfigurationVersion: Resource = {
  kind: "web-configuration-version",
  path: `${path}/{parentId}/versions`,
  parent: "web-configuration",
  fields: webConfigurationFields,
  needs: {},
};
