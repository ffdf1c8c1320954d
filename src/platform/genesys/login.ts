import type { Address } from "./address.ts";
import type { Counter } from "./counts.ts";
import type { Connection } from "./connection.ts";
import type { TokenGrant } from "./grant.ts";
import { grantFrom, lacksToken, loginRequest } from "./grant.ts";
import type { ConnectOptions } from "./options.ts";
import type { Trial } from "./outage.ts";
import type { RetryPorts } from "./send-with-retries.ts";
import { sendWithRetries } from "./send-with-retries.ts";
import type { Patience } from "./retry.ts";
import { PAUSES_BEFORE_ASKING_AGAIN } from "../../model/answer.ts";
import type { WireAnswer } from "./wire.ts";

/** Statuses with which a login service says no for good; everything else may pass. */
const refusals = [400, 401, 403, 404, 405, 406, 410, 415];

/** What logging in needs. */
export interface LoginPorts {
  readonly options: ConnectOptions;
  readonly address: Address;
  readonly connection: Connection;
  readonly counter: Counter;
  readonly retryPorts: RetryPorts;
  readonly patience: () => Patience;
}

/**
 * Creates the way to get a new token; repeated while the service is busy, which does no harm.
 * @returns a function that throws LockstepError `login-failed` or an ApiError, such as `no-network`
 */
export function createLogin({
  options,
  address,
  connection,
  counter,
  retryPorts,
  patience,
}: LoginPorts): () => Promise<TokenGrant> {
  const request = loginRequest(address, options, retryPorts.redactor);
  const { host } = new URL(address.login);
  async function attempt(number: number, trial: Trial): Promise<WireAnswer> {
    counter.login();
    const answer = await trial.send(() => connection.wire(request));
    const correlationId = answer.headers["inin-correlation-id"];
    options.onRequest?.({ kind: "login", what: "login", attempt: number, status: answer.status, correlationId });
    return answer;
  }

  function send(): Promise<WireAnswer> {
    const login = { what: `login at ${host}`, host, repeatable: true, writes: false, expect: refusals, attempt };
    return sendWithRetries({ ...login, patience: patience() }, retryPorts);
  }

  return async () => {
    let answer = await send();
    for (const pauseMs of PAUSES_BEFORE_ASKING_AGAIN) {
      if (!lacksToken(answer)) break;
      await retryPorts.clock.sleep(pauseMs, retryPorts.signal);
      answer = await send();
    }
    return grantFrom(answer, address, retryPorts.redactor);
  };
}
