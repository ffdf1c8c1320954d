import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import type { OrgState } from "./floor.ts";
import { CLI } from "./product.ts";

/** How large the simulated contact centre can be. */
export const SIZES = ["S", "M", "L"] as const;

/** One of these sizes. */
export type Size = (typeof SIZES)[number];

/** One request as the simulator logged it. */
export interface LogEntry {
  readonly n: number;
  readonly org: string | null;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly status: number;
}

/** An OAuth client of a simulated organisation. */
export interface Login {
  readonly id: string;
  readonly secret: string;
}

/** The simulator's first line: where it listens and how to log in. */
export interface StartLine {
  readonly baseUrl: string;
  readonly orgs: Readonly<Record<string, { readonly id: string; readonly client: Login; readonly admin: Login }>>;
}

/** Simulated organisations in a process of their own, without rate limit and with jobs that are done at once. */
export interface Simulated {
  readonly line: StartLine;
  state(org: string): Promise<OrgState>;
  /** What was sent to an organisation since a request number: API requests only, logins and signed transfers left out. */
  log(org: string, since: number): Promise<LogEntry[]>;
  /** Number of the last request so far. */
  mark(): Promise<number>;
  /** Sets how long jobs take. */
  jobsTake(ms: number): Promise<void>;
  /** Keeps everything as it is now; what is given puts it back. */
  save(): Promise<() => Promise<void>>;
  stop(): void;
}

/**
 * Starts `lockstep simulate` and waits until it listens.
 * @param orgs organisations and what they hold, such as `standby=empty`; a contact centre and its drifted standby unless given
 */
export async function simulate(size: Size, orgs: readonly string[] = []): Promise<Simulated> {
  const named = orgs.flatMap((org) => ["--org", org]);
  const child = spawn(process.execPath, [CLI, "simulate", "--port", "0", "--size", size, ...named], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const line = JSON.parse(await firstLine(child)) as StartLine;
  const control = async (path: string, init?: RequestInit): Promise<unknown> => {
    const answer = await fetch(`${line.baseUrl}/_sim/${path}`, init);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const logSince = async (since: number): Promise<LogEntry[]> => (await control(`log?since=${since}`)) as LogEntry[];
  const set = async (settings: object): Promise<void> =>
    void (await control("settings", { method: "PUT", body: JSON.stringify(settings) }));
  await set({ ratePerMinute: 0, jobMs: 0 });
  return {
    line,
    state: async (org) => (await control(`orgs/${org}/state`)) as OrgState,
    log: async (org, since) => (await logSince(since)).filter((entry) => entry.org === org && isApi(entry)),
    mark: async () => (await logSince(0)).at(-1)?.n ?? 0,
    jobsTake: (jobMs) => set({ jobMs }),
    save: async () => {
      const { id } = (await control("save", { method: "POST" })) as { id: string };
      return async () => void (await control(`restore/${id}`, { method: "POST" }));
    },
    stop: () => void child.kill("SIGTERM"),
  };
}

function isApi({ path }: LogEntry): boolean {
  return path.startsWith("/api/");
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error("the simulator has no output");
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error("the simulator ended before it was ready");
}
