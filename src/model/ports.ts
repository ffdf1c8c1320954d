import type { Api, RequestCounts } from "./api.ts";
import type { DnsRecord, HealthCheck } from "./dns.ts";
import type { Side } from "./side.ts";

/** Port: time in milliseconds. A virtual clock lets hours of rate limit pass in no time. */
export interface Clock {
  now(): number;
  /** Resolves after so many milliseconds; rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Port: numbers in [0, 1) for jitter. */
export type Random = () => number;

/** Port: files below one place. Paths are absolute or relative to the working directory. */
export interface Files {
  /** The text of a file, or undefined when there is no such file. @throws LockstepError `file-unreadable` */
  read(path: string): Promise<string | undefined>;
  /** Replaces one file in one step: readers see the old text or the new. @throws LockstepError `file-unwritable` */
  write(path: string, text: string): Promise<void>;
  /**
   * Creates a file in one step that nobody but its owner may read; one that is there stays as it is.
   * @returns the text of the file then
   * @throws LockstepError `file-unwritable`, `file-unreadable`
   */
  createPrivate(path: string, text: string): Promise<string>;
  /** May anybody but its owner read or change the file? False where there is none, and where the system has no such modes. */
  isOpenToOthers(path: string): Promise<boolean>;
  /** Adds a line and has it on disk before it returns. @throws LockstepError `file-unwritable` */
  append(path: string, line: string): Promise<void>;
  /** Replaces a whole directory in one step by these files (relative path → text). @throws LockstepError `file-unwritable` */
  replaceDirectory(path: string, files: ReadonlyMap<string, string>): Promise<void>;
  /**
   * Fails early when {@link Files.replaceDirectory} would refuse or could not write: it replaces only what has this form.
   * @throws LockstepError `not-a-snapshot`, `file-unwritable`
   */
  assertReplaceable(path: string, form: DirectoryForm): Promise<void>;
  /** Relative paths of all files below a directory, sorted; undefined when it does not exist. */
  list(path: string): Promise<string[] | undefined>;
  /** Fails early when nothing could be written there. @throws LockstepError `file-unwritable` */
  assertWritable(path: string): Promise<void>;
  /**
   * What {@link Files.write} would replace, whatever its encoding: the text of an ordinary file. Undefined where there is none, and for
   * devices and pipes, which keep nothing.
   * @throws LockstepError `file-unwritable` for a directory, `file-unreadable`
   */
  replaceable(path: string): Promise<string | undefined>;
}

/** What a directory that lockstep writes holds. */
export type DirectoryForm = "snapshot" | "repository";

/** What long work tells while it runs; shown on stderr in the way that fits the terminal. */
export type Progress =
  | { readonly event: "sweep-start"; readonly org: string; readonly kinds: number }
  | {
      readonly event: "listed";
      readonly org: string;
      readonly kind: string;
      readonly objects: number;
      readonly details: number;
    }
  | { readonly event: "detail"; readonly org: string; readonly kind: string }
  | { readonly event: "kind-done"; readonly org: string; readonly kind: string; readonly kept: number }
  | { readonly event: "sweep-done"; readonly org: string; readonly objects: number }
  | { readonly event: "sweep-failed"; readonly org: string }
  | {
      readonly event: "operation";
      readonly id: string;
      readonly coordinate: string;
      readonly action: string;
      readonly outcome: "started" | "done" | "failed" | "skipped" | "resumed";
      readonly left: number;
    }
  | { readonly event: "note"; readonly message: string };

/** Port: where progress goes. */
export type Sink = (progress: Progress) => void;

/** Port: where progress of work goes that sends requests through a connection, or through another process. */
export type ProgressOf = (requests?: RequestMeter) => Sink;

/** What progress tells of requests. */
export interface RequestMeter {
  counts(): Pick<RequestCounts, "total">;
  /** The rate limit over all tokens in use; undefined as long as no answer has named it. */
  budget(): RateBudget | undefined;
}

/** The rate limit as the organisation last told it (genesys-api §10). */
export interface RateBudget {
  readonly allowed: number;
  readonly used: number;
  readonly resetSeconds: number;
}

/** May a connection change its organisation? Decided when it is opened, for good. */
export type Access = "read-only" | "write";

/** Who an organisation says it is. */
export interface OrgIdentity {
  readonly id: string;
  readonly name: string;
  readonly thirdPartyName?: string;
  readonly domain?: string;
}

/** Port: one organisation that is logged in to. */
export interface OrgConnection extends Api, RequestMeter {
  readonly org: OrgIdentity;
  /** The region's host, or the base URL. */
  readonly region: string;
  counts(): RequestCounts;
  /** How far the servers' clock is ahead of ours, to about a second; undefined when answers carry no date. */
  clockSkewMs(): number | undefined;
  /** Gives up idle connections. */
  close(): void;
}

/** Another way to log in than the configuration's. */
export interface LoginOptions {
  /** Instead of the login in `lockstep.yaml`, by reference. */
  readonly login?: { readonly clientId: string; readonly clientSecret: string } | undefined;
  /** The organisation that it has to be besides what `lockstep.yaml` says. */
  readonly orgId?: string | undefined;
  /** Milliseconds without a usable answer after which nothing more is tried; hours of patience unless given. */
  readonly giveUpAfterMs?: number | undefined;
  /** Aborted when this connection alone is to end, as when the organisation that is read beside it has failed. */
  readonly signal?: AbortSignal | undefined;
  /** It works although the run is being stopped: for tidying up, with little patience. */
  readonly afterStop?: boolean | undefined;
}

/**
 * Port: logs in to one of the organisations of the configuration and asks it who it is. Read-only unless asked otherwise.
 * @throws LockstepError `login-failed`, `no-network`, `org-mismatch`, `secret-missing` …
 */
export type Connect = (side: Side, access: Access, options?: LoginOptions) => Promise<OrgConnection>;

/** Port: the secret behind a reference, `env:NAME` or `file:PATH`. @throws LockstepError `secret-missing` … */
export type ReadSecret = (reference: string) => Promise<string>;

/** Who works on an organisation. */
export interface LockHolder {
  /** What others are told: a command, or the URN of a provider. */
  readonly name: string;
  /** Processes of this name share the lock: the engine starts several for one provider. */
  readonly shared: boolean;
}

/** This process, for those who work on the same organisation from another machine. */
export interface Worker {
  /** Who and where, for people. */
  readonly name: string;
  /** Tells it from every other process, also on other machines. */
  readonly run: string;
}

/** A lock that is held. */
export interface HeldLock {
  release(): Promise<void>;
}

/** Port: keeps others from writing the same organisation at the same time. @throws LockstepError `org-in-use` */
export type LockOrg = (orgId: string, holder: LockHolder) => Promise<HeldLock>;

/** Port: what Route 53 holds, read only. Names are in lower case and without a dot at the end. */
export interface NameService {
  /** Ids of the public zones with a name. @throws LockstepError `dns-unreadable` */
  zones(name: string): Promise<readonly string[]>;
  /** Every record of a name in a zone, of all types. @throws LockstepError `dns-unreadable` */
  records(zoneId: string, name: string): Promise<readonly DnsRecord[]>;
  /** A health check with what it measures now; undefined when there is none. @throws LockstepError `dns-unreadable` */
  healthCheck(id: string): Promise<HealthCheck | undefined>;
}
