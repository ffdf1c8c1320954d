import type { Admin } from "./admin.ts";
import type { Entity } from "./control.ts";

interface Policy {
  readonly domain: string;
  readonly entityName: string;
  readonly actionSet: readonly string[];
}

/** The role that a start line's `client` has. */
async function clientRole(admin: Admin): Promise<Entity & { id: string; permissionPolicies: readonly Policy[] }> {
  const { entities } = (await admin.send("GET", "/api/v2/authorization/roles?pageSize=100")) as {
    entities: (Entity & { id: string; name: string; permissionPolicies: readonly Policy[] })[];
  };
  const role = entities.find(({ name }) => name.startsWith("Lockstep"));
  if (role === undefined) throw new Error("no role of the client");
  return role;
}

/** Takes a permission such as `routing:queue` (with all its actions) away from the client. */
export async function withoutPermission(admin: Admin, permission: string): Promise<void> {
  const { id, name, permissionPolicies } = await clientRole(admin);
  const left = permissionPolicies.filter(({ domain, entityName }) => `${domain}:${entityName}` !== permission);
  await admin.send("PUT", `/api/v2/authorization/roles/${id}`, { name, permissionPolicies: left });
}

/** Grants the client its role in these divisions only. */
export async function grantOnlyIn(admin: Admin, client: string, divisions: readonly string[]): Promise<void> {
  const { id: roleId } = await clientRole(admin);
  await admin.send("POST", `/api/v2/authorization/subjects/${client}/bulkreplace`, {
    grants: divisions.map((divisionId) => ({ roleId, divisionId })),
  });
}

/** Leaves the client the right to view something such as `architect:datatable`, and no other. */
export async function onlyViewing(admin: Admin, permission: string): Promise<void> {
  const { id, name, permissionPolicies } = await clientRole(admin);
  const left = permissionPolicies.flatMap((policy): Policy[] => {
    if (`${policy.domain}:${policy.entityName}` !== permission) return [policy];
    return policy.actionSet.includes("view") ? [{ ...policy, actionSet: ["view"] }] : [];
  });
  await admin.send("PUT", `/api/v2/authorization/roles/${id}`, { name, permissionPolicies: left });
}
