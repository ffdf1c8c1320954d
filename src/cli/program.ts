import { Command, CommanderError, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { readFileSync } from "node:fs";
import { EXIT } from "../model/error.ts";
import { type BuildCommand, type Dispatch } from "./command.ts";
import { apply } from "./commands/apply.ts";
import { completion } from "./commands/completion.ts";
import { demo } from "./commands/demo.ts";
import { diff } from "./commands/diff.ts";
import { doctor } from "./commands/doctor.ts";
import { init } from "./commands/init.ts";
import { issue } from "./commands/issue.ts";
import { kinds } from "./commands/kinds.ts";
import { notify } from "./commands/notify.ts";
import { plan } from "./commands/plan.ts";
import { pr } from "./commands/pr.ts";
import { show } from "./commands/show.ts";
import { simulate } from "./commands/simulate.ts";
import { snapshot } from "./commands/snapshot.ts";
import { sync } from "./commands/sync.ts";
import { up } from "./commands/up.ts";
import { validate } from "./commands/validate.ts";
import { watch } from "./commands/watch.ts";
import type { Context } from "./context.ts";

/** What a command line takes from the outside world. */
export type Surroundings = Omit<Context, "tool">;

/**
 * Parses the command line, runs the command and returns the exit code.
 * @param given what the command takes from the outside world; left out, it is this process
 */
export async function runCommandLine(argv: readonly string[], given?: Surroundings): Promise<number> {
  let exit: number = EXIT.done;
  const program = buildProgram(async (format, work) => {
    const [context, { reportError }] = await Promise.all([contextOf(given), import("./failure.ts")]);
    exit = await work(context).catch((error: unknown) => reportError(error, context, format));
  }, given);
  try {
    await program.parseAsync([...argv], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.done : misused(error, argv, given);
  }
  return exit;
}

async function contextOf(given: Surroundings | undefined): Promise<Context> {
  if (given !== undefined) return { ...given, tool: toolName() };
  const { processContext } = await import("./process-context.ts");
  return processContext(toolName());
}

/** A wrong command line, told in the form of every other error. */
async function misused(
  error: CommanderError,
  argv: readonly string[],
  given: Surroundings | undefined,
): Promise<number> {
  const format = /(^| )(--format[ =]|-f[ =]?)json( |$)/.test(argv.join(" ")) ? "json" : undefined;
  const [context, { reportError, usageError }] = await Promise.all([contextOf(given), import("./failure.ts")]);
  return reportError(usageError(error), context, format);
}

/** Name and version of this program, as written into snapshots and plans. */
function toolName(): string {
  return `lockstep ${version()}`;
}

function version(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

/** In the order in which help lists them. */
const COMMANDS: readonly BuildCommand[] = [
  demo,
  init,
  doctor,
  snapshot,
  validate,
  diff,
  show,
  pr,
  issue,
  notify,
  watch,
  plan,
  apply,
  sync,
  up,
  kinds,
  simulate,
];

const EXIT_CODES = `
Exit codes: 0 done or no difference, 1 error, 2 differences,
3 stopped by a guard, 4 partly applied, 130 interrupted.
`;

/**
 * The command line as data: what help shows and what completion would offer.
 * @param streams where help and what is wrong with a command line go; left out, to this process's
 */
export function buildProgram(
  dispatch: Dispatch,
  streams: Pick<Context, "stdout" | "stderr"> = process,
): CommandUnknownOpts {
  const program = new Command("lockstep")
    .configureOutput({
      writeOut: (text) => void streams.stdout.write(text),
      writeErr: (text) => void streams.stderr.write(text),
      // Caught and told by `run`.
      outputError: () => undefined,
    })
    .description("Keeps a warm-standby Genesys Cloud organisation in lockstep with its primary.")
    .version(version(), "-V, --version", "print the version")
    .helpOption("-h, --help", "show help")
    .helpCommand(false)
    .exitOverride()
    .configureHelp({ helpWidth: 80, sortSubcommands: false })
    .addHelpText("after", EXIT_CODES);
  for (const build of [...COMMANDS, completion(() => program)])
    program.addCommand(build(dispatch).copyInheritedSettings(program));
  return program;
}
