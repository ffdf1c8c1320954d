import { Argument, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { EXIT } from "../../model/error.ts";
import { defineCommand, type BuildCommand } from "../command.ts";
import type { CompletedCommand, Shell } from "../completion-script.ts";

const SHELLS: readonly Shell[] = ["bash", "zsh"];

/** @param program the program that is completed, with all of its commands */
export function completion(program: () => CommandUnknownOpts): BuildCommand {
  return defineCommand(
    {
      name: "completion",
      summary: "print a script that completes commands and flags",
      formats: ["text"],
      examples: ["lockstep completion bash", "lockstep completion zsh"],
    },
    (command) => command.addArgument(new Argument("<shell>").choices(SHELLS)),
    async (context, _options, shell) => {
      const { completionScript } = await import("../completion-script.ts");
      context.stdout.write(completionScript(shell, program().commands.map(completed)));
      return EXIT.done;
    },
  );
}

function completed(command: CommandUnknownOpts): CompletedCommand {
  const flags = command.options.flatMap(({ long, short, argChoices = [] }) =>
    [long, short].flatMap((flag) => (flag === undefined ? [] : [{ flag, values: argChoices }])),
  );
  return {
    name: command.name(),
    flags: ["--help", ...command.options.flatMap(({ long, hidden }) => (hidden || long === undefined ? [] : long))],
    choices: new Map(flags.flatMap(({ flag, values }) => (values.length === 0 ? [] : [[flag, values] as const]))),
  };
}
