import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { readFileSync } from "node:fs";
import { isCode } from "../model/catalogue/index.ts";
import { EXIT, LockstepError } from "../model/error.ts";
import { SIDES } from "../model/side.ts";
import type { Context } from "./context.ts";

/** A command's work: returns the exit code. */
type Run = (context: Context, options: never, args: readonly string[]) => Promise<number>;

/** Loads the module of a command only when the command is run: help must not wait for the SDK. */
type Load = () => Promise<{ readonly run: Run }>;

/** What a command line takes from the outside world. */
export type Surroundings = Omit<Context, "tool">;

/**
 * Parses the command line, runs the command and returns the exit code.
 * @param given what the command takes from the outside world; left out, it is this process
 */
export async function runCommandLine(argv: readonly string[], given?: Surroundings): Promise<number> {
  let exit: number = EXIT.done;
  const program = buildProgram(async (load, options, args) => {
    const [{ run }, context, { reportError }] = await Promise.all([load(), contextOf(given), import("./failure.ts")]);
    try {
      exit = await run(context, options as never, args);
    } catch (error) {
      exit = reportError(error, context, typeof options["format"] === "string" ? options["format"] : undefined);
    }
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

/** A wrong command line: its text is on stderr already, and a script that asked for a document gets one. */
async function misused(
  error: CommanderError,
  argv: readonly string[],
  given: Surroundings | undefined,
): Promise<number> {
  if (!/(^| )(--format[ =]|-f[ =]?)json( |$)/.test(argv.join(" "))) return EXIT.error;
  const [context, { reportError }] = await Promise.all([contextOf(given), import("./failure.ts")]);
  return reportError(usageError(error), context, "json");
}

function usageError({ code, message }: CommanderError): LockstepError {
  const name = code.replace(/^.*\./, "").replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const [first = "", ...more] = message.replace(/^error: /, "").split("\n");
  const sentence = first.charAt(0).toUpperCase() + first.slice(1);
  return new LockstepError(isCode(name) ? name : "invalid-argument", sentence, [...more, SEE_HELP].join(" "));
}

/** Name and version of this program, as written into snapshots and plans. */
function toolName(): string {
  return `lockstep ${version()}`;
}

function version(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

type Dispatch = (load: Load, options: Record<string, unknown>, args: readonly string[]) => Promise<void>;

/**
 * The command line as data: what help shows and what completion would offer.
 * @param streams where help and what is wrong with a command line go; left out, to this process's
 */
export function buildProgram(dispatch: Dispatch, streams: Pick<Context, "stdout" | "stderr"> = process): Command {
  const output = {
    writeOut: (text: string) => void streams.stdout.write(text),
    writeErr: (text: string) => void streams.stderr.write(text),
  };
  const program = new Command("lockstep")
    .configureOutput(output)
    .description("Keeps a warm-standby Genesys Cloud organisation in lockstep with its primary.")
    .version(version(), "-V, --version", "print the version")
    .helpOption(...HELP)
    .helpCommand(false)
    .exitOverride()
    .configureHelp({ helpWidth: 80, sortSubcommands: false })
    .showHelpAfterError(SEE_HELP)
    .addHelpText("after", EXIT_CODES);

  const add = (
    name: string,
    summary: string,
    formats: readonly string[],
    load: Load,
    examples: readonly string[],
  ): Command => {
    const command = new Command(name.split(" ")[0])
      .configureOutput(output)
      .description(summary)
      .summary(summary)
      .helpOption(...HELP)
      .exitOverride()
      .configureHelp({ helpWidth: 80 })
      .showHelpAfterError(SEE_HELP)
      .option("-c, --config <file>", "configuration file", "lockstep.yaml")
      .addOption(new Option("-f, --format <format>", "what stdout holds").choices(formats).default("text"))
      .addHelpText("after", `\nExamples:\n${examples.map((line) => `  $ ${line}`).join("\n")}\n`);
    for (const argument of name.split(" ").slice(1)) command.argument(argument);
    command.action(async () => dispatch(load, command.opts(), command.args));
    program.addCommand(command);
    return command;
  };

  add(
    "demo",
    "the whole story on two simulated organisations, no account needed",
    TEXT_JSON,
    () => import("./commands/demo.ts"),
    ["lockstep demo", "lockstep demo --seed 7"],
  )
    .option("--seed <n>", "other names, sizes and drift", wholeNumber, 1)
    .option("--keep <dir>", "keep the snapshots and the plan in this directory");
  add("init", "write a commented lockstep.yaml", TEXT_JSON, () => import("./commands/init.ts"), ["lockstep init"])
    .option("--primary <region>", "region of the primary, or the origin of an API")
    .option("--standby <region>", "region of the standby, or the origin of an API");
  add(
    "doctor",
    "check logins, permissions, rate budget, clocks and directories",
    TEXT_JSON,
    () => import("./commands/doctor.ts"),
    ["lockstep doctor"],
  );
  add("snapshot <org>", "read an organisation into a directory", TEXT_JSON, () => import("./commands/snapshot.ts"), [
    "lockstep snapshot primary -o snapshots/primary",
    "lockstep snapshot primary --repository -o organisation",
  ])
    .option("-o, --output <dir>", "directory to write; default: the one in the configuration")
    .option("--allow-incomplete", "mark what cannot be read instead of failing")
    .option("--repository", "write a directory that organisations can be provisioned from");
  add(
    "validate <dir>",
    "check a snapshot: schemas, digests, references",
    TEXT_JSON,
    () => import("./commands/validate.ts"),
    ["lockstep validate snapshots/primary"],
  );
  addSides(
    add(
      "diff",
      "show how the standby differs from what it should be",
      DIFF_FORMATS,
      () => import("./commands/diff.ts"),
      [
        "lockstep diff",
        "lockstep diff --from snapshots/primary --to snapshots/standby",
        "lockstep diff --format markdown",
      ],
    ),
  ).addOption(repeatable("--report <format=file>", "also write a report to a file (repeatable)"));
  addSides(
    add("plan", "turn drift into ordered operations, in a file", TEXT_JSON, () => import("./commands/plan.ts"), [
      "lockstep plan -o plan.json",
      "lockstep plan --stack primary -o primary.json",
    ]),
  )
    .option("-o, --output <file>", "plan file to write (required)")
    .addOption(
      new Option("--stack <stack>", "standby, or the primary from the repository").choices(SIDES).default("standby"),
    )
    .option("--prune", "also delete what the primary does not have")
    .hook("preAction", requires("output", "-o, --output <file>"));
  add("apply <plan>", "apply a plan to the standby", TEXT_JSON, () => import("./commands/apply.ts"), [
    "lockstep apply plan.json",
    "lockstep apply plan.json --allow max-updates",
  ]).addOption(repeatable("--allow <guard>", "let the plan through this guard (repeatable)"));
  addSides(
    add("sync", "plan and apply in one go", TEXT_JSON, () => import("./commands/sync.ts"), ["lockstep sync --yes"]),
  )
    .option("-y, --yes", "do not ask")
    .option("--prune", "also delete what the primary does not have")
    .addOption(repeatable("--allow <guard>", "let the plan through this guard (repeatable)"));
  add("up", "preview and update a Pulumi stack", TEXT_JSON, () => import("./commands/up.ts"), [
    "lockstep up --stack standby --preview",
    "lockstep up --stack standby --yes",
  ])
    .addOption(new Option("--stack <stack>", "which (required)").choices([...SIDES, "dns"]))
    .option("--cwd <dir>", "directory of Pulumi.yaml; default: here, or the package's")
    .option("--preview", "only show what would be done")
    .option("-y, --yes", "do not ask")
    .option("--prune", "also delete what the source does not have")
    .option("--skip-checkpoints", "store the stack's state only at the end")
    .addOption(repeatable("--allow <guard>", "let the update through this guard (repeatable)"))
    .hook("preAction", requires("stack", "--stack <stack>"));
  add(
    "kinds",
    "list the kinds of objects and what is left out of each",
    TEXT_JSON,
    () => import("./commands/kinds.ts"),
    ["lockstep kinds", "lockstep kinds --format json"],
  );
  add("simulate", "serve simulated organisations on HTTP", TEXT_JSON, () => import("./commands/simulate.ts"), [
    "lockstep simulate --port 8080",
  ])
    .option("--port <n>", "port on the loopback interface; 0 takes a free one", portNumber, 0)
    .option("--seed <n>", "other names, sizes and drift", wholeNumber, 1)
    .addOption(new Option("--size <size>", "how large the contact centre is").choices(["S", "M", "L"]).default("S"))
    .addOption(repeatable("--org <name=content>", "an organisation: empty or seed (repeatable)"));
  return program;
}

const HELP = ["-h, --help", "show help"] as const;
const TEXT_JSON = ["text", "json"] as const;
const DIFF_FORMATS = ["text", "json", "markdown"] as const;

const SEE_HELP = "Run it with --help to see what it takes.";

const EXIT_CODES = `
Exit codes: 0 done or no difference, 1 error, 2 differences,
3 stopped by a guard, 4 partly applied, 130 interrupted.
`;

function addSides(command: Command): Command {
  return command
    .option("--from <dir>", "snapshot of the primary instead of the primary itself")
    .option("--to <dir>", "snapshot of the standby instead of the standby itself");
}

function repeatable(flags: string, description: string): Option {
  return new Option(flags, description).argParser(collect).default([], "none");
}

function collect(value: string, before: string[]): string[] {
  return [...before, value];
}

function wholeNumber(value: string): number {
  if (/^\d{1,9}$/.test(value)) return Number(value);
  throw new InvalidArgumentError("It is not a whole number.");
}

function portNumber(value: string): number {
  const port = wholeNumber(value);
  if (port <= 65_535) return port;
  throw new InvalidArgumentError("Ports go from 0 to 65535.");
}

/** Commander's own check of required options comes before that of unknown ones, and so would hide a typing error. */
function requires(name: string, flags: string): (command: Command) => void {
  return (command) => {
    if (command.opts()[name] !== undefined) return;
    const code = "commander.missingMandatoryOptionValue";
    command.error(`error: required option '${flags}' not specified`, { code });
  };
}
