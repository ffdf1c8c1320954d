import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { stringify } from "yaml";
import { virtualClock } from "../../../src/platform/clock.ts";
import { run, type Ended } from "./cli.ts";
import { start, type Running } from "./process.ts";
import type { Login, StartLine } from "./control.ts";

/** A directory with a `lockstep.yaml`, and the environment that its commands get. */
export interface Workspace {
  readonly directory: string;
  readonly env: { readonly [name: string]: string };
  path(...segments: readonly string[]): string;
  /** Runs a command here, with `--format json`, in which no wait takes time. */
  hurried(...args: readonly string[]): Promise<Ended>;
  /** Runs a command here, with `--format json`. */
  json(...args: readonly string[]): Promise<Ended>;
  /** Runs a command here. */
  run(args: readonly string[], env?: { readonly [name: string]: string }): Promise<Ended>;
  /** Starts a command here, in a process of its own. */
  start(args: readonly string[], env?: { readonly [name: string]: string }): Running;
  /** Replaces `lockstep.yaml`: the organisations of the simulator, and what a test adds or changes. */
  configure(settings: Settings): Promise<void>;
  remove(): Promise<void>;
}

/** What a test may set in `lockstep.yaml`; `orgs` are merged over those of the simulator. */
export interface Settings {
  readonly orgs?: { readonly [side: string]: { readonly [name: string]: unknown } };
  readonly [name: string]: unknown;
}

/** How a workspace differs from the usual one. */
export interface WorkspaceOptions {
  /** Logins that are not those of the start line, by side. */
  readonly logins?: { readonly [side: string]: Login };
  /** More of the environment. */
  readonly env?: { readonly [name: string]: string };
}

/** Makes a workspace for the organisations of a start line. */
export async function createWorkspace(line: StartLine, options: WorkspaceOptions = {}): Promise<Workspace> {
  const directory = await mkdtemp(join(tmpdir(), "lockstep-scenario-"));
  const home = join(directory, "home");
  await mkdir(home);
  const login = (side: string): Login => options.logins?.[side] ?? line.orgs[side]?.client ?? { id: "", secret: "" };
  const env = {
    HOME: home,
    PRIMARY_ID: login("primary").id,
    PRIMARY_SECRET: login("primary").secret,
    STANDBY_ID: login("standby").id,
    STANDBY_SECRET: login("standby").secret,
    ...options.env,
  };
  const workspace: Workspace = {
    directory,
    env,
    path: (...segments) => join(directory, ...segments),
    hurried: (...args) => run([...args, "--format", "json"], { cwd: directory, env, clock: virtualClock() }),
    json: (...args) => run([...args, "--format", "json"], { cwd: directory, env }),
    run: (args, more = {}) => run(args, { cwd: directory, env: { ...env, ...more } }),
    start: (args, more = {}) => start(args, { cwd: directory, env: { ...env, ...more } }),
    configure: ({ orgs = {}, ...settings }) =>
      writeFile(
        join(directory, "lockstep.yaml"),
        stringify({
          orgs: {
            primary: { ...sideConfig(line, "PRIMARY"), ...orgs["primary"] },
            standby: { ...sideConfig(line, "STANDBY"), ...orgs["standby"] },
          },
          ...settings,
        }),
      ),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
  await workspace.configure({});
  return workspace;
}

function sideConfig({ baseUrl, orgs }: StartLine, side: "PRIMARY" | "STANDBY"): { readonly [name: string]: unknown } {
  const orgId = orgs[side.toLowerCase()]?.id;
  return { baseUrl, orgId, clientId: `env:${side}_ID`, clientSecret: `env:${side}_SECRET` };
}

/** SHA-256 of every file below a directory, by relative path; empty when there is none. */
export async function digests(directory: string): Promise<{ readonly [path: string]: string }> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const pairs = await Promise.all(
    files.sort().map(async (file) => [relative(directory, file), sha256(await readFile(file))] as const),
  );
  return Object.fromEntries(pairs);
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
