import { ApiError } from "../errors.ts";
import { demandVersion, filled, isoTime, objectBody } from "../engine.ts";
import { cleanObject } from "../clean.ts";
import type { JsonObject } from "../json.ts";
import { listAt, numberAt, objectAt, pick, textAt, without } from "../json.ts";
import { expiryOf } from "../login.ts";
import type { Call, Resource, Route } from "../resource.ts";
import { anyOf } from "../resource.ts";
import { anything, flag, idOf, map, server, text, whole } from "../shape.ts";
import { entryOf, putEntry } from "../store.ts";
import type { Reply } from "../world.ts";

const ownId = "me";

function organizationOf(call: Call): JsonObject {
  const { data } = entryOf(call.org, "organization", ownId) ?? { data: {} };
  return { ...data, selfUri: `/api/v2/organizations/${call.org.id}` };
}

function tokenInfo(call: Call): Reply {
  const client = entryOf(call.org, "oauth-client", call.clientId);
  const token = call.world.tokens.get(call.tokenText);
  const named = { id: call.org.id, name: textAt(organizationOf(call).name) };
  const shown = ["id", "name", "authorizedGrantType", "scope", "roleDivisions", "state", "dateCreated", "dateModified"];
  return {
    status: 200,
    json: {
      organization: named,
      homeOrganization: named,
      authorizedScope: [],
      ...(token ? { dateTokenIdles: isoTime(expiryOf(call.world, token)) } : {}),
      OAuthClient: { ...pick(client?.data ?? {}, shown), organization: named },
    },
  };
}

/** A subject is a client or a person; people are granted nothing here, no operation of the simulator does that. */
function subjectOf(call: Call, subjectId: string): Reply {
  const client = entryOf(call.org, "oauth-client", subjectId);
  const person = client ? undefined : entryOf(call.org, "user", subjectId);
  if (person) return { status: 200, json: { id: person.id, name: textAt(person.data.name), grants: [] } };
  if (!client) throw new ApiError(404, "not.found", "The subject was not found.");
  const grants = listAt(client.data.roleDivisions).map((pair) => {
    const { roleId, divisionId } = objectAt(pair);
    const role = entryOf(call.org, "role", textAt(roleId))?.data ?? {};
    const division = entryOf(call.org, "division", textAt(divisionId))?.data;
    const policies = listAt(role.permissionPolicies).map((policy) => {
      const { domain = "", entityName = "", actionSet = [] } = objectAt(policy);
      return { domain, entityName, actions: actionSet };
    });
    return {
      subjectId,
      division: division
        ? { ...pick(division, ["id", "name", "description", "homeDivision"]) }
        : { id: "*", name: "*", description: "" },
      role: { id: textAt(roleId), name: textAt(role.name), policies, default: role.default === true },
      grantMadeAt: textAt(client.data.dateCreated),
    };
  });
  return { status: 200, json: { id: subjectId, name: textAt(client.data.name), grants } };
}

function replaceGrants(call: Call): Reply {
  const client = entryOf(call.org, "oauth-client", call.params.id ?? "");
  if (!client) throw new ApiError(404, "not.found", "The subject was not found.");
  const grants = listAt(objectBody(call).grants).map((pair) => pick(objectAt(pair), ["roleId", "divisionId"]));
  client.data = { ...client.data, roleDivisions: grants };
  return { status: 204 };
}

function changeOrganization(call: Call): Reply {
  const body = objectBody(call);
  const current = entryOf(call.org, "organization", ownId)?.data ?? {};
  demandVersion(organization, body, current.version);
  const data = filled(current, without(cleanObject(body, organization.fields), ["id", "version"]));
  putEntry(call.org, "organization", {
    id: ownId,
    data: { ...data, version: numberAt(current.version) + 1 },
    hidden: {},
  });
  return { status: 200, json: organizationOf(call) };
}

const routes: readonly Route[] = [
  { method: "GET", path: "/api/v2/tokens/me", needs: anyOf(), handle: tokenInfo },
  { method: "HEAD", path: "/api/v2/tokens/me", needs: anyOf(), handle: () => ({ status: 200 }) },
  {
    method: "DELETE",
    path: "/api/v2/tokens/me",
    needs: anyOf(),
    handle(call) {
      call.world.tokens.delete(call.tokenText);
      return { status: 200 };
    },
  },
  {
    method: "GET",
    path: "/api/v2/organizations/me",
    needs: anyOf(),
    handle: (call) => ({ status: 200, json: organizationOf(call) }),
  },
  {
    method: "PUT",
    path: "/api/v2/organizations/me",
    needs: anyOf("directory:organization:admin"),
    handle: changeOrganization,
  },
  {
    method: "GET",
    path: "/api/v2/authorization/subjects/me",
    needs: anyOf(),
    handle: (call) => subjectOf(call, call.clientId),
  },
  {
    method: "GET",
    path: "/api/v2/authorization/subjects/{id}",
    needs: anyOf("authorization:grant:view"),
    handle: (call) => subjectOf(call, call.params.id ?? ""),
  },
  {
    method: "POST",
    path: "/api/v2/authorization/subjects/{id}/bulkreplace",
    needs: { all: ["authorization:grant:add", "authorization:grant:delete"] },
    handle: replaceGrants,
  },
  // The namespace name "platform.api" is not verified (genesys-api §10).
  {
    method: "GET",
    path: "/api/v2/organizations/limits/namespaces/platform.api",
    needs: anyOf(),
    handle: (call) => {
      const value = call.world.settings.ratePerMinute;
      const key = "client.credentials.token.rate.per.minute";
      const entities = [{ key, namespace: "platform.api", value }];
      return { status: 200, json: { entities } };
    },
  },
];

/** The organisation itself, the caller's token and the caller's grants (genesys-api §9.1, §4.2). */
export const organization: Resource = {
  kind: "organization",
  path: "/api/v2/organizations",
  fields: {
    name: text,
    defaultLanguage: text,
    defaultCountryCode: text,
    thirdPartyURI: text,
    domain: text,
    version: whole,
    defaultSiteId: idOf("site"),
    supportURI: text,
    voicemailEnabled: flag,
    features: server(map(anything)),
    state: server(text),
  },
  needs: {},
  staleStatus: 409,
  provision({ org }) {
    const data: JsonObject = {
      id: org.id,
      name: `Simulated ${org.name}`,
      defaultLanguage: "en-US",
      defaultCountryCode: "US",
      thirdPartyOrgName: `sim-${org.id.slice(0, 8)}`,
      domain: `sim-${org.id.slice(0, 8)}.example.com`,
      version: 1,
      state: "active",
      voicemailEnabled: true,
      features: { purecloud: true, hybrid: false, unifiedCommunications: true },
      productPlatform: "GenesysCloud",
    };
    putEntry(org, "organization", { id: ownId, data, hidden: {} });
  },
  routes,
};
