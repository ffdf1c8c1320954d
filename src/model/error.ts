import type { Code, ErrorCode, GuardCode } from "./catalogue/codes.ts";
import { isGuard } from "./guard.ts";

/** Exit codes of the command line (INTERFACES, "General"). */
export const EXIT = { done: 0, error: 1, differs: 2, guard: 3, partial: 4, interrupted: 130 } as const;

/** What an error is about: every part that applies is shown to the user. */
export interface ErrorPlace {
  /** The object, as `kind/key`. */
  coordinate?: string | undefined;
  /** The file it was read from. */
  file?: string | undefined;
  /** An RFC 6901 pointer or a line inside the file or object. */
  path?: string | undefined;
}

/** An expected failure: has a stable code, says what it is about and what to do next. Everything else is a defect. */
export class LockstepError extends Error {
  readonly code: Code;
  readonly hint: string;
  readonly place: ErrorPlace;

  /**
   * @param code one of the catalogue, `docs/errors.md`
   * @param message what was found and, where it helps, what was expected; starts with a capital letter, ends without a full
   *   stop, and never holds a secret
   * @param hint what to do next, in whole sentences
   */
  constructor(code: Code, message: string, hint: string, place: ErrorPlace = {}) {
    super(message);
    this.name = "LockstepError";
    this.code = code;
    this.hint = hint;
    this.place = place;
  }

  /** The exit code of a command that ends with this error: follows from its code alone. */
  get exit(): number {
    if (this.code === "interrupted") return EXIT.interrupted;
    return isGuard(this.code) ? EXIT.guard : EXIT.error;
  }

  /** The same error with a part of it said in other words, for somebody who knows more about its circumstances. */
  reworded({ message = this.message, hint = this.hint, place = {} }: Rewording): LockstepError {
    return new LockstepError(this.code, message, hint, { ...this.place, ...place });
  }
}

/** What {@link LockstepError.reworded} replaces; parts of the place are added to those that are known. */
interface Rewording {
  readonly message?: string;
  readonly hint?: string;
  readonly place?: ErrorPlace;
}

/** A guard that stopped a command, for a person to decide. Its hint tells the reason and how to look into it. */
export class GuardError extends LockstepError {
  constructor(guard: GuardCode, message: string, hint: string, place: ErrorPlace = {}) {
    super(guard, message, hint, place);
    this.name = "GuardError";
  }
}

/** What came back from a call that failed. */
export interface Refused {
  /** HTTP status; 0 means that no answer came. */
  readonly status: number;
  /** `code` of the error body, such as `not.found` (genesys-api §1.6). */
  readonly apiCode: string;
  /** What it means here. */
  readonly code: ErrorCode;
}

/** A call that Genesys Cloud refused, or that got no answer. */
export class ApiError extends LockstepError {
  readonly refused: Refused;

  constructor(refused: Refused, message: string, hint: string, place: ErrorPlace = {}) {
    super(refused.code, message, hint, place);
    this.name = "ApiError";
    this.refused = refused;
  }

  get status(): number {
    return this.refused.status;
  }

  get apiCode(): string {
    return this.refused.apiCode;
  }

  override reworded({ message = this.message, hint = this.hint, place = {} }: Rewording): ApiError {
    return new ApiError(this.refused, message, hint, { ...this.place, ...place });
  }
}

/** Anything unexpected, as an error that can be shown. @param details of it, such as its stack, for those who asked for them */
export function defectOf(error: unknown, details = ""): LockstepError {
  const message = error instanceof Error ? error.message : String(error);
  return new LockstepError(
    "internal-error",
    `This is a defect in lockstep: ${message}${details}`,
    "Please report it with what you did. LOCKSTEP_DEBUG=1 shows the details.",
  );
}
