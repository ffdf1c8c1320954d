import type { Address } from "./address.ts";
import type { Counter } from "./counts.ts";
import type { Line } from "./line.ts";
import type { Grant } from "./grant.ts";
import { grantFrom, loginRequest } from "./grant.ts";
import type { ConnectOptions } from "./options.ts";
import type { Means } from "./persist.ts";
import { persist } from "./persist.ts";
import type { Patience } from "./retry.ts";

/** Statuses with which a login service says no for good; everything else may pass. */
const refusals = [400, 401, 403, 404, 405, 406, 410, 415];

/** What logging in needs. */
export interface LoginEquipment {
  readonly options: ConnectOptions;
  readonly address: Address;
  readonly line: Line;
  readonly counter: Counter;
  readonly means: Means;
  readonly patience: () => Patience;
}

/**
 * Creates the way to get a new token; repeated while the service is busy, which does no harm.
 * @returns a function that throws LockstepError `login-failed` or an ApiError, such as `no-network`
 */
export function createLogin({
  options,
  address,
  line,
  counter,
  means,
  patience,
}: LoginEquipment): () => Promise<Grant> {
  const request = loginRequest(address, options, means.redactor);
  const { host } = new URL(address.login);
  return async () => {
    const answer = await persist(
      {
        what: `login at ${host}`,
        host,
        repeatable: true,
        writes: false,
        expect: refusals,
        patience: patience(),
        attempt: async (attempt) => {
          counter.login();
          const answer = await line.wire(request);
          const correlationId = answer.headers["inin-correlation-id"];
          options.onRequest?.({ kind: "login", what: "login", attempt, status: answer.status, correlationId });
          return answer;
        },
      },
      means,
    );
    return grantFrom(answer, address, means.redactor);
  };
}
