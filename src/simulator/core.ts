import { channel } from "node:diagnostics_channel";
import { demandPermission } from "./access.ts";
import type { Controlled } from "./control.ts";
import { changedSettings, control } from "./control.ts";
import { createPlainObject } from "./plain.ts";
import { routesOf } from "./engine.ts";
import { ApiError, badRequest, errorBody, notFound } from "./errors.ts";
import type { FaultAction } from "./faults.ts";
import { strike } from "./faults.ts";
import { guidFrom } from "./ids.ts";
import type { Json, JsonObject } from "./json.ts";
import { bearerOf, clientEntry, issueToken, loginAttempt, tokenOf } from "./login.ts";
import { createOrg } from "./org.ts";
import type { OrgSpec } from "./org.ts";
import { countRequest } from "./rate.ts";
import type { Route } from "./resource.ts";
import { registryOf } from "./resource.ts";
import { resources } from "./resources/index.ts";
import type { Match } from "./router.ts";
import { createRouter } from "./router.ts";
import { settle } from "./settle.ts";
import { systemClock } from "./system-clock.ts";
import { filesRoutes } from "./transfer.ts";
import type { Answer, Org, Reply, Settings, SimulatorClock, SimulatorRequest, Token, World } from "./world.ts";

/** What `createSimulator` takes. Orgs start empty: only what a new organisation has. */
export interface SimulatorOptions {
  readonly orgs: readonly OrgSpec[];
  readonly clock?: SimulatorClock;
  readonly seed?: number | string;
  readonly settings?: Partial<Omit<Settings, "faults">>;
}

/** One finished exchange, as a traffic recorder sees it. */
export interface Exchange {
  readonly request: SimulatorRequest;
  readonly answer: Answer;
  readonly org: string | null;
  readonly client: string | null;
  /** The route's path pattern, null when no route was found. */
  readonly pattern: string | null;
}

/** The simulator's core: requests in, answers out, no sockets and no timers. */
export interface Simulator {
  readonly world: World;
  handle(request: SimulatorRequest): Promise<Answer>;
  /** Calls the listener after every API exchange; the result ends that. */
  observe(listener: (exchange: Exchange) => void): () => void;
  /** Changes settings as `PUT /_sim/settings` does. */
  configure(changes: JsonObject): void;
  /** Forgets the request log, for instance after seeding. */
  clearLog(): void;
}

/** Where every simulator of this process publishes its exchanges, for a recorder that is loaded beside it. */
const exchanges = channel("lockstep:simulator:exchange");

interface Machine extends Controlled {
  readonly find: (method: string, path: string) => Match;
}

interface Outcome {
  answer: Answer;
  org: string | null;
  client: string | null;
  pattern: string | null;
}

const defaultSettings: Settings = {
  ratePerMinute: 300,
  tokenSeconds: 0,
  shuffleSeed: 1,
  jobMs: 100,
  lagMs: 0,
  faults: [],
};

/** Creates simulated organisations that answer as Genesys Cloud does; deterministic given seed and clock. */
export function createSimulator(options: SimulatorOptions): Simulator {
  const registry = registryOf(resources);
  const world: World = {
    seed: String(options.seed ?? 1),
    clock: options.clock ?? systemClock,
    orgs: new Map(),
    tokens: new Map(),
    saves: new Map(),
    settings: { ...defaultSettings, ...options.settings, faults: [] },
    log: [],
    requests: 0,
    logins: 0,
  };
  for (const spec of options.orgs) world.orgs.set(spec.name, createOrg(spec, world, resources));
  const routes = [...resources.flatMap(routesOf), ...filesRoutes];
  const createObject = (org: Org, body: JsonObject): JsonObject => createPlainObject(org, world, registry, body);
  const machine: Machine = { world, registry, createObject, find: createRouter(routes) };
  const listeners = new Set<(exchange: Exchange) => void>();
  return {
    world,
    handle: async (request) => handle(machine, listeners, request),
    observe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    configure(changes) {
      world.settings = changedSettings(world.settings, changes);
    },
    clearLog() {
      world.log = [];
    },
  };
}

function handle(machine: Machine, listeners: Set<(exchange: Exchange) => void>, request: SimulatorRequest): Answer {
  const { world } = machine;
  const [path = "/", query = ""] = splitOnce(request.url);
  for (const org of world.orgs.values()) settle(org, world, machine.registry);
  if (path === "/_sim" || path.startsWith("/_sim/")) return controlAnswer(machine, request, path, query);
  world.requests += 1;
  const outcome = serve(machine, request, path, query);
  const { answer, org, client, pattern } = outcome;
  const method = request.method.toUpperCase();
  world.log.push({ n: world.requests, org, client, method, path, query, status: answer.status });
  const exchange: Exchange = { request, answer, org, client, pattern };
  exchanges.publish(exchange);
  for (const listener of listeners) listener(exchange);
  return answer;
}

function splitOnce(url: string): [string, string] {
  const at = url.indexOf("?");
  return at < 0 ? [url, ""] : [url.slice(0, at), url.slice(at + 1)];
}

function controlAnswer(machine: Machine, request: SimulatorRequest, path: string, query: string): Answer {
  return guarded(machine.world, () => {
    const body = parseBody(request);
    return control(machine, request.method.toUpperCase(), path, new URLSearchParams(query), body);
  });
}

function parseBody(request: SimulatorRequest): Json | undefined {
  const { body } = request;
  const content = body === undefined ? "" : typeof body === "string" ? body : new TextDecoder().decode(body);
  if (content.trim() === "") return undefined;
  try {
    return JSON.parse(content) as Json;
  } catch {
    throw badRequest("The body is not JSON.");
  }
}

function serve(machine: Machine, request: SimulatorRequest, path: string, query: string): Outcome {
  const { world } = machine;
  const method = request.method.toUpperCase();
  const who = callerOf(world, request, path);
  const found = machine.find(method, path);
  const pattern = path === "/oauth/token" ? path : found.kind === "route" ? found.route.path : null;
  const fault = strike(world, who.org, method, path);
  const outcome = (answer: Answer): Outcome => ({ answer: withFault(answer, fault), ...who, pattern });
  if (fault?.kind === "expire-token") world.tokens.delete(bearerOf(request));
  if (fault?.kind === "status") return outcome(faultAnswer(world, fault.status));
  if (fault?.kind === "reset-before" || fault?.kind === "hang") return outcome(guarded(world, () => ({ status: 503 })));
  if (path === "/oauth/token") return outcome(guarded(world, () => issueToken(world, request)));
  return outcome(answerOf(machine, request, path, query, found));
}

function callerOf(
  world: World,
  request: SimulatorRequest,
  path: string,
): { org: string | null; client: string | null } {
  if (path === "/oauth/token") {
    const { id } = loginAttempt(request);
    return { org: clientEntry(world, id)?.org.name ?? null, client: id === "" ? null : id };
  }
  const token = world.tokens.get(bearerOf(request));
  const fileOrg = /^\/files\/[^/]+\/([^/]+)\//.exec(path)?.[1];
  return { org: token?.org ?? fileOrg ?? null, client: token?.clientId ?? null };
}

function faultAnswer(world: World, status: number): Answer {
  const codes: Record<number, string> = {
    429: "too.many.requests",
    500: "internal.server.error",
    503: "service.unavailable",
    504: "request.timeout",
  };
  const headers = status === 429 ? { "Retry-After": "1" } : {};
  return guarded(world, () => {
    throw new ApiError(status, codes[status] ?? "bad.request", "The service cannot handle the request.", { headers });
  });
}

function withFault(answer: Answer, fault: FaultAction | undefined): Answer {
  if (fault === undefined || fault.kind === "status" || fault.kind === "expire-token") return answer;
  if (fault.kind === "slow") return { ...answer, fault };
  return { ...answer, fault: { kind: fault.kind === "hang" ? "hang" : "reset" } };
}

function answerOf(machine: Machine, request: SimulatorRequest, path: string, query: string, found: Match): Answer {
  const { world } = machine;
  if (found.kind === "route" && found.route.path.startsWith("/files/")) {
    return guarded(world, () => perform(machine, request, path, query, found.route, found.params, undefined));
  }
  let limits: Record<string, string> = {};
  return guarded(
    world,
    () => {
      const token = tokenOf(world, request);
      limits = countRequest(world, token);
      if (found.kind === "none") throw notFound();
      if (found.kind === "wrong-method") throw new ApiError(405, "method.not.allowed", "HTTP 405 Method Not Allowed");
      return perform(machine, request, path, query, found.route, found.params, token);
    },
    () => limits,
  );
}

function perform(
  machine: Machine,
  request: SimulatorRequest,
  path: string,
  query: string,
  route: Route,
  params: Record<string, string>,
  token: Token | undefined,
): Reply {
  const { world, registry } = machine;
  const org = world.orgs.get(token?.org ?? params.org ?? "");
  if (!org) throw notFound();
  if (token) demandPermission(org, token.clientId, route.needs);
  return route.handle({
    world,
    registry,
    org,
    clientId: token?.clientId ?? "",
    tokenText: token?.text ?? "",
    method: request.method.toUpperCase(),
    path,
    query: new URLSearchParams(query),
    params,
    headers: request.headers,
    rawBody: request.body,
    host: request.headers.host ?? "localhost",
    now: world.clock.now(),
    needs: route.needs,
  });
}

function guarded(world: World, run: () => Reply, limits: () => Record<string, string> = () => ({})): Answer {
  const correlation = guidFrom(`${world.seed}/correlation/${world.requests}`);
  try {
    return finish(run(), correlation, limits());
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const reply: Reply = {
      status: error.status,
      json: errorBody(error, correlation),
      headers: error.facts.headers ?? {},
    };
    return finish(reply, correlation, limits());
  }
}

function finish(reply: Reply, correlation: string, limits: Record<string, string>): Answer {
  const headers = { "ININ-Correlation-Id": correlation, ...limits, ...reply.headers };
  if (reply.raw)
    return { status: reply.status, headers: { ...headers, "Content-Type": reply.raw.type }, body: reply.raw.body };
  if (reply.json === undefined) return { status: reply.status, headers };
  const body = JSON.stringify(reply.json);
  return { status: reply.status, headers: { ...headers, "Content-Type": "application/json" }, body };
}
