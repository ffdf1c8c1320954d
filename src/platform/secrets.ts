import { resolve } from "node:path";
import { LockstepError } from "../model/error.ts";
import type { Files } from "../model/ports.ts";

const LINE_END = /\r?\n$/;

/** Environment variables by name. */
export interface Environment {
  readonly [name: string]: string | undefined;
}

/**
 * The secret behind a reference of `lockstep.yaml`. The end of the line is left out that editors add to files, and CI systems to
 * variables.
 * @param reference `env:NAME` or `file:PATH`
 * @param directory what a relative path starts from: the directory of the configuration file
 * @throws LockstepError `secret-missing` when there is none or it is empty; `secret-reference` when the reference has
 * another form; `file-unreadable`. No message shows the secret, or a text that could be one.
 */
export async function resolveSecret(
  reference: string,
  env: Environment,
  files: Pick<Files, "read">,
  directory = ".",
): Promise<string> {
  if (reference.startsWith("env:")) {
    const name = reference.slice("env:".length);
    const value = Object.hasOwn(env, name) ? env[name]?.replace(LINE_END, "") : undefined;
    if (value === undefined || value === "")
      throw missing(
        `The environment variable ${name} is not set`,
        `Set ${name}, for example with \`export ${name}=…\`.`,
      );
    return value;
  }
  if (reference.startsWith("file:")) {
    const path = resolve(directory, reference.slice("file:".length));
    const text = (await files.read(path))?.replace(LINE_END, "");
    if (text === undefined || text === "")
      throw missing(`No secret was found in the file ${path}`, `Write it to ${path}.`, path);
    return text;
  }
  throw new LockstepError(
    "secret-reference",
    "A secret is not referred to as `env:NAME` or `file:PATH`",
    "Write the name of an environment variable or a file, never the secret itself.",
  );
}

function missing(message: string, hint: string, file?: string): LockstepError {
  return new LockstepError("secret-missing", message, hint, { file });
}
