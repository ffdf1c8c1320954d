import { resolve } from "node:path";
import type { ProcessPorts } from "../platform/open-app.ts";
import type { Environment } from "../platform/secrets.ts";

/** A stream that a command writes to. */
export interface Output {
  write(text: string): void;
  readonly isTTY: boolean;
  /** Width in columns; undefined when it is not a terminal. */
  readonly columns?: number | undefined;
}

/** Everything that a command takes from the outside world. Ctrl-C and SIGTERM abort its signal. */
export interface Context extends ProcessPorts {
  readonly cwd: string;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Asks a yes-or-no question on the terminal; false without one. */
  confirm(question: string): Promise<boolean>;
  /** Asks for a text on the terminal; the preset without one, or when nothing was typed. */
  ask(question: string, preset: string): Promise<string>;
  /** Calls back every so many milliseconds of real time until the returned function is called; left out, never. */
  readonly every?: ((ms: number, tick: () => void) => () => void) | undefined;
  /** `lockstep 0.1.0`. */
  readonly tool: string;
}

/** Are colours wanted on a stream? `NO_COLOR` (no-color.org) and `FORCE_COLOR` decide before the terminal does. */
export function wantsColour(output: Output, env: Environment): boolean {
  if ((env["NO_COLOR"] ?? "") !== "") return false;
  if ((env["FORCE_COLOR"] ?? "") !== "") return env["FORCE_COLOR"] !== "0";
  return output.isTTY && env["TERM"] !== "dumb";
}

/** What a text has to know of the stream that it is written to. */
export function terminalLayout({ env }: Pick<Context, "env">, output: Output) {
  return { colour: wantsColour(output, env), width: output.columns };
}

/** A path given on the command line, from the working directory; undefined where none was given. */
export function fromCwd(context: Pick<Context, "cwd">, path: string): string;
export function fromCwd(context: Pick<Context, "cwd">, path: string | undefined): string | undefined;
export function fromCwd({ cwd }: Pick<Context, "cwd">, path: string | undefined): string | undefined {
  return path === undefined ? undefined : resolve(cwd, path);
}
