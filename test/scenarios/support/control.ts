/** How to log in to an organisation of a simulator. */
export interface Login {
  readonly id: string;
  readonly secret: string;
}

/** First line of `lockstep simulate` (INTERFACES, "Simulator"). */
export interface StartLine {
  readonly baseUrl: string;
  readonly orgs: {
    readonly [name: string]: {
      readonly id: string;
      readonly name: string;
      readonly client: Login;
      readonly admin: Login;
    };
  };
}

/** One request that the simulator answered. */
export interface LogLine {
  readonly n: number;
  readonly org: string | null;
  readonly client: string | null;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly status: number;
}

/** A fault to inject into requests (INTERFACES, "Simulator"). */
export interface Fault {
  readonly org?: string;
  readonly method?: string;
  readonly path?: string;
  readonly after?: number;
  readonly times?: number;
  readonly action: string;
  /** Of the action `answer`: what is answered instead, and whether the request takes effect all the same. */
  readonly status?: number;
  readonly contentType?: string;
  readonly body?: unknown;
  readonly carriedOut?: boolean;
}

/** An object as an API answer or the control interface shows it. */
export interface Entity {
  readonly [property: string]: unknown;
}

/** The control interface of a simulator, over HTTP. Shares no code with the product, so that its counts are independent. */
export interface Control {
  /** Requests after the one with this number. */
  log(since?: number): Promise<LogLine[]>;
  /** Number of the last request so far. */
  mark(): Promise<number>;
  /** Everything that an organisation stores, by API path. */
  state(org: string): Promise<{ readonly [path: string]: Entity }>;
  save(): Promise<string>;
  restore(id: string): Promise<void>;
  faults(...faults: readonly Fault[]): Promise<void>;
  set(settings: { readonly [name: string]: unknown }): Promise<void>;
}

/** The control interface behind a base URL. */
export function controlOf(baseUrl: string): Control {
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${baseUrl}/_sim/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} /_sim/${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const log = async (since = 0): Promise<LogLine[]> => (await call("GET", `log?since=${since}`)) as LogLine[];
  return {
    log,
    mark: async () => (await log()).at(-1)?.n ?? 0,
    state: async (org) => (await call("GET", `orgs/${org}/state`)) as { [path: string]: Entity },
    save: async () => ((await call("POST", "save")) as { id: string }).id,
    restore: async (id) => void (await call("POST", `restore/${id}`)),
    faults: async (...faults) => void (await call("PUT", "settings", { faults })),
    set: async (settings) => void (await call("PUT", "settings", settings)),
  };
}

const READING = new Set(["GET", "HEAD"]);

/** POSTs that only read: jobs that export a flow, and queries of the audit log. */
export const READING_POSTS: ReadonlySet<string> = new Set([
  "/api/v2/flows/export/jobs",
  "/api/v2/audits/query/realtime",
]);

/** Requests that change an organisation: all but GET, HEAD, logins and POSTs that only read; transfers of files are no API calls. */
export function writesTo(org: string, log: readonly LogLine[]): LogLine[] {
  return log.filter(
    (line) =>
      line.org === org && line.path.startsWith("/api/") && !READING.has(line.method) && !READING_POSTS.has(line.path),
  );
}
