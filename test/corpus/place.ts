import { createSimulator, serve, startLine, type Served, type StartLine } from "../../src/simulator/index.ts";

/** A JSON object of an answer, loosely typed for reading. */
export type Body = Record<string, unknown> & { readonly id: string; readonly entities: readonly Body[] };

/** What an organisation answered. */
export interface Answered {
  readonly status: number;
  readonly text: string;
  readonly body: Body;
}

/** Sends one request over HTTP. */
export type Send = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<Answered>;

/** Simulated organisations on a socket: nothing of lockstep in between. */
export interface Place {
  readonly line: StartLine;
  /** Requests without a login, for the control interface and signed addresses. */
  readonly anyone: Send;
  readonly login: (org: string) => Promise<Send>;
  readonly close: () => Promise<void>;
}

function sender(baseUrl: string, always: Readonly<Record<string, string>>): Send {
  return async (method, path, body, headers = {}) => {
    const answer = await fetch(new URL(path, baseUrl), {
      method,
      headers: { ...(typeof body === "object" ? { "content-type": "application/json" } : {}), ...always, ...headers },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get("content-type")?.startsWith("application/json") === true;
    return { status: answer.status, text, body: (isJson ? JSON.parse(text) : {}) as Body };
  };
}

/** Serves empty organisations without a rate limit, with jobs that end at once. */
export async function openPlace(orgs: readonly string[]): Promise<Place> {
  const simulator = createSimulator({
    orgs: orgs.map((name) => ({ name })),
    seed: 11,
    settings: { ratePerMinute: 0, jobMs: 0 },
  });
  const served: Served = await serve(simulator, 0);
  const line = startLine(simulator, served.baseUrl);
  const anyone = sender(served.baseUrl, {});
  const login = async (org: string): Promise<Send> => {
    const { id, secret } = line.orgs[org]?.admin ?? { id: "", secret: "" };
    const basic = Buffer.from(`${id}:${secret}`).toString("base64");
    const form = { authorization: `Basic ${basic}`, "content-type": "application/x-www-form-urlencoded" };
    const { body } = await anyone("POST", "/oauth/token", "grant_type=client_credentials", form);
    return sender(served.baseUrl, { authorization: `Bearer ${String(body["access_token"])}` });
  };
  return { line, anyone, login, close: () => served.close() };
}

/** The answer's body. @throws when the request was refused */
export async function accepted(answer: Promise<Answered>, about: string): Promise<Body> {
  const { status, text, body } = await answer;
  if (status >= 300) throw new Error(`${about}: ${String(status)} ${text}`);
  return body;
}
