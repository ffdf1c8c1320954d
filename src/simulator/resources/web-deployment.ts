import { isoTime } from "../engine.ts";
import { badRequest } from "../errors.ts";
import type { JsonObject } from "../json.ts";
import { listAt, objectAt, textAt, without } from "../json.ts";
import { queryValues } from "../listing.ts";
import type { Call, Resource } from "../resource.ts";
import { allOf } from "../resource.ts";
import { isSettled, settling } from "../settling.ts";
import { flag, list, object, oneOf, refWith, required, server, text } from "../shape.ts";
import { entryOf } from "../store.ts";
import type { Entry } from "../world.ts";
import { publishedFlow } from "./published-flow.ts";
import { publishedVersion } from "./web-configuration.ts";

function check(draft: JsonObject, call: Call): void {
  const { id, version } = objectAt(draft.configuration);
  if (entryOf(call.org, "web-configuration", textAt(id)) && !publishedVersion(call, textAt(id), textAt(version)))
    throw badRequest(`The configuration has no version ${textAt(version)}`, "illegal.operation");
  if (draft.allowAllDomains === true && listAt(draft.allowedDomains).length > 0)
    throw badRequest("allowedDomains must be empty when all domains are allowed", "constraint.validation");
}

/** The snippet that a web site loads the messenger with; the deployment's id is in it, so no two are the same. */
function snippet(entry: Entry): string {
  return `<script type="text/javascript" charset="utf-8">Genesys("init", { deploymentId: "${entry.id}" });</script>`;
}

function shown(answer: JsonObject, entry: Entry, call: Call): JsonObject {
  const state = isSettled(entry, call) ? (entry.data.status ?? "Active") : "Pending";
  const { configuration, ...rest } = answer;
  const { id, version } = objectAt(configuration);
  const expanded = queryValues(call, "expand").some((name) => name.toLowerCase() === "configuration");
  const content = expanded ? publishedVersion(call, textAt(id), textAt(version))?.data : undefined;
  return {
    ...rest,
    configuration: { ...without(content ?? {}, ["id"]), ...objectAt(configuration) },
    snippet: snippet(entry),
    status: state,
  };
}

/**
 * Deployments of web messaging: one published version of a configuration and the flow that answers, active after a while
 * (genesys-api §4.5). Profiles of supported content are not simulated: any id is taken.
 */
export const webDeployment: Resource = {
  kind: "web-deployment",
  path: "/api/v2/webdeployments/deployments",
  fields: {
    name: required(text),
    description: text,
    allowAllDomains: flag,
    allowedDomains: list(text),
    supportedContent: object({ id: text }),
    flow: publishedFlow("INBOUNDSHORTMESSAGE", "bad.flow.id"),
    status: oneOf("Pending", "Active", "Inactive", "Error", "Deleting"),
    pushIntegrations: list(object({ id: text, provider: oneOf("APNS", "FCM") })),
    configuration: required(refWith("web-configuration", { version: text }, { shows: ["name"] })),
    dateCreated: server(text),
    dateModified: server(text),
  },
  needs: {
    list: allOf("webDeployments:deployment:view"),
    view: allOf("webDeployments:deployment:view"),
    add: allOf("webDeployments:deployment:add"),
    edit: allOf("webDeployments:deployment:edit"),
    remove: allOf("webDeployments:deployment:delete"),
  },
  listing: { paging: "cursor", maxSize: 300, defaultSize: 300 },
  update: "PUT",
  defaults: () => ({ allowAllDomains: false, allowedDomains: [] }),
  check,
  beforeStore(entry, call, previous) {
    const dateCreated = previous?.data.dateCreated ?? isoTime(call.now);
    const { status, ...rest } = entry.data;
    const kept = status === "Inactive" ? { status } : {};
    entry.data = { ...rest, ...kept, dateCreated, dateModified: isoTime(call.now) };
    settling(entry, call);
  },
  show: shown,
};
