import {
  Command,
  InvalidArgumentError,
  Option,
  type CommandUnknownOpts,
  type OptionValues,
} from "@commander-js/extra-typings";
import { ALLOWABLE_GUARDS } from "../model/guard.ts";
import type { Context } from "./context.ts";

/** Runs the work of a command. @param format of stdout, which also says how an error is told */
export type Dispatch = (format: string, work: (context: Context) => Promise<number>) => Promise<void>;

/** Makes the command for a program. */
export type BuildCommand = (dispatch: Dispatch) => CommandUnknownOpts;

/** What help shows of a command. */
interface CommandFacts<Format extends string> {
  readonly name: string;
  readonly summary: string;
  readonly formats: readonly Format[];
  readonly examples: readonly string[];
}

/** What to do about a wrong command line. */
export const SEE_HELP = "Run it with --help to see its options.";

/** Formats of most commands. */
export const TEXT_JSON = ["text", "json"] as const;

type BaseCommand<Format extends string> = ReturnType<typeof baseCommand<Format>>;

function baseCommand<Format extends string>(name: string, formats: readonly Format[]) {
  return new Command(name)
    .option("-c, --config <file>", "configuration file", "lockstep.yaml")
    .addOption(new Option("-f, --format <format>", "what stdout holds").choices(formats).default("text"));
}

/**
 * Declares a command. Nothing is built, and nothing loaded, before a program asks for it.
 * @param flags adds its arguments and flags: the types of what `run` gets follow from them
 * @param run the work: it loads what it needs when it is called, because help must not wait for the SDK. Gives the exit code
 */
export function defineCommand<
  const Format extends string,
  Args extends unknown[],
  Options extends OptionValues & { readonly format: string },
>(
  { name, summary, formats, examples }: CommandFacts<Format>,
  flags: (command: BaseCommand<Format>) => Command<Args, Options>,
  run: (context: Context, options: Options, ...args: Args) => Promise<number>,
): BuildCommand {
  return (dispatch) => {
    const command = flags(baseCommand(name, formats))
      .description(summary)
      .summary(summary)
      .addHelpText("after", `\nExamples:\n${examples.map((line) => `  $ ${line}`).join("\n")}\n`);
    const needed = command.options.filter(({ mandatory }) => mandatory);
    // Commander's own check of required options comes before that of unknown ones, and so would hide a typing error.
    for (const option of needed) option.mandatory = false;
    return command.action(() => {
      const options = command.opts();
      const missing = needed.find((option) => options[option.attributeName()] === undefined);
      if (missing !== undefined) {
        const code = "commander.missingMandatoryOptionValue";
        command.error(`error: required option '${missing.flags}' not specified`, { code });
      }
      return dispatch(options.format, (context) => run(context, options, ...command.processedArgs));
    });
  };
}

/** The snapshot that stands for the primary. */
export function fromOption() {
  return new Option("--from <dir>", "snapshot of the primary instead of the primary itself");
}

/** The snapshot that stands for the standby. */
export function toOption() {
  return new Option("--to <dir>", "snapshot of the standby instead of the standby itself");
}

/** Reads everything, whatever earlier readings left. */
export function freshOption() {
  return new Option("--fresh", "read everything again, whatever earlier runs left");
}

/** Everything of a report, however long. */
export function fullOption() {
  return new Option("--full", "every edit and every text in full").default(false);
}

/** Only how much differs. */
export function statOption() {
  return new Option("--stat", "only how many edits each object has").default(false);
}

/** Further reports, in files. */
export function reportOption() {
  return repeatable("--report <format=file>", "also write a report to a file (repeatable)");
}

/** Formats of commands that show a report. */
export const REPORT_FORMATS = ["text", "json", "markdown", "html", "sarif", "junit", "github"] as const;

/** Narrows a command to objects. */
export function onlyOption() {
  return repeatable("--only <object>", "only this object, kind/name or a glob (repeatable)");
}

/** Narrows a command to kinds. */
export function kindOption() {
  return repeatable("--kind <kind>", "only objects of this kind (repeatable)");
}

/** A flag that may be given several times. */
export function repeatable<const Flags extends string>(flags: Flags, description: string) {
  const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];
  return new Option(flags, description).argParser(collect).default([], "none");
}

/** The guards that a run may pass. Help and completion list them; `allowedGuards` refuses others, with the nearest. */
export function allowOption(what: "plan" | "update") {
  const option = repeatable("--allow <guard>", `let the ${what} through this guard (repeatable)`);
  option.argChoices = [...ALLOWABLE_GUARDS];
  return option;
}

/** Reads a count. @throws InvalidArgumentError */
export function wholeNumber(value: string): number {
  if (/^\d{1,9}$/.test(value)) return Number(value);
  throw new InvalidArgumentError("It is not a whole number.");
}
