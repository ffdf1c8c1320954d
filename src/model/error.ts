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
  readonly code: string;
  readonly hint: string;
  readonly place: ErrorPlace;
  readonly exit: number;

  /**
   * @param code stable, lower-case, hyphenated
   * @param message what happened; never holds a secret
   * @param hint what to do next
   */
  constructor(code: string, message: string, hint: string, place: ErrorPlace = {}, exit: number = EXIT.error) {
    super(message);
    this.name = "LockstepError";
    this.code = code;
    this.hint = hint;
    this.place = place;
    this.exit = exit;
  }
}

/** A guard that stopped a command; `--allow <guard>` lets it through where the guard can be overridden. */
export class GuardError extends LockstepError {
  constructor(guard: string, message: string, hint: string, place: ErrorPlace = {}) {
    super(guard, message, hint, place, EXIT.guard);
    this.name = "GuardError";
  }
}

/** A call that Genesys Cloud refused; `status` 0 means that no answer came. */
export class ApiError extends LockstepError {
  readonly status: number;
  /** `code` of the error body, such as `not.found` (genesys-api §1.6). */
  readonly apiCode: string;

  constructor(status: number, apiCode: string, code: string, message: string, hint: string, place: ErrorPlace = {}) {
    super(code, message, hint, place);
    this.name = "ApiError";
    this.status = status;
    this.apiCode = apiCode;
  }
}
