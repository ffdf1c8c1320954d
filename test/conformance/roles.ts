import type { Side } from "../../src/model/side.ts";
import type { Office } from "./office.ts";

/** One policy of a role, as the API has it. */
export interface Policy {
  readonly domain: string;
  readonly entityName: string;
  readonly actionSet: readonly string[];
}

interface Role {
  readonly id: string;
  readonly name: string;
  readonly permissionPolicies: readonly Policy[];
}

/** The role of lockstep's own client. */
async function ownRole(office: Office, side: Side): Promise<Role> {
  const { entities } = (await office.admin[side]("GET", "/api/v2/authorization/roles?pageSize=100")) as {
    entities: readonly Role[];
  };
  const found = entities.find(({ name }) => name.startsWith("Lockstep"));
  if (found === undefined) throw new Error("lockstep's client has no role of its own");
  return found;
}

/** Gives the role of lockstep's client other policies. */
export async function setPolicies(office: Office, side: Side, permissionPolicies: readonly Policy[]): Promise<void> {
  const { id, name } = await ownRole(office, side);
  await office.admin[side]("PUT", `/api/v2/authorization/roles/${id}`, { name, permissionPolicies });
}

/** Takes one permission from lockstep's client. @returns the policies that it had */
export async function withoutPermission(office: Office, side: Side, permission: string): Promise<readonly Policy[]> {
  const { permissionPolicies: before } = await ownRole(office, side);
  const [domain = "", entityName = "", action = ""] = permission.split(":");
  const after = before.map((policy) =>
    policy.domain === domain && policy.entityName === entityName
      ? { ...policy, actionSet: policy.actionSet.filter((own) => own !== action && own !== "*" && own !== "all") }
      : policy,
  );
  if (JSON.stringify(after) === JSON.stringify(before)) throw new Error(`the role has no ${permission}`);
  await setPolicies(office, side, after);
  return before;
}
