import { byId, byName } from "../listing.ts";
import type { JsonObject } from "../json.ts";
import { clientPolicies, adminPolicies } from "../least-role.ts";
import type { Resource } from "../resource.ts";
import { anyOf } from "../resource.ts";
import { anything, flag, list, object, required, server, set, text, whole } from "../shape.ts";
import { guidFrom } from "../ids.ts";
import { putEntry } from "../store.ts";
import type { Org } from "../world.ts";

/** The id of a role that every new organisation has. */
export function roleId(org: Org, which: "admin" | "client"): string {
  return guidFrom(`${org.id}/role/${which}`);
}

/** Roles: permission policies that OAuth clients are granted, and general permissions, which do not repeat them (genesys-api §4.2). */
export const role: Resource = {
  kind: "role",
  path: "/api/v2/authorization/roles",
  fields: {
    name: required(text),
    description: text,
    defaultRoleId: text,
    permissions: set(text),
    permissionPolicies: list(
      object({
        domain: text,
        entityName: text,
        policyName: text,
        policyDescription: text,
        actionSet: set(text),
        namedResources: list(text),
        allowConditions: flag,
        resourceConditionNode: anything,
      }),
    ),
    baseLicense: text,
    addonLicenses: set(text),
    roleNeedsUpdate: flag,
    userCount: server(whole),
    base: server(flag),
    default: server(flag),
  },
  needs: {
    list: anyOf("authorization:role:view"),
    view: anyOf("authorization:role:view"),
    add: anyOf("authorization:role:add"),
    edit: anyOf("authorization:role:edit"),
    remove: anyOf("authorization:role:delete"),
  },
  listing: { paging: "page", maxSize: 500, filters: { id: byId, name: byName }, sortable: ["name", "id"] },
  update: "PUT",
  defaults: () => ({ permissions: [] }),
  unique: [{ by: ["name"], status: 409, code: "resource.already.exists" }],
  beforeStore(entry) {
    entry.data = { base: false, default: false, ...entry.data };
  },
  provision({ org, access }) {
    const store = (which: "admin" | "client", name: string, permissionPolicies: JsonObject[]): void => {
      const id = roleId(org, which);
      putEntry(org, "role", { id, data: { id, name, permissionPolicies, base: false, default: false }, hidden: {} });
    };
    store("admin", "Simulator administrator", adminPolicies());
    store("client", `Lockstep ${access === "read" ? "reader" : "writer"}`, clientPolicies(access));
  },
};
