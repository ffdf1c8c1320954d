import { defined } from "../../model/defined.ts";
import { LockstepError } from "../../model/error.ts";
import { asIdentified, PAUSES_BEFORE_ASKING_AGAIN } from "../../model/answer.ts";
import type { Answer, Call, Pause } from "../../model/api.ts";
import { textOf, type Obj } from "../../model/json.ts";
import type { OrgIdentity } from "../../model/ports.ts";
import type { Redactor } from "../../model/redactor.ts";

/** The question who an organisation is; a client without a user may ask it (genesys-api §9.4). */
const whoAreYou: Call = Object.freeze({ op: "GET /api/v2/organizations/me" });

/**
 * Asks an organisation who it is, and again where the answer is none.
 * @param send sends the question; as it does with {@link ask}, a pause goes the same way
 * @throws LockstepError `org-unreadable` when it does not say
 */
export async function askIdentity(
  send: (request: Call | Pause) => Promise<Answer>,
  redactor: Redactor,
): Promise<OrgIdentity> {
  for (const pauseMs of [...PAUSES_BEFORE_ASKING_AGAIN, undefined]) {
    const shaped = asIdentified(await send(whoAreYou));
    if ("value" in shaped) return identityIn(shaped.value, redactor);
    if (pauseMs === undefined) throw unreadable(shaped.fault);
    await send({ pauseMs });
  }
  throw unreadable("nothing");
}

function unreadable(fault: string): LockstepError {
  const message = `The organisation does not say who it is: ${whoAreYou.op} answered ${fault}`;
  return new LockstepError(
    "org-unreadable",
    message,
    "Try again later; check region, baseUrl and any proxy in between.",
  );
}

function identityIn(org: Obj & { readonly id: string }, redactor: Redactor): OrgIdentity {
  const id = redactor.clean(org.id);
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
