import { isObj, objectsOf, textOf, type Json, type Obj } from "../model/json.ts";
import type { ClientCredentials } from "../model/client-credentials.ts";
import type { Clock } from "../model/ports.ts";
import type { ProbedOrg, ProbeLimits } from "./settings.ts";
import type { Attempt, Sample, TrunkState } from "./verdict.ts";

/** One request of the prober. */
export interface ProbeRequest {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers: { readonly [name: string]: string };
  readonly body?: string;
  readonly timeoutMs: number;
}

/** Port: sends a request, once. `failed` says that no whole answer came in time. */
export type Http = (
  request: ProbeRequest,
) => Promise<{ readonly status: number; readonly body: Json | undefined } | { readonly failed: "timeout" | "network" }>;

/** Port: the credentials behind an ARN; undefined when none have been set yet or they cannot be read. */
export type CredentialsOf = (secretArn: string) => Promise<ClientCredentials | undefined>;

/** A token and when to get the next one. */
export interface ProbeToken {
  readonly token: string;
  readonly renewAt: number;
}

/** What measuring takes. */
export interface ProbePorts {
  readonly clock: Clock;
  readonly http: Http;
  readonly credentialsOf: CredentialsOf;
}

/** Cheap, authenticated, and answered by the organisation's region: never the login service (failover S1-7). */
const PROBE_PATH = "/api/v2/organizations/me";

/** External trunks with their state (genesys-api §5.4). */
const TRUNKS_PATH = "/api/v2/telephony/providers/edges/trunks?trunkType=EXTERNAL&pageSize=100&pageNumber=";

/** More pages than these are not read in a probe; what is not among them is not known. */
const MOST_PAGES = 5;

const SECOND_MS = 1000;

/**
 * Measures one organisation once.
 * @param session the token of an earlier pass, if there is one
 * @returns what was measured, and the session for the next pass; nothing is thrown for what a probe may meet
 */
export async function measure(
  org: ProbedOrg,
  session: ProbeToken | undefined,
  limits: ProbeLimits,
  ports: ProbePorts,
): Promise<{ readonly sample: Sample; readonly session: ProbeToken | undefined }> {
  const fresh = session !== undefined && ports.clock.now() < session.renewAt;
  const login = fresh ? undefined : await logIn(org, limits, ports);
  if (login === "credentials-missing") return { sample: { ...NOTHING, unmeasured: login }, session: undefined };
  // A token that is due but still valid serves while the login service is away.
  const current = login?.session ?? session;
  if (current === undefined) return { sample: { ...NOTHING, login: login?.attempt }, session: undefined };
  const headers = { authorization: `Bearer ${current.token}`, accept: "application/json" };
  const get: Get = (path) => timed(ports, { method: "GET", url: org.api + path, headers, timeoutMs: limits.timeoutMs });
  const { attempt: api } = await get(PROBE_PATH);
  const status = "status" in api ? api.status : undefined;
  const trunks = status === 200 ? await trunksOf(org, get) : undefined;
  return { sample: { ...NOTHING, api, trunks }, session: status === 401 ? undefined : current };
}

const NOTHING: Sample = { login: undefined, api: undefined, trunks: undefined };

async function logIn(
  org: ProbedOrg,
  limits: ProbeLimits,
  ports: ProbePorts,
): Promise<{ attempt: Attempt; session?: ProbeToken } | "credentials-missing"> {
  const credentials = await ports.credentialsOf(org.secretArn);
  if (credentials === undefined) return "credentials-missing";
  const basic = Buffer.from(`${credentials.clientId}:${credentials.clientSecret}`).toString("base64");
  const { attempt, body } = await timed(ports, {
    method: "POST",
    url: org.login,
    headers: { authorization: `Basic ${basic}`, "content-type": "application/x-www-form-urlencoded" },
    body: "grant_type=client_credentials",
    timeoutMs: limits.timeoutMs,
  });
  if (body === undefined || typeof body.access_token !== "string") return { attempt };
  const seconds = typeof body.expires_in === "number" ? body.expires_in : 0;
  // Renewed at half of its life, so that an outage begins with a token that lasts (failover R19).
  const renewAt = ports.clock.now() + (seconds * SECOND_MS) / 2;
  return { attempt, session: { token: body.access_token, renewAt } };
}

async function timed(
  { clock, http }: ProbePorts,
  request: ProbeRequest,
): Promise<{ attempt: Attempt; body: Obj | undefined }> {
  const start = clock.now();
  const answer = await http(request);
  const ms = clock.now() - start;
  if ("failed" in answer) return { attempt: { failed: answer.failed, ms }, body: undefined };
  const ok = answer.status >= 200 && answer.status <= 299;
  return { attempt: { status: answer.status, ms }, body: ok && isObj(answer.body) ? answer.body : undefined };
}

type Get = (path: string) => Promise<{ attempt: Attempt; body: Obj | undefined }>;

async function trunksOf(org: ProbedOrg, get: Get): Promise<TrunkState[] | string> {
  const found: Obj[] = [];
  let whole = false;
  for (let page = 1; page <= MOST_PAGES && !whole; page++) {
    const { attempt, body } = await get(TRUNKS_PATH + String(page));
    if (body === undefined) return "failed" in attempt ? `trunks-${attempt.failed}` : `trunks-status-${attempt.status}`;
    found.push(...objectsOf(body.entities));
    whole = typeof body.pageCount !== "number" || page >= body.pageCount;
  }
  const trunks = found.filter(({ state }) => state !== "deleted");
  return org.trunks.length === 0 ? carryingTrunks(trunks, whole) : namedTrunks(trunks, org.trunks);
}

/**
 * The state of the trunks to watch where none is named: every one that is in service. Where none is, those that say so
 * are what there is to judge: an organisation that has trunks, all of them out of service, takes no calls. A trunk that
 * leaves service beside others needs no memory: it could not make the verdict any other than theirs.
 */
function carryingTrunks(trunks: readonly Obj[], whole: boolean): TrunkState[] | string {
  const carrying = trunks.filter(({ inService }) => inService === true);
  if (carrying.length > 0) return carrying.map(trunkState);
  return whole ? trunks.filter(({ inService }) => inService === false).map(trunkState) : "trunks-unread";
}

/** A named trunk that is not there was renamed or never existed, as far as a prober can tell: that must not move callers. */
function namedTrunks(trunks: readonly Obj[], names: readonly string[]): TrunkState[] | string {
  const named = trunks.filter(({ name }) => names.includes(textOf(name)));
  const missing = names.some((wanted) => !named.some(({ name }) => name === wanted));
  return missing ? "trunk-missing" : named.map(trunkState);
}

function trunkState(trunk: Obj): TrunkState {
  const connected = isObj(trunk.connectedStatus) ? trunk.connectedStatus.connected : undefined;
  const sendsOptions = trunk.optionsEnabledStatus === "ENABLED";
  return {
    inService: trunk.inService === true,
    connected: typeof connected === "boolean" ? connected : undefined,
    options: sendsOptions ? objectsOf(trunk.optionsStatus).map(({ optionState }) => optionState === true) : [],
  };
}
