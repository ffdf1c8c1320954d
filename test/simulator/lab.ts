import { loadSeed } from "../../src/simulator/centre/index.ts";
import type { SeedStep } from "../../src/simulator/centre/index.ts";
import { createSimulator } from "../../src/simulator/index.ts";
import type { Answer, Simulator, SimulatorOptions } from "../../src/simulator/index.ts";

/** A JSON value read from an answer, loosely typed for assertions. */
export type Body = Record<string, unknown> & { id: string; entities: Body[] };

export interface Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
  readonly text: string;
}

/** Sends one request as one client. */
export type Send = (method: string, url: string, body?: unknown, headers?: Record<string, string>) => Promise<Response>;

/** A simulator with a hand-driven clock and logins for its clients. */
export interface Lab {
  readonly simulator: Simulator;
  readonly clock: { readonly now: () => number; readonly pass: (ms: number) => void };
  readonly anyone: Send;
  readonly login: (org: string, which: "client" | "admin") => Promise<Send>;
}

function read(answer: Answer): Response {
  const text = typeof answer.body === "string" ? answer.body : new TextDecoder().decode(answer.body);
  const json: unknown = answer.headers["Content-Type"] === "application/json" ? JSON.parse(text) : undefined;
  return {
    status: answer.status,
    headers: answer.headers,
    body: (json as Body | undefined) ?? { id: "", entities: [] },
    text,
  };
}

/** Creates a lab with the orgs primary and standby, rate limit off and jobs that end at once unless told otherwise. */
export function lab(settings: SimulatorOptions["settings"] = {}, orgs = ["primary", "standby"]): Lab {
  let time = Date.parse("2026-01-05T10:00:00Z");
  const clock = { now: () => time, pass: (ms: number) => void (time += ms) };
  const simulator = createSimulator({
    orgs: orgs.map((name) => ({ name })),
    clock,
    seed: 7,
    settings: { ratePerMinute: 0, jobMs: 0, ...settings },
  });
  const send: Send = async (method, url, body, headers = {}) => {
    const raw = body === undefined || typeof body === "string" || body instanceof Uint8Array;
    const content = raw ? body : JSON.stringify(body);
    return read(await simulator.handle({ method, url, headers: { host: "sim.test", ...headers }, body: content }));
  };
  const login = async (name: string, which: "client" | "admin"): Promise<Send> => {
    const org = simulator.world.orgs.get(name);
    if (!org) throw new Error(`no org ${name}`);
    const basic = Buffer.from(`${org[which].id}:${org[which].secret}`).toString("base64");
    const answer = await send("POST", "/oauth/token", "grant_type=client_credentials", {
      authorization: `Basic ${basic}`,
    });
    const bearer = { authorization: `Bearer ${String(answer.body.access_token)}` };
    return (method, url, body, headers = {}) => send(method, url, body, { ...bearer, ...headers });
  };
  return { simulator, clock, anyone: send, login };
}

/** Publishes a YAML through a flow job and gives the job's last state. */
export async function publish(send: Send, yaml: string): Promise<Body> {
  const job = (await send("POST", "/api/v2/flows/jobs")).body;
  const url = new URL(String(job.presignedUrl));
  await send("PUT", url.pathname, yaml, job.headers as Record<string, string>);
  return (await send("GET", `/api/v2/flows/jobs/${job.id}?expand=messages`)).body;
}

/** Creates an object and gives its id; fails loudly when the service refuses. */
export async function created(send: Send, path: string, body: unknown): Promise<string> {
  const answer = await send("POST", path, body);
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text}`);
  return answer.body.id;
}

/** Builds what the steps of a seed describe in an organisation of the lab. */
export async function load({ simulator, anyone }: Lab, org: string, steps: readonly SeedStep[]): Promise<void> {
  const { id, secret } = simulator.world.orgs.get(org)?.admin ?? { id: "", secret: "" };
  const authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`;
  const answer = await anyone("POST", "/oauth/token", "grant_type=client_credentials", { authorization });
  await loadSeed((request) => simulator.handle(request), String(answer.body["access_token"]), steps, org);
}
