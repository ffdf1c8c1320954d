import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Ended, RunOptions } from "./cli.ts";

/** The built command line, as `npx lockstep` starts it. */
export const MAIN = fileURLToPath(new URL("../../../dist/cli/main.js", import.meta.url));

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

/** Runs the command line to its end, in a process of its own. */
export async function runProcess(args: readonly string[], options: RunOptions): Promise<Ended> {
  return start(args, options).ended;
}
