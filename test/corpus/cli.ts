import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { stringify } from "yaml";
import type { StartLine } from "../../src/simulator/index.ts";

const MAIN = new URL("../../dist/cli/main.js", import.meta.url).pathname;

/** Preloaded: pauses between two questions about a job take a fiftieth of their time. Nothing else of the program changes. */
const HASTY = `data:text/javascript,${encodeURIComponent(`
  const real = globalThis.setTimeout;
  const hasty = (run, ms = 0, ...given) => real(run, ms >= 500 && ms <= 15000 ? ms / 50 : ms, ...given);
  globalThis.setTimeout = Object.assign(hasty, real);
`)}`;

/** How a command ended. */
export interface Ended {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A directory with a `lockstep.yaml`, in which the built command line runs. */
export interface Desk {
  readonly run: (...args: readonly string[]) => Promise<Ended>;
  readonly read: (path: string) => Promise<string>;
  /** Paths of all files in the directory. */
  readonly files: () => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
}

/**
 * Opens a desk for the primary and one standby of a simulator.
 * @param pairing `renames`, `secrets` and the like
 * @param secrets environment variables
 */
export async function openDesk(
  { baseUrl, orgs }: StartLine,
  standby: string,
  pairing: object = {},
  secrets: Readonly<Record<string, string>> = {},
): Promise<Desk> {
  const directory = await mkdtemp(join(tmpdir(), "lockstep-corpus-"));
  const org = (name: string, side: string): object => ({
    baseUrl,
    orgId: orgs[name]?.id,
    clientId: `env:${side}_ID`,
    clientSecret: `env:${side}_SECRET`,
  });
  const config = { orgs: { primary: org("primary", "PRIMARY"), standby: org(standby, "STANDBY") }, ...pairing };
  await writeFile(join(directory, "lockstep.yaml"), stringify(config));
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: directory,
    NO_PROXY: "127.0.0.1",
    PRIMARY_ID: orgs["primary"]?.client.id ?? "",
    PRIMARY_SECRET: orgs["primary"]?.client.secret ?? "",
    STANDBY_ID: orgs[standby]?.client.id ?? "",
    STANDBY_SECRET: orgs[standby]?.client.secret ?? "",
    ...secrets,
  };
  return {
    run: (...args) => execute(directory, env, args),
    read: (path) => readFile(join(directory, path), "utf8"),
    files: async () =>
      (await readdir(directory, { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map((entry) => join(relative(directory, entry.parentPath), entry.name)),
    close: () => rm(directory, { recursive: true, force: true }),
  };
}

function execute(cwd: string, env: Readonly<Record<string, string>>, args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { cwd, env, maxBuffer: 256 * 1024 * 1024 };
    execFile(process.execPath, ["--import", HASTY, MAIN, ...args], options, (error, stdout, stderr) => {
      const exit = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
      resolve({ exit, stdout, stderr });
    });
  });
}
