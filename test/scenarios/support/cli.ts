import { setMaxListeners } from "node:events";
import { runCommandLine } from "../../../src/cli/program.ts";
import type { Clock } from "../../../src/model/ports.ts";
import { systemClock } from "../../../src/platform/clock.ts";
import { nodeFiles } from "../../../src/platform/files.ts";
import { takeLock } from "../../../src/platform/org-lock.ts";

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
  /** The whole environment apart from `PATH` and the proxy settings. */
  readonly env: { readonly [name: string]: string };
  /** Real time, unless the test brings its own. */
  readonly clock?: Clock;
}

/**
 * Runs the command line to its end in this process, without a terminal, which costs a fraction of a process of its own. The
 * command gets nothing of this process but its files. What depends on the process itself (signals, streams, the handling of
 * the environment by an SDK) is tested with `start` and `runProcess`.
 */
export async function run(args: readonly string[], { cwd, env, clock = systemClock }: RunOptions): Promise<Ended> {
  const text = { stdout: "", stderr: "" };
  const { signal } = new AbortController();
  setMaxListeners(0, signal);
  const exit = await runCommandLine(args, {
    env: { PATH: process.env["PATH"], ...env },
    cwd,
    files: nodeFiles(),
    clock,
    random: Math.random,
    stdout: { isTTY: false, write: (more) => void (text.stdout += more) },
    stderr: { isTTY: false, write: (more) => void (text.stderr += more) },
    confirm: () => Promise.resolve(false),
    ask: (_question, preset) => Promise.resolve(preset),
    takeLock,
    signal,
  });
  return { exit, ...text };
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
