import { defined } from "../../model/defined.ts";
import { LockstepError } from "../../model/error.ts";
import type { Answer, Call } from "../../model/api.ts";
import { isObj, textOf } from "../../model/json.ts";
import type { OrgIdentity } from "../../model/ports.ts";
import type { Redactor } from "../../model/redactor.ts";

/** The question who an organisation is; a client without a user may ask it (genesys-api §9.4). */
export const whoAreYou: Call = Object.freeze({ op: "GET /api/v2/organizations/me" });

/**
 * The identity in the organisation's answer.
 * @throws LockstepError `org-unreadable` when there is none in it
 */
export function identityFrom({ body }: Answer, redactor: Redactor): OrgIdentity {
  const org = isObj(body) ? body : {};
  const id = redactor.clean(textOf(org.id));
  if (id === "") {
    throw new LockstepError("org-unreadable", "The organisation does not say who it is", "Check region or baseUrl.");
  }
  const thirdPartyName = redactor.clean(textOf(org.thirdPartyOrgName));
  const domain = redactor.clean(textOf(org.domain));
  return Object.freeze(
    defined({
      id,
      name: redactor.clean(textOf(org.name)),
      thirdPartyName: thirdPartyName || undefined,
      domain: domain || undefined,
    }),
  );
}

/**
 * Compares an organisation with the ids it should have.
 * @throws LockstepError `org-mismatch`
 */
export function assertSameOrg(org: OrgIdentity, expected: readonly (string | undefined)[]): void {
  const other = expected.find((id) => id !== undefined && id.toLowerCase() !== org.id.toLowerCase());
  if (other === undefined) return;
  throw new LockstepError(
    "org-mismatch",
    `The credentials lead to the organisation ${org.name} (${org.id}), not to ${other}`,
    "Check the credentials, the region and the orgId in the configuration. Nothing was changed.",
  );
}
