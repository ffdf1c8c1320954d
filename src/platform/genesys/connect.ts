import { setMaxListeners } from "node:events";
import type { Answer, Held, Pause, Request } from "../../model/api.ts";
import type { OrgIdentity } from "../../model/ports.ts";
import { systemClock } from "../clock.ts";
import { addressOf } from "./address.ts";
import { createAuthorised } from "./authorised.ts";
import { createRedactor } from "../../model/redactor.ts";
import { createCounter } from "./counts.ts";
import { interruptedError } from "./errors.ts";
import { askIdentity, assertSameOrg } from "./identity.ts";
import { createJobTimes } from "./job-times.ts";
import { createLimiter } from "./limiter.ts";
import { openConnection } from "./connection.ts";
import { createOutage } from "./outage.ts";
import { createLogin } from "./login.ts";
import type { ConnectOptions, GenesysClient } from "./options.ts";
import type { RetryPorts } from "./send-with-retries.ts";
import { isReadingOp, primaryReadOnly } from "./read-only.ts";
import { impatient, patient } from "./retry.ts";
import { createSender, type Sender } from "./sender.ts";
import { createSkew } from "./skew.ts";
import { createStop } from "./stop.ts";
import { createTokens } from "./tokens.ts";

/** The kind that questions about the organisation itself are counted under. */
const ownKind = "organization";

/** Requests at a time for each token in use. */
const usualConcurrency = 5;

/**
 * Logs in and asks the organisation who it is.
 * @returns a client that can do what `access` says and nothing else, ever
 * @throws LockstepError `unknown-region`, `base-url-invalid`, `address-missing`, `login-failed`, `org-mismatch`,
 * `interrupted`; ApiError `no-network` and others. None of them holds the secret or a token
 */
export async function connect(options: ConnectOptions): Promise<GenesysClient> {
  const { clock, random, orgId, pinnedOrgId, onRequest, tokens: poolSize = 1 } = options;
  const stop = createStop(options.signal, clock);
  const { signal } = stop;
  const address = addressOf(options);
  const mayWrite = options.access === "write";
  const outage = createOutage(options.giveUpAfterMs, clock, options.transport === undefined ? systemClock : clock);
  const connection = openConnection({ ...options, signal }, address, outage.attemptMs);
  const { redactor = createRedactor() } = options;
  const counter = createCounter();
  const skew = createSkew();
  const limiter = createLimiter(poolSize, clock);
  const retryPorts: RetryPorts = { clock, random, signal, redactor, outage };
  let patience = impatient;
  const known: { org?: OrgIdentity } = {};
  const login = createLogin({ options, address, connection, counter, retryPorts, patience: () => patience });

  const { concurrency = usualConcurrency } = options;
  const sending = { address, connection, counter, retryPorts, concurrency, onRequest };

  /** A login in the middle of a run may lead elsewhere, for instance behind a proxy; the first one is asked below. */
  async function prove(token: string): Promise<void> {
    if (known.org === undefined) return;
    const sender = createSender({ ...sending, authorised: (send) => send(token) });
    assertSameOrg(await ask(sender), [known.org.id]);
  }

  const used = new Set<number>();

  /** More is sent at a time only with more tokens: the first one alone would be beyond its limit before an answer named it. */
  function renewed(slot: number): void {
    limiter.renew(slot);
    used.add(slot);
    if (options.concurrency === undefined) sender.widen(usualConcurrency * used.size);
  }

  const tokens = createTokens(login, clock, { renewed, prove });
  const authorised = createAuthorised({ limiter, tokens, skew, clock, signal });
  const sender = createSender({ ...sending, authorised });

  const jobTimes = createJobTimes(clock);
  const closing = new AbortController();
  const pauseSignal = signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal]);
  // Every pause under way listens to it.
  setMaxListeners(0, pauseSignal);

  async function pause({ pauseMs, job }: Pause): Promise<Answer> {
    await (job === undefined ? clock.sleep(pauseMs, pauseSignal) : jobTimes.wait(job, pauseMs, pauseSignal));
    return { status: 0 };
  }

  function ask(by: Sender): Promise<OrgIdentity> {
    return askIdentity(
      (request) => ("pauseMs" in request ? pause(request) : by.call(request, ownKind, patience)),
      redactor,
    );
  }

  async function identify(...expected: readonly (string | undefined)[]): Promise<OrgIdentity> {
    const org = await ask(sender);
    assertSameOrg(org, [orgId, pinnedOrgId, ...expected]);
    return org;
  }

  /** Says `interrupted` for whatever an abort made fail. Nothing new is begun once the run is being stopped. */
  async function orInterrupted<T>(work: () => Promise<T>): Promise<T> {
    if (options.signal?.aborted) throw interruptedError();
    return untilStopped(work);
  }

  async function untilStopped<T>(work: () => Promise<T>): Promise<T> {
    if (signal?.aborted) throw interruptedError();
    try {
      return await work();
    } catch (error) {
      if (signal?.aborted) throw interruptedError();
      throw error;
    }
  }

  const org = await orInterrupted(identify).catch((error: unknown) => {
    connection.close();
    throw error;
  });
  patience = patient;
  known.org = org;

  const assertOrg = (): Promise<void> => orInterrupted(async () => void (await identify(org.id)));
  let asserted: Promise<void> | undefined;

  /** Before the first write: the SDK has been seen to move a client to another organisation (genesys-api §9.4). */
  async function beforeWrite(what: string): Promise<void> {
    if (!mayWrite) throw primaryReadOnly(what);
    asserted ??= assertOrg();
    try {
      await asserted;
    } catch (error) {
      asserted = undefined;
      throw error;
    }
  }

  async function send(request: Request, kind: string): Promise<Answer> {
    if ("pauseMs" in request) return pause(request);
    if ("transfer" in request) {
      if (request.transfer === "upload") await beforeWrite("an upload");
      return sender.transfer(request, kind);
    }
    if (!isReadingOp(request.op)) await beforeWrite(request.op);
    return sender.call(request, kind);
  }

  function hold(): Held {
    const release = stop.hold();
    return { send: (request, kind) => untilStopped(() => send(request, kind)), release };
  }

  return Object.freeze({
    hold,
    org,
    region: address.name,
    access: mayWrite ? "write" : "read-only",
    send: (request: Request, kind: string) => orInterrupted(() => send(request, kind)),
    counts: () => ({ ...counter.counts(), waits: limiter.waits() }),
    budget: () => limiter.budget(),
    clockSkewMs: () => skew.ms(),
    assertOrg,
    close: () => {
      closing.abort(interruptedError());
      connection.close();
    },
  });
}
