import type { Access, Clock, OrgConnection, Random } from "../../model/ports.ts";
import type { Redactor } from "../../model/redactor.ts";
import type { GenesysCounts } from "./counts.ts";
import type { Transport } from "./transport.ts";

/** One HTTP request that was sent; for progress and logs. Holds no secret. */
export interface SentRequest {
  /** The kind it was counted under; `login` for logins. */
  readonly kind: string;
  /** The operation's template, or `login`, `download`, `upload`. */
  readonly what: string;
  /** 0 when no answer came. */
  readonly status: number;
  /** 1 for the first try. */
  readonly attempt: number;
  readonly correlationId: string | undefined;
}

/** What `connect` takes. */
export interface ConnectOptions {
  /** A region's key or host; or else `baseUrl`, any http(s) origin with or without a path prefix. */
  readonly region?: string | undefined;
  readonly baseUrl?: string | undefined;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The organisation that the configuration says this is. */
  readonly orgId?: string | undefined;
  /** The organisation that earlier work, such as a plan, was made for. */
  readonly pinnedOrgId?: string | undefined;
  /** Anything but `write` reads only. */
  readonly access: Access;
  readonly clock: Clock;
  readonly random: Random;
  /** Aborting it ends waits and requests under way; everything then fails with `interrupted`. */
  readonly signal?: AbortSignal | undefined;
  /** Answers in place of the network, logins included. */
  readonly transport?: Transport | undefined;
  /** Requests at a time; by default five for each token in use (genesys-api §10 advises no more, as a matter of taste). */
  readonly concurrency?: number | undefined;
  /** How many tokens may be used side by side, each with a rate limit of its own; a further one only when those before it are spent. */
  readonly tokens?: number | undefined;
  /** How long one request may take. */
  readonly timeoutMs?: number | undefined;
  /** Knows secrets that no message may show; by default one that learns those of the login only. */
  readonly redactor?: Redactor | undefined;
  /** Milliseconds after which a request without a usable answer, and with it all others, is given up; see {@link OutageWatch}. */
  readonly giveUpAfterMs?: number | undefined;
  readonly onRequest?: ((sent: SentRequest) => void) | undefined;
}

/** A connection to one organisation. What it may do cannot be changed any more. */
export interface GenesysClient extends OrgConnection {
  readonly access: Access;
  counts(): GenesysCounts;
  /**
   * Asks the organisation again who it is.
   * @throws LockstepError `org-mismatch` when it is another one than at first or than the options name
   */
  assertOrg(): Promise<void>;
}
