import { badRequest } from "../errors.ts";
import { isoTime, show, wanted } from "../engine.ts";
import { tokenFrom } from "../ids.ts";
import type { JsonObject } from "../json.ts";
import { sealed } from "../control.ts";
import type { Resource, Setup } from "../resource.ts";
import { anyOf } from "../resource.ts";
import { between, idOf, list, object, oneOf, ref, required, server, set, text } from "../shape.ts";
import { nextNumber, putEntry } from "../store.ts";
import type { Entry, Login, Org } from "../world.ts";
import { roleId } from "./role.ts";

function newSecret(org: Org): string {
  return tokenFrom(`${org.id}/secret/${nextNumber(org)}`);
}

function secretOf(entry: Entry): string {
  return typeof entry.hidden.secret === "string" ? entry.hidden.secret : "";
}

function provisioned(setup: Setup, login: Login, name: string, which: "admin" | "client"): void {
  const data: JsonObject = {
    id: login.id,
    name,
    authorizedGrantType: "CLIENT-CREDENTIALS",
    accessTokenValiditySeconds: 86_400,
    state: "active",
    roleDivisions: [{ roleId: roleId(setup.org, which), divisionId: "*" }],
    dateCreated: isoTime(setup.now),
    dateModified: isoTime(setup.now),
  };
  putEntry(setup.org, "oauth-client", { id: login.id, data, hidden: { secret: login.secret } });
}

/** OAuth clients: the secret is shown by the create and the regenerate call only (genesys-api §4.2, §6). */
export const oauthClient: Resource = {
  kind: "oauth-client",
  path: "/api/v2/oauth/clients",
  fields: {
    name: required(text),
    accessTokenValiditySeconds: between(300, 172_800),
    description: text,
    registeredRedirectUri: list(text),
    authorizedGrantType: required(oneOf("CODE", "TOKEN", "SAML2-BEARER", "PASSWORD", "CLIENT-CREDENTIALS")),
    scope: list(text),
    roleDivisions: set(object({ roleId: idOf("role"), divisionId: idOf("division", { also: "*" }) })),
    state: oneOf("active", "disabled", "inactive"),
    dateToDelete: text,
    dateCreated: server(text),
    dateModified: server(text),
    createdBy: server(ref("user")),
    modifiedBy: server(ref("user")),
  },
  needs: {
    list: anyOf("oauth:client:view"),
    view: anyOf("oauth:client:view"),
    add: anyOf("oauth:client:add"),
    edit: anyOf("oauth:client:edit"),
    remove: anyOf("oauth:client:delete"),
  },
  listing: { paging: "page", maxSize: 500, defaultSize: 500 },
  update: "PUT",
  defaults: () => ({ accessTokenValiditySeconds: 86_400, state: "active" }),
  beforeStore(entry, call, previous) {
    const dateCreated = previous?.data.dateCreated ?? isoTime(call.now);
    entry.data = { ...entry.data, dateCreated, dateModified: isoTime(call.now) };
    if (!previous) entry.hidden.secret = newSecret(call.org);
  },
  beforeDelete(entry) {
    if (entry.data.state !== "inactive")
      throw badRequest("Only an inactive client can be deleted", "cannot.delete.client");
  },
  show: (shown, entry, call) => (call.method === "POST" ? { ...shown, secret: secretOf(entry) } : shown),
  dump: (entry) => ({ secret: sealed(secretOf(entry)) }),
  provision(setup) {
    provisioned(setup, setup.org.client, "Lockstep", "client");
    provisioned(setup, setup.org.admin, "Administrator", "admin");
  },
  routes: [
    {
      method: "POST",
      path: "/api/v2/oauth/clients/{id}/secret",
      needs: anyOf("oauth:client:edit"),
      handle(call) {
        const entry = wanted(oauthClient, call);
        entry.hidden = { ...entry.hidden, secret: newSecret(call.org) };
        return { status: 200, json: show(oauthClient, entry, call) };
      },
    },
  ],
};
