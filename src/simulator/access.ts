import { ApiError } from "./errors.ts";
import { listAt, objectAt, textAt } from "./json.ts";
import type { Call, Needs } from "./resource.ts";
import { entryOf } from "./store.ts";
import type { Org } from "./world.ts";

/** A permission such as `routing:queue:view` that a client holds in one division or in all (`*`). */
interface Grant {
  readonly domain: string;
  readonly entityName: string;
  readonly actions: readonly string[];
  readonly division: string;
}

/** Every grant of an OAuth client, from the roles it was given (genesys-api §4.2). */
function grantsOf(org: Org, clientId: string): Grant[] {
  const client = entryOf(org, "oauth-client", clientId);
  return listAt(client?.data.roleDivisions).flatMap((item) => {
    const { roleId, divisionId } = objectAt(item);
    const role = entryOf(org, "role", textAt(roleId));
    return listAt(role?.data.permissionPolicies).map((policy): Grant => {
      const { domain, entityName, actionSet } = objectAt(policy);
      const actions = listAt(actionSet).map(textAt);
      return { domain: textAt(domain), entityName: textAt(entityName), actions, division: textAt(divisionId) };
    });
  });
}

function covers(grant: Grant, permission: string): boolean {
  const [domain, entityName, action = ""] = permission.split(":");
  return (
    (grant.domain === "*" || grant.domain === domain) &&
    (grant.entityName === "*" || grant.entityName === entityName) &&
    (grant.actions.includes("*") || grant.actions.includes(action))
  );
}

/** The divisions in which a client holds a permission: all of them (`*`) or a list of ids. */
function divisionsWith(grants: readonly Grant[], permission: string): "*" | string[] {
  const divisions = grants.filter((grant) => covers(grant, permission)).map((grant) => grant.division);
  return divisions.includes("*") ? "*" : divisions;
}

/** Does a client hold a permission in some division? */
export function holdsPermission(org: Org, clientId: string, permission: string): boolean {
  return divisionsWith(grantsOf(org, clientId), permission).length > 0;
}

/** Throws 403 unless the client holds what an operation needs in some division (genesys-api §1.6). */
export function demandPermission(org: Org, clientId: string, needs: Needs): void {
  const grants = grantsOf(org, clientId);
  const held = (permission: string): boolean => divisionsWith(grants, permission).length > 0;
  if ("all" in needs) {
    const missing = needs.all.filter((permission) => !held(permission));
    if (missing.length > 0) {
      throw missingPermission(
        "missing.permissions",
        `Unable to perform the requested action. You must have all of: `,
        missing,
      );
    }
  } else if (needs.any.length > 0 && !needs.any.some(held)) {
    throw missingPermission(
      "missing.any.permissions",
      `Unable to perform the requested action. You are missing one of: `,
      needs.any,
    );
  }
}

function missingPermission(code: string, message: string, permissions: readonly string[]): ApiError {
  const listed = permissions.join(", ");
  return new ApiError(403, code, message + listed, { params: { permissions: listed } });
}

/** The divisions in which the call's client may do what the call does. */
export function divisionsOf(call: Call): "*" | readonly string[] {
  const grants = grantsOf(call.org, call.clientId);
  const permissions = "all" in call.needs ? call.needs.all : call.needs.any;
  if (permissions.length === 0) return "*";
  const sets = permissions.map((permission) => divisionsWith(grants, permission));
  if ("any" in call.needs) return sets.includes("*") ? "*" : sets.flat();
  const limited = sets.filter((divisions): divisions is string[] => divisions !== "*");
  const [first, ...others] = limited;
  return first === undefined ? "*" : first.filter((division) => others.every((set) => set.includes(division)));
}

/** Throws 403 unless the call's client may do this in that division. */
export function demandDivision(call: Call, divisionId: string): void {
  const divisions = divisionsOf(call);
  if (divisions === "*" || divisionId === "*" || divisions.includes(divisionId)) return;
  throw new ApiError(403, "missing.division.permission", "You are missing the permission in the object's division", {
    params: { divisionId },
  });
}
