import { LockstepError } from "../../model/error.ts";
import { errorsIn } from "../../model/error-parts.ts";
import type { StackFailure } from "../../report/stack-text.ts";
import { nameOf } from "./changes.ts";
import type { Ending } from "./ending.ts";
import { firstLines, isRepeating, meaningOf } from "./engine-text.ts";

/** A message of the engine about a resource, or about the program. */
export interface Diagnostic {
  readonly urn?: string | undefined;
  readonly severity: string;
  readonly message: string;
}

/** The oldest engine that imports and updates an object in one go under an id that is not its name. */
export const OLDEST_ENGINE = "3.252.0";

const GET_IT =
  "Install it (https://www.pulumi.com/docs/install), or let `npx pulumi version` download one and put its directory, ~/.pulumi/versions/VERSION/bin, on the PATH.";

/** The failures behind an error message of the engine: those that it carries as data, or what the text means. */
export function failuresOf(stack: string, { urn, message }: Diagnostic): StackFailure[] {
  const place = placeOf(urn);
  const carried = errorsIn(message);
  if (carried.length > 0) return carried.map((error) => carriedFailure(error, place));
  return [{ ...place, ...(meaningOf(stack, message) ?? unknown(stack, message)) }];
}

/** Errors of the engine, each once; what only repeats that something failed is left out. */
export function failuresIn(stack: string, diagnostics: readonly Diagnostic[]): StackFailure[] {
  const failures = diagnostics
    .filter(({ severity, message }) => severity === "error" && !isRepeating(message))
    .flatMap((diagnostic) => failuresOf(stack, diagnostic));
  return [...new Map(failures.map((failure) => [JSON.stringify(failure), failure])).values()];
}

/** The failure that a command of the engine ended with. */
export function endingFailure(stack: string, { said, system, signal, isConcurrent }: Ending): StackFailure {
  if (system === "ENOENT") {
    return {
      code: "pulumi-missing",
      message: "The Pulumi CLI is not installed, or not on the PATH",
      hint: `lockstep needs Pulumi ${OLDEST_ENGINE} or newer. ${GET_IT}`,
    };
  }
  if (signal !== undefined) {
    return {
      code: "engine-killed",
      message: `The Pulumi engine was ended by ${signal}`,
      hint: `Run \`pulumi cancel --stack ${stack}\`, then the same command again. Nothing is created twice.`,
    };
  }
  if (isConcurrent) {
    return {
      code: "stack-locked",
      message: "Another update holds the lock of the stack",
      hint: `Wait for it. If it was killed, run \`pulumi cancel --stack ${stack}\` and the same command again. Nothing is created twice.`,
    };
  }
  return failuresOf(stack, { severity: "error", message: said })[0] ?? unknown(stack, said);
}

/** The failure as the error that ends the command. */
export function stackError({ code, message, hint, ...place }: StackFailure): LockstepError {
  return new LockstepError(code, message, hint, place);
}

/** The error of ours that the program ended with. To the engine the program tells one line of it; see `runError`. */
export function refusalOf(failed: unknown): LockstepError | undefined {
  return failed instanceof Error && failed.cause instanceof LockstepError ? failed.cause : undefined;
}

type Place = Pick<StackFailure, "coordinate" | "file" | "path">;

function placeOf(urn: string | undefined): Place {
  if (urn === undefined || urn === "" || urn.includes("pulumi:pulumi:Stack::")) return {};
  return { coordinate: nameOf(urn).coordinate };
}

function carriedFailure({ code, message, hint, place }: LockstepError, about: Place): StackFailure {
  const known = Object.entries(place).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...Object.fromEntries(known), ...about, code, message, hint };
}

function unknown(stack: string, message: string): StackFailure {
  return {
    code: "engine-failed",
    message: firstLines(message.trim()),
    hint: `Run \`pulumi preview --stack ${stack} --diff\` for the details.`,
  };
}
