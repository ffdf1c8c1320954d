/** One HTTP request as it leaves this process. */
export interface WireRequest {
  readonly method: string;
  /** Absolute, with its query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
}

/** One HTTP answer, whatever its status. */
export interface WireAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** What came, before it was read as text; the text in UTF-8 where this is missing. */
  readonly bytes?: Uint8Array;
}

/**
 * Sends a request and waits for its answer.
 * @throws WireFailure when no whole answer came
 */
export type Wire = (request: WireRequest) => Promise<WireAnswer>;

/**
 * Why no answer came. `unreached`: the request was certainly not processed; `untrusted`: the host's certificate was
 * refused, nothing was sent; `not-tls`: the port does not speak TLS, nothing was sent; `broken` and `timed-out`: it may have been processed; `aborted`: the caller gave up.
 */
export type FailureKind = "unreached" | "untrusted" | "not-tls" | "broken" | "timed-out" | "aborted";

/** No whole answer came. Built from a code only: what axios throws carries the Authorization header (genesys-api §9.1). */
export class WireFailure extends Error {
  readonly kind: FailureKind;
  /** The system's name for it, such as ECONNRESET. */
  readonly system: string;

  constructor(kind: FailureKind, system: string) {
    super(`${kind}: ${system}`);
    this.name = "WireFailure";
    this.kind = kind;
    this.system = system;
  }
}

const unreached: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EAI_FAIL",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENETDOWN",
]);
const timedOut: ReadonlySet<string> = new Set(["ECONNABORTED", "ETIMEDOUT", "ESOCKETTIMEDOUT"]);
const untrusted = /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|EPROTO|ERR_SSL/;
/** What OpenSSL says of an answer that is no TLS record at all; Node 20 has one name for it, later ones another. */
const notTls: ReadonlySet<string> = new Set([
  "EPROTO",
  "ERR_SSL_WRONG_VERSION_NUMBER",
  "ERR_SSL_PACKET_LENGTH_TOO_LONG",
]);

/** The failure that an error of Node or axios stands for; nothing of the error itself is kept but its code. */
export function failureFrom(error: unknown): WireFailure {
  if (error instanceof WireFailure) return error;
  const system = codeOf(error);
  if (system === "ERR_CANCELED") return new WireFailure("aborted", system);
  if (unreached.has(system)) return new WireFailure("unreached", system);
  if (notTls.has(system)) return new WireFailure("not-tls", system);
  if (timedOut.has(system)) return new WireFailure("timed-out", system);
  return new WireFailure(untrusted.test(system) ? "untrusted" : "broken", system);
}

function codeOf(error: unknown): string {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return typeof code === "string" && /^[A-Z0-9_]{1,60}$/.test(code) ? code : "UNKNOWN";
}
