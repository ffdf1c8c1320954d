import { demandPermission } from "./access.ts";
import { audited } from "./audit/log.ts";
import { faultAnswer, guarded, withFault, wrongAnswer } from "./answer.ts";
import type { Controlled } from "./control.ts";
import { control } from "./control.ts";
import { ApiError, badRequest, notFound } from "./errors.ts";
import type { FaultAction } from "./faults.ts";
import { strike } from "./faults.ts";
import type { Json } from "./json.ts";
import { bearerOf, clientEntry, issueToken, loginAttempt, tokenOf } from "./login.ts";
import { countRequest } from "./rate.ts";
import type { Match } from "./router.ts";
import { settle } from "./settle.ts";
import type { Answer, Reply, SimulatorRequest, Token, World } from "./world.ts";

/** One finished exchange, as a traffic recorder sees it. */
export interface Exchange {
  readonly request: SimulatorRequest;
  readonly answer: Answer;
  readonly org: string | null;
  readonly client: string | null;
  /** The route's path pattern, null when no route was found. */
  readonly pattern: string | null;
  /** A fault put another answer in the place of the simulator's own. */
  readonly replaced: boolean;
}

/** The parts that serve a request. */
export interface Machine extends Controlled {
  readonly find: (method: string, path: string) => Match;
  /** Told of every exchange outside the control interface. */
  readonly publish: (exchange: Exchange) => void;
}

/** One request on its way, taken apart. */
interface Visit {
  readonly request: SimulatorRequest;
  readonly method: string;
  readonly path: string;
  readonly query: string;
}

function visitOf(request: SimulatorRequest): Visit {
  const at = request.url.indexOf("?");
  const [path, query] = at < 0 ? [request.url, ""] : [request.url.slice(0, at), request.url.slice(at + 1)];
  return { request, method: request.method.toUpperCase(), path, query };
}

/** Answers a request: due jobs first, then the control interface, the login, presigned files or the API. */
export function answerRequest(machine: Machine, request: SimulatorRequest): Answer {
  const { world } = machine;
  const visit = visitOf(request);
  const { method, path, query } = visit;
  for (const org of world.orgs.values()) settle(org, world, machine.registry);
  if (path === "/_sim" || path.startsWith("/_sim/")) return controlAnswer(machine, visit);
  world.requests += 1;
  const n = world.requests;
  const found = machine.find(method, path);
  const who = callerOf(world, visit, found);
  const fault = strike(world, who.org, method, path);
  const answer = serve(machine, visit, found, fault);
  const pattern = path === "/oauth/token" ? path : found.kind === "route" ? found.route.path : null;
  world.log.push({ n, ...who, method, path, query, status: answer.status });
  machine.publish({ request, answer, ...who, pattern, replaced: fault?.kind === "answer" });
  return answer;
}

function controlAnswer(machine: Machine, { request, method, path, query }: Visit): Answer {
  return guarded(machine.world, () => control(machine, { method, path, query, body: parsedBody(request) }));
}

function parsedBody({ body }: SimulatorRequest): Json | undefined {
  const content = body === undefined ? "" : typeof body === "string" ? body : new TextDecoder().decode(body);
  if (content.trim() === "") return undefined;
  try {
    return JSON.parse(content) as Json;
  } catch {
    throw badRequest("The body is not JSON.");
  }
}

/** The names of the organisation and the client that a request comes from, as far as it tells. */
function callerOf(world: World, visit: Visit, found: Match): { org: string | null; client: string | null } {
  if (visit.path === "/oauth/token") {
    const { id } = loginAttempt(visit.request);
    return { org: clientEntry(world, id)?.org.name ?? null, client: id === "" ? null : id };
  }
  const token = world.tokens.get(bearerOf(visit.request));
  const fileOrg = found.kind === "route" ? found.params.org : undefined;
  return { org: token?.org ?? fileOrg ?? null, client: token?.clientId ?? null };
}

/** What a fault answers without carrying out the request. */
function answerInstead(world: World, fault: FaultAction | undefined): Answer | undefined {
  if (fault?.kind === "status") return faultAnswer(world, fault.status);
  if (fault?.kind === "answer" && !fault.carriedOut) return wrongAnswer(world, fault);
  if (fault?.kind === "reset-before" || fault?.kind === "hang") return withFault(faultAnswer(world, 503), fault);
  return undefined;
}

function serve(machine: Machine, visit: Visit, found: Match, fault: FaultAction | undefined): Answer {
  const { world } = machine;
  const { request, path } = visit;
  const instead = answerInstead(world, fault);
  if (instead !== undefined) return instead;
  if (fault?.kind === "expire-token") world.tokens.delete(bearerOf(request));
  if (path === "/oauth/token")
    return withFault(
      guarded(world, () => issueToken(world, request)),
      fault,
    );
  const answer = withFault(apiAnswer(machine, visit, found, fault?.kind === "fail-job"), fault);
  return fault?.kind === "answer" ? wrongAnswer(world, fault) : answer;
}

function apiAnswer(machine: Machine, visit: Visit, found: Match, failJob: boolean): Answer {
  const { world } = machine;
  const presigned = found.kind === "route" && found.route.path.startsWith("/files/");
  if (presigned) return guarded(world, () => perform(machine, visit, found, undefined, failJob));
  let limits: Record<string, string> = {};
  return guarded(
    world,
    () => {
      const token = tokenOf(world, visit.request);
      limits = countRequest(world, token);
      return perform(machine, visit, found, token, failJob);
    },
    () => limits,
  );
}

function perform(machine: Machine, visit: Visit, found: Match, token: Token | undefined, failJob: boolean): Reply {
  if (found.kind === "none") throw notFound();
  if (found.kind === "wrong-method") throw new ApiError(405, "method.not.allowed", "HTTP 405 Method Not Allowed");
  const { world, registry } = machine;
  const { route, params } = found;
  const { request, method, path, query } = visit;
  const org = world.orgs.get(token?.org ?? params.org ?? "");
  if (!org) throw notFound();
  if (token) demandPermission(org, token.clientId, route.needs);
  const call = {
    ...{ world, registry, org, method, path, params, failJob },
    clientId: token?.clientId ?? "",
    tokenText: token?.text ?? "",
    query: new URLSearchParams(query),
    headers: request.headers,
    rawBody: request.body,
    host: request.headers.host ?? "localhost",
    now: world.clock.now(),
    needs: route.needs,
  };
  const reads = route.method === "GET" || route.method === "HEAD";
  return reads ? route.handle(call) : audited(org, world, call, () => route.handle(call));
}
