import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ROUTES, type Asked, type Reply } from "./routes.ts";
import { FULL_TOKEN, type Fault, type Settings, type State, type Token } from "./state.ts";

/** A running double. */
export interface GitHubDouble {
  /** Origin, with the path of an Enterprise server. */
  readonly apiUrl: string;
  /** The repository's state, read over HTTP. */
  readonly state: () => Promise<State>;
  /** Changes it over HTTP. */
  readonly set: (settings: Settings) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The one repository. */
export const REPOSITORY = "acme/contact-centre";
const ROOT = `/api/v3/repos/${REPOSITORY}`;

/**
 * GitHub as far as lockstep needs it: one repository below the base path of an Enterprise server. Requests that have what the REST
 * description lacks are answered with 422 and kept as violations.
 */
export async function startGitHub(settings: Settings = {}): Promise<GitHubDouble> {
  const world = newWorld();
  apply(world, { tokens: { "the-token": FULL_TOKEN }, ...settings });
  const server = createServer((request, response) => {
    void bodyText(request).then((text) => answer(world, request, text, response));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    apiUrl: `${origin}/api/v3`,
    state: async () => (await fetch(`${origin}/_state`)).json() as Promise<State>,
    set: async (more) => void (await fetch(`${origin}/_state`, { method: "POST", body: JSON.stringify(more) })),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

interface World {
  readonly state: State;
  readonly tokens: Map<string, Token>;
  readonly faults: Fault[];
  nextId: number;
}

function newWorld(): World {
  const state: State = { pulls: [], issues: [], comments: [], checks: [], requests: [], violations: [] };
  return { state, tokens: new Map(), faults: [], nextId: 1000 };
}

function apply(world: World, { pulls = [], comments = [], tokens = {}, faults = [] }: Settings): void {
  const { state } = world;
  for (const { number, sha, ref = "change", owner = "acme" } of pulls) {
    const known = state.pulls.find((pull) => pull.number === number);
    if (known !== undefined) known.head = { sha, ref, owner };
    else {
      state.pulls.push({ number, head: { sha, ref, owner }, state: "open" });
      const texts = { title: `Change ${number}`, body: "", user: "somebody" };
      state.issues.push({ number, ...texts, state: "open", labels: [], isPull: true, updates: 0 });
    }
  }
  for (const comment of comments) state.comments.push({ ...comment, id: world.nextId++, updates: 0 });
  for (const [token, facts] of Object.entries(tokens)) world.tokens.set(token, facts);
  world.faults.push(...faults.map((fault) => ({ ...fault })));
}

async function bodyText(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk as string;
  return text;
}

type Headers = { readonly [name: string]: string };

function answer(world: World, request: IncomingMessage, text: string, response: ServerResponse): void {
  const url = new URL(request.url ?? "/", `http://${request.headers.host ?? "double"}`);
  const method = request.method ?? "GET";
  if (url.pathname === "/_state") {
    if (method === "POST") apply(world, JSON.parse(text) as Settings);
    response.end(JSON.stringify(world.state));
    return;
  }
  const [status, body, headers] = reply(world, { method, url, text, token: request.headers.authorization ?? "" });
  world.state.requests.push({ method, path: url.pathname.replace(ROOT, ""), status });
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

interface Request {
  readonly method: string;
  readonly url: URL;
  readonly text: string;
  readonly token: string;
}

function reply(world: World, { method, url, text, token }: Request): readonly [number, unknown, Headers] {
  const fault = world.faults.find((one) => one.times > 0 && one.method === method && url.pathname.includes(one.path));
  if (fault !== undefined) {
    fault.times -= 1;
    return [fault.status, { message: fault.message }, fault.headers ?? {}];
  }
  const who = world.tokens.get(token.replace(/^(token|bearer) /i, ""));
  if (who === undefined) return [401, { message: "Bad credentials" }, {}];
  const path = url.pathname.startsWith(`${ROOT}/`) ? url.pathname.slice(ROOT.length) : undefined;
  if (path === undefined) return [404, { message: "Not Found" }, {}];
  const route = ROUTES.find((one) => one.method === method && one.pattern.test(path));
  const refuse = (violation: string): readonly [number, unknown, Headers] => {
    world.state.violations.push(`${method} ${path}: ${violation}`);
    return [422, { message: "Validation Failed", errors: [violation] }, {}];
  };
  if (route === undefined) return refuse("there is no such operation");
  const [permission, level] = route.needs;
  const has = who.permissions[permission];
  if (has !== "write" && has !== level) {
    const headers = { "x-accepted-github-permissions": `${permission}=${level}` };
    return [403, { message: "Resource not accessible by integration" }, headers];
  }
  const unknown = [...url.searchParams.keys()].filter((name) => !route.query.includes(name));
  if (unknown.length > 0) return refuse(`query ${unknown.join(", ")}`);
  const body = text === "" ? {} : (JSON.parse(text) as Asked["body"]);
  if (route.check === undefined ? text !== "" : !route.check(body))
    return refuse(JSON.stringify(route.check?.errors ?? "a body"));
  const asked: Asked = {
    state: world.state,
    token: who,
    params: route.pattern.exec(path)?.slice(1) ?? [],
    query: url.searchParams,
    body,
    nextId: () => world.nextId++,
    userOf: (login) => {
      const known = [...world.tokens.values()].find((one) => one.login === login);
      return { login, type: known?.type ?? "User", association: known?.association ?? "NONE" };
    },
  };
  return paged(route.handle(asked), url);
}

/** Lists come in pages of 30 unless asked otherwise, at most 100; a Link header leads on (docs.github.com, "Using pagination"). */
function paged([status, body]: Reply, url: URL): readonly [number, unknown, Headers] {
  if (!Array.isArray(body) || !url.searchParams.has("per_page")) {
    return [status, Array.isArray(body) ? body.slice(0, 30) : body, {}];
  }
  const size = Math.min(Number(url.searchParams.get("per_page")), 100);
  const page = Number(url.searchParams.get("page") ?? "1");
  const more = body.length > page * size;
  const next = new URL(url);
  next.searchParams.set("page", String(page + 1));
  return [status, body.slice((page - 1) * size, page * size), more ? { link: `<${next.href}>; rel="next"` } : {}];
}
