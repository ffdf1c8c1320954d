import type { Messenger } from "./message.ts";
import type { Clock, Connect, Files, LockOrg, NameService, ProgressOf, ReadSecret, Worker } from "./ports.ts";
import type { Placeholders } from "./placeholders.ts";
import type { Workspace } from "./workspace.ts";

/** lockstep on one configuration: what the use cases of `src/app` take from the outside world. */
export interface App {
  readonly workspace: Workspace;
  /** Name and version, such as `lockstep 0.1.0`, for snapshots and plans. */
  readonly tool: string;
  readonly files: Files;
  readonly clock: Clock;
  readonly connect: Connect;
  readonly lockOrg: LockOrg;
  readonly worker: Worker;
  readonly readSecret: ReadSecret;
  /**
   * What replaces secrets in everything that is written; undefined where the configuration keeps them.
   * @throws LockstepError `secret-missing`, `secrets-key-short` …
   */
  readonly placeholders: () => Promise<Placeholders | undefined>;
  /** Opens Route 53, only where the configuration has names there. */
  readonly nameService: () => Promise<NameService>;
  /** Delivers messages to those whom `notify` of the configuration names. */
  readonly messenger: () => Promise<Messenger>;
  readonly progress: ProgressOf;
}
