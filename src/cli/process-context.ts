import { setMaxListeners } from "node:events";
import { createInterface } from "node:readline/promises";
import { EXIT, LockstepError } from "../model/error.ts";
import { nodePorts } from "../platform/node-ports.ts";
import type { Context, Output } from "./context.ts";

/** The context of this process. Ctrl-C and SIGTERM abort its signal, so that work can end in order; a second one ends it at once. */
export function processContext(tool: string): Context {
  const abort = new AbortController();
  // Every request and wait under way listens to it.
  setMaxListeners(0, abort.signal);
  const stop = (): void => {
    if (abort.signal.aborted) process.exit(EXIT.interrupted);
    abort.abort(interrupted());
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return {
    ...nodePorts(abort.signal),
    cwd: process.cwd(),
    stdout: output(process.stdout),
    stderr: output(process.stderr),
    confirm,
    ask,
    every,
    tool,
  };
}

/** A process that has nothing else to do does not wait for it. */
function every(ms: number, tick: () => void): () => void {
  const timer = setInterval(tick, ms).unref();
  return () => clearInterval(timer);
}

/** A stream of the process. On a terminal, what follows an unfinished line that is being rewritten takes its place. */
function output(stream: NodeJS.WriteStream): Output {
  let unfinished = false;
  return {
    write: (text) => {
      const clears = unfinished && !text.startsWith("\r");
      unfinished = stream.isTTY && text.startsWith("\r") && !text.endsWith("\n");
      stream.write(clears ? `\r\u001b[2K${text}` : text);
    },
    isTTY: stream.isTTY,
    get columns() {
      return stream.columns;
    },
  };
}

async function confirm(question: string): Promise<boolean> {
  return /^y(es)?$/i.test((await typed(`${question} [y/N] `)) ?? "");
}

async function ask(question: string, preset: string): Promise<string> {
  return (await typed(`${question} [${preset}] `)) || preset;
}

/** What somebody types at a terminal; undefined when there is none. */
async function typed(prompt: string): Promise<string | undefined> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(prompt)).trim();
  } catch (error) {
    // Ctrl-C and Ctrl-D at the question itself.
    throw error instanceof Error && error.name === "AbortError" ? interrupted() : error;
  } finally {
    terminal.close();
  }
}

function interrupted(): LockstepError {
  return new LockstepError(
    "interrupted",
    "Stopped before it was finished",
    "Run the same command again; what was applied is in the journal and is not repeated.",
  );
}
