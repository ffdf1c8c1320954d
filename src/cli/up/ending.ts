/** How a command of the engine ended. */
export interface Ending {
  /** What it wrote to its error stream. */
  readonly said: string;
  /** The system's code where it could not be started, such as `ENOENT`; the signal that ended it. */
  readonly system?: string;
  readonly signal?: string;
  /** Was it refused because another update holds the stack? */
  readonly isConcurrent: boolean;
}

/**
 * How the command ended that an error tells of. The Automation API wraps the error of the process, which has the facts, into
 * one that has their text: `CommandError.commandResult.err`.
 */
export function endingOf(error: unknown): Ending {
  const { code: system, signal, stderr } = partsOf(causeOf(error));
  const said = typeof stderr === "string" && stderr !== "" ? stderr : messageOf(causeOf(error));
  return {
    said: said.trim(),
    ...(typeof system === "string" ? { system } : {}),
    ...(typeof signal === "string" ? { signal } : {}),
    isConcurrent: error instanceof Error && error.name === "ConcurrentUpdateError",
  };
}

function causeOf(error: unknown): unknown {
  const inner = partsOf(partsOf(error)["commandResult"])["err"];
  return inner === undefined ? error : causeOf(inner);
}

function partsOf(value: unknown): { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
