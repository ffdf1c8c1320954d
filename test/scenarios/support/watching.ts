import { setMaxListeners } from "node:events";
import { runCommandLine } from "../../../src/cli/program.ts";
import { systemClock } from "../../../src/platform/clock.ts";
import { nodeFiles } from "../../../src/platform/files.ts";
import { takeLock } from "../../../src/platform/org-lock.ts";
import type { Ended } from "./cli.ts";
import type { Workspace } from "./workspace.ts";

/** A command that runs in this process until it is stopped. */
export interface Watching {
  /** Waits for a text on stderr that has not been waited for yet; the test's own time limit ends a wait for nothing. */
  noted(text: string): Promise<void>;
  /** The next report on stdout, of which there is one to a line. */
  report(): Promise<{ readonly [name: string]: unknown }>;
  /** Ends it as Ctrl-C does. */
  stop(): Promise<Ended>;
  readonly ended: Promise<Ended>;
  /** Everything on stderr so far. */
  stderr(): string;
}

/** Starts a command that goes on until it is stopped. Real time passes: sockets say something when they do. */
export function watching({ directory, env }: Pick<Workspace, "directory" | "env">, ...args: string[]): Watching {
  const text = { stdout: "", stderr: "" };
  const seen = { stdout: 0, stderr: 0 };
  const waiting = new Set<() => void>();
  const abort = new AbortController();
  setMaxListeners(0, abort.signal);
  const write = (stream: "stdout" | "stderr") => (more: string) => {
    text[stream] += more;
    for (const wake of waiting) wake();
  };
  const ended = runCommandLine(args, {
    env: { PATH: process.env["PATH"], ...env },
    cwd: directory,
    files: nodeFiles(),
    clock: systemClock,
    random: Math.random,
    stdout: { isTTY: false, write: write("stdout") },
    stderr: { isTTY: false, write: write("stderr") },
    confirm: () => Promise.resolve(false),
    ask: (_question, preset) => Promise.resolve(preset),
    takeLock,
    signal: abort.signal,
  }).then((exit): Ended => ({ exit, ...text }));
  const until = async (stream: "stdout" | "stderr", wanted: string): Promise<string> => {
    for (;;) {
      const at = text[stream].indexOf(wanted, seen[stream]);
      if (at >= 0) {
        const found = text[stream].slice(seen[stream], at);
        seen[stream] = at + wanted.length;
        return found;
      }
      const early = await Promise.race([
        new Promise<undefined>((resolve) => {
          const wake = (): void => {
            waiting.delete(wake);
            resolve(undefined);
          };
          waiting.add(wake);
        }),
        ended,
      ]);
      if (early !== undefined && !text[stream].includes(wanted, seen[stream]))
        throw new Error(`it ended with ${early.exit} before ${wanted}:\n${text.stderr}\n${text.stdout}`);
    }
  };
  return {
    noted: async (wanted) => void (await until("stderr", wanted)),
    report: async () => JSON.parse(await until("stdout", "\n")) as { [name: string]: unknown },
    stop: () => {
      abort.abort();
      return ended;
    },
    ended,
    stderr: () => text.stderr,
  };
}
