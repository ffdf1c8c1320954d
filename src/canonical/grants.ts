import { asObject, ask } from "../model/answer.ts";
import type { Steps } from "../model/api.ts";
import { isObj, listOf, objectsOf, textOf, type Obj } from "../model/json.ts";

/** How far a permission reaches: every division, some named ones, or not granted. */
export type Reach =
  | { readonly scope: "all" }
  | { readonly scope: "some"; readonly divisions: readonly string[] }
  | { readonly scope: "none" };

/** Tells how far a permission such as `routing:queue:view` reaches for the client that is logged in. */
export type Grants = (permission: string) => Reach;

interface Grant {
  readonly division: string;
  readonly everywhere: boolean;
  readonly policies: readonly Obj[];
}

/**
 * Reads what the logged-in client may do. That a grant for every division shows the division id `*` is unverified
 * (genesys-api §2: roles are granted with "all divisions" `*`).
 */
export function* readGrants(): Steps<Grants> {
  const call = { op: "GET /api/v2/authorization/subjects/me" } as const;
  const subject = yield* ask(call, (answer) => asObject(answer, ["grants"]));
  const grants = objectsOf(subject["grants"]).map(grantOf);
  return (permission) => {
    const matching = grants.filter((grant) => grant.policies.some((policy) => allows(policy, permission)));
    if (matching.length === 0) return { scope: "none" };
    if (matching.some((grant) => grant.everywhere)) return { scope: "all" };
    return { scope: "some", divisions: [...new Set(matching.map((grant) => grant.division))].sort() };
  };
}

function grantOf(grant: Obj): Grant {
  const division = isObj(grant["division"]) ? grant["division"] : {};
  const role = isObj(grant["role"]) ? grant["role"] : {};
  return {
    division: textOf(division["name"], textOf(division["id"])),
    everywhere: division["id"] === "*",
    policies: objectsOf(role["policies"]),
  };
}

function allows(policy: Obj, permission: string): boolean {
  const [domain, entity, action] = permission.split(":");
  const actions = listOf(policy["actions"]);
  const wide = (value: string, wanted: string | undefined): boolean => value === "*" || value === wanted;
  return (
    wide(textOf(policy["domain"]), domain) &&
    wide(textOf(policy["entityName"]), entity) &&
    actions.some((granted) => wide(textOf(granted), action))
  );
}
