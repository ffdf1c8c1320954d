import type { DnsRecord, HealthCheck } from "./dns.ts";

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
  /** Adds a line and has it on disk before it returns. @throws LockstepError `file-unwritable` */
  append(path: string, line: string): Promise<void>;
  /** Replaces a whole directory in one step by these files (relative path → text). @throws LockstepError `file-unwritable` */
  replaceDirectory(path: string, files: ReadonlyMap<string, string>): Promise<void>;
  /** Relative paths of all files below a directory, sorted; undefined when it does not exist. */
  list(path: string): Promise<string[] | undefined>;
  /** Fails early when nothing could be written there. @throws LockstepError `file-unwritable` */
  assertWritable(path: string): Promise<void>;
}

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

/** Port: what Route 53 holds, read only. Names are in lower case and without a dot at the end. */
export interface NameService {
  /** Ids of the public zones with a name. @throws LockstepError `dns-unreadable` */
  zones(name: string): Promise<readonly string[]>;
  /** Every record of a name in a zone, of all types. @throws LockstepError `dns-unreadable` */
  records(zoneId: string, name: string): Promise<readonly DnsRecord[]>;
  /** A health check with what it measures now; undefined when there is none. @throws LockstepError `dns-unreadable` */
  healthCheck(id: string): Promise<HealthCheck | undefined>;
}
