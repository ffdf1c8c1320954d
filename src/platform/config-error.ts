import { LockstepError } from "../model/error.ts";

/** One thing that is wrong with a configuration file. No part of it ever holds a secret. */
export interface ConfigProblem {
  readonly code: "config-invalid-yaml" | "config-unknown-key" | "config-invalid";
  /** Pointer to the place; empty for the whole file. */
  readonly path: string;
  readonly line: number;
  readonly expected: string;
  readonly found: string;
  readonly hint: string;
}

/** A configuration file that cannot be used; says everything that is wrong with it. Its code is that of the first problem. */
export class ConfigError extends LockstepError {
  readonly problems: readonly ConfigProblem[];

  constructor(file: string, first: ConfigProblem, problems: readonly ConfigProblem[]) {
    const hint = problems.length === 1 && first.hint !== "" ? first.hint : `Correct ${file} and run the command again.`;
    super(first.code, messageOf(file, problems), hint, { file, path: first.path });
    this.name = "ConfigError";
    this.problems = problems;
  }
}

/** The error for a list of problems, in the order of the file. */
export function configError(file: string, problems: readonly ConfigProblem[]): ConfigError {
  const sorted = [...problems].sort((a, b) => a.line - b.line);
  const [first] = sorted;
  if (first === undefined) throw new Error("a configuration error needs a problem");
  return new ConfigError(file, first, sorted);
}

function messageOf(file: string, problems: readonly ConfigProblem[]): string {
  const lines = problems.map(({ line, path, expected, found, hint }) => {
    const place = path === "" ? `${file}:${String(line)}` : `${file}:${String(line)} ${path}`;
    return `${place}: expected ${expected}, found ${found}${hint === "" ? "" : `. ${hint.replace(/\.$/, "")}`}`;
  });
  return lines.length === 1 ? lines.join("") : [`${String(lines.length)} problems`, ...lines].join("\n  ");
}
