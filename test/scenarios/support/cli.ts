import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The built command line, as `npx lockstep` starts it. */
export const MAIN = fileURLToPath(new URL("../../../dist/cli/main.js", import.meta.url));

/** How a command ended. */
export interface Ended {
  /** Exit code; null when a signal ended it. */
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where and how a command runs. */
export interface RunOptions {
  readonly cwd: string;
  /** The whole environment apart from `PATH`. */
  readonly env: { readonly [name: string]: string };
}

/** A command that is running. */
export interface Running {
  readonly pid: number;
  signal(signal: NodeJS.Signals): void;
  /** Resolves with the first line of stdout. */
  readonly firstLine: Promise<string>;
  readonly ended: Promise<Ended>;
}

/** Starts the command line in a process of its own, without a terminal. */
export function start(args: readonly string[], { cwd, env }: RunOptions): Running {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd,
    env: { PATH: process.env["PATH"] ?? "", NO_PROXY: "127.0.0.1,localhost", ...recording(), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const text = { stdout: "", stderr: "" };
  let gotLine: (line: string) => void = () => undefined;
  const firstLine = new Promise<string>((resolve) => (gotLine = resolve));
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    text.stdout += chunk;
    if (text.stdout.includes("\n")) gotLine(text.stdout.slice(0, text.stdout.indexOf("\n")));
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (text.stderr += chunk));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exit) => resolve({ exit, ...text }));
  });
  return { pid: child.pid ?? 0, signal: (signal) => void child.kill(signal), firstLine, ended };
}

/** A test run that records traffic records that of a simulator in a command line too. */
function recording(): { [name: string]: string } {
  const { LOCKSTEP_RECORD: directory, NODE_OPTIONS: options = "" } = process.env;
  return directory === undefined ? {} : { LOCKSTEP_RECORD: directory, NODE_OPTIONS: options };
}

/** Runs the command line to its end. */
export async function run(args: readonly string[], options: RunOptions): Promise<Ended> {
  return start(args, options).ended;
}

/** The one document that stdout holds with `--format json`. */
export function documentOf<Document = { readonly [name: string]: unknown }>({ stdout, stderr }: Ended): Document {
  try {
    return JSON.parse(stdout) as Document;
  } catch {
    throw new Error(`stdout is not one JSON document:\n${stdout}\nstderr:\n${stderr}`);
  }
}

/** The error that a command ended with (INTERFACES, "General"). */
export interface ErrorDocument {
  readonly code: string;
  readonly message: string;
  readonly coordinate?: string;
  readonly file?: string;
  readonly path?: string;
  readonly hint: string;
}

/** The error document on stdout. */
export function errorOf(ended: Ended): ErrorDocument {
  const { error } = documentOf<{ error?: ErrorDocument }>(ended);
  if (error === undefined) throw new Error(`no error:\n${ended.stdout}`);
  return error;
}
