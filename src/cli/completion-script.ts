/** A command as completion sees it: everything that may follow its name. */
export interface CompletedCommand {
  readonly name: string;
  /** Its flags, without their values. */
  readonly flags: readonly string[];
  /** Values of the flags that take one of a few: flag → values. */
  readonly choices: ReadonlyMap<string, readonly string[]>;
}

/** A shell that completion is written for. */
export type Shell = "bash" | "zsh";

/**
 * A script that completes commands, flags and the values of flags; where none of these fit, the names of files. It asks
 * nobody, so that it answers at once. The names are those of this program: nothing in them needs quoting.
 */
export function completionScript(shell: Shell, commands: readonly CompletedCommand[]): string {
  const lines = [
    `# Completion of lockstep for ${shell}: eval "$(lockstep completion ${shell})"`,
    ...(shell === "zsh" ? ["autoload -U +X bashcompinit && bashcompinit"] : []),
    "_lockstep() {",
    '  local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" words=""',
    '  if [ "$COMP_CWORD" -eq 1 ]; then',
    `    words="${commands.map(({ name }) => name).join(" ")}"`,
    "  else",
    '    case "${COMP_WORDS[1]} $before" in',
    ...commands.flatMap(caseOf).map((line) => `      ${line}`),
    "    esac",
    "  fi",
    '  COMPREPLY=($(compgen -W "$words" -- "$word"))',
    "}",
    "complete -o default -F _lockstep lockstep",
  ];
  return lines.join("\n") + "\n";
}

function caseOf({ name, flags, choices }: CompletedCommand): string[] {
  return [
    ...[...choices].map(([flag, values]) => `"${name} ${flag}") words="${values.join(" ")}" ;;`),
    `"${name} "*) words="${flags.join(" ")}" ;;`,
  ];
}
