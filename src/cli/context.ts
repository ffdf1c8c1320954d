import type { Clock, Files, Random } from "../model/ports.ts";
import type { Environment } from "../platform/secrets.ts";
import type { TakeLock } from "../platform/org-lock.ts";
import type { Transport } from "../platform/genesys/transport.ts";

/** A stream that a command writes to. */
export interface Output {
  write(text: string): void;
  readonly isTTY: boolean;
  /** Width in columns; undefined when it is not a terminal. */
  readonly columns?: number | undefined;
}

/** Everything that a command takes from the outside world. */
export interface Context {
  readonly env: Environment;
  readonly cwd: string;
  readonly files: Files;
  readonly clock: Clock;
  readonly random: Random;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Asks a yes-or-no question on the terminal; false without one. */
  confirm(question: string): Promise<boolean>;
  /** Asks for a text on the terminal; the preset without one, or when nothing was typed. */
  ask(question: string, preset: string): Promise<string>;
  /** Keeps others from writing the same organisation at the same time. */
  readonly takeLock: TakeLock;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
  /** `lockstep 0.1.0`. */
  readonly tool: string;
  /** Answers in place of the network; tests and the demo use it. */
  readonly transport?: Transport;
}

/** Are colours wanted on a stream? `NO_COLOR` (no-color.org) and `FORCE_COLOR` decide before the terminal does. */
export function wantsColour(output: Output, env: Environment): boolean {
  if ((env["NO_COLOR"] ?? "") !== "") return false;
  if ((env["FORCE_COLOR"] ?? "") !== "") return env["FORCE_COLOR"] !== "0";
  return output.isTTY && env["TERM"] !== "dumb";
}
