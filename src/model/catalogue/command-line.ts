import type { Entry } from "./entry.ts";

/** The command line itself, and files that it reads and writes. */
export const COMMAND_LINE = {
  "unknown-command": { meaning: "There is no such command.", action: "Run `lockstep --help` to see the commands." },
  "unknown-option": { meaning: "The command has no such option.", action: "Run the command with `--help`." },
  "missing-argument": { meaning: "A required argument is missing.", action: "Run the command with `--help`." },
  "excess-arguments": {
    meaning: "There are more arguments than the command takes.",
    action: "Run the command with `--help`.",
  },
  "option-missing-argument": {
    meaning: "An option needs a value and has none.",
    action: "Run the command with `--help`.",
  },
  "missing-mandatory-option-value": {
    meaning: "A required option is missing.",
    action: "Run the command with `--help`.",
  },
  "invalid-argument": {
    meaning: "The value of an argument or option is not valid.",
    action: "Run the command with `--help`.",
  },
  "unknown-guard": {
    meaning: "`--allow` or `lockstep:allow` names a guard that does not exist or that cannot be allowed.",
    action: "Use the name of a guard that can be allowed, as listed above.",
  },
  "nothing-selected": {
    meaning: "`--only` and `--kind` leave nothing that is read from an organisation.",
    action: "Name objects of the kinds that `--kind` names, and kinds that are not derived from others.",
  },
  "unknown-org": {
    meaning: "The command was given an organisation other than `primary` or `standby`.",
    action: "Use one of the two.",
  },
  "invalid-report": {
    meaning: "`--report` is not FORMAT=FILE.",
    action: "Write it like `--report markdown=drift.md`.",
  },
  "unknown-object": {
    meaning: "Neither organisation has the object that the command was given.",
    action: "Write it as KIND/NAME, such as `queue/Billing`; `lockstep kinds` lists the kinds.",
  },
  "report-missing": {
    meaning: "There is no such report or plan file.",
    action: "Save a report with `lockstep diff --report json=FILE`, or a plan with `lockstep plan -o FILE`.",
  },
  "report-malformed": {
    meaning: "The file is neither a whole report nor a plan.",
    action: "Write it again; a file that was cut off cannot be read.",
  },
  "report-newer": {
    meaning: "The report was written by a newer version of lockstep.",
    action: "Install that version or a newer one.",
  },
  "invalid-org": {
    meaning: "`--org` of `lockstep simulate` is not NAME=empty or NAME=seed.",
    action: "Write it like `--org primary=seed`.",
  },
  "output-missing": {
    meaning: "A repository needs a directory of its own to be written to.",
    action: "Name a new directory with `-o DIR`.",
  },
  "port-unavailable": {
    meaning: "The port is in use or may not be opened.",
    action: "Choose another port, or `--port 0` for any free one.",
  },
  "stack-not-narrowed": {
    meaning: "`--only` or `--kind` was given to `lockstep up`, which always updates a whole stack.",
    action: "Leave them out, or narrow `lockstep sync`, or `lockstep plan` and `apply`.",
  },
  "prune-primary": {
    meaning: "`--prune` was given for the primary, where lockstep never deletes anything.",
    action: "Leave out `--prune`.",
  },
  "not-confirmed": {
    meaning: "The question before the change was not answered with yes.",
    action: "Answer y on a terminal, or use `--yes`.",
  },
  "file-unreadable": { meaning: "A file or directory cannot be read.", action: "Check the path and its permissions." },
  "not-utf8": {
    meaning: "A file is not encoded in UTF-8, so that its names and texts cannot be read.",
    action: "Save the file as UTF-8.",
  },
  "would-overwrite": {
    meaning: "A file that lockstep did not write would be overwritten.",
    action: "Choose another file or an empty directory.",
  },
  "file-unwritable": {
    meaning: "A file or directory cannot be written.",
    action: "Check the path, its permissions and the free space.",
  },
  interrupted: {
    meaning: "The command was stopped by Ctrl-C, SIGTERM or Pulumi before it was finished.",
    action: "Run the same command again. What was written is in the journal and is not repeated.",
  },
  "internal-error": {
    meaning: "A defect in lockstep.",
    action: "Report it with what you did. `LOCKSTEP_DEBUG=1` shows the details.",
  },
} as const satisfies { readonly [code: string]: Entry };
