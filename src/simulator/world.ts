import type { Json, JsonObject } from "./json.ts";

/** Where the simulator takes the time from; milliseconds since the epoch. */
export interface SimulatorClock {
  now(): number;
}

/** One stored object: `data` as the API shows it (references as ids), `hidden` what no answer carries. */
export interface Entry {
  readonly id: string;
  data: JsonObject;
  hidden: JsonObject;
}

/** Something that becomes true later: found by its due time, never by a timer. */
export interface Pending {
  due: number;
  task: string;
  args: JsonObject;
}

/** What one organisation holds. Plain data only, so that saving and restoring it is exact. */
export interface OrgState {
  collections: Map<string, Map<string, Entry>>;
  pending: Pending[];
  sequence: number;
  /** The audit log, oldest first, and how many messages were ever written. */
  audits: AuditRecord[];
  audited: number;
}

/** Entries of one collection that something got hold of, each with what it was then. */
export interface Sight {
  readonly name: string;
  readonly entries: readonly Entry[];
  readonly data: readonly (JsonObject | undefined)[];
  readonly hidden: readonly (JsonObject | undefined)[];
  /** They were stored or removed, not only looked at. */
  readonly touched: boolean;
}

/** What was looked at, stored and removed while something ran, in that order. */
export interface Watch {
  readonly sights: Sight[];
}

/** One message of the audit log, as far as it is not the same for all messages. */
export interface AuditRecord {
  /** Its number in the organisation: the id follows from it. */
  readonly n: number;
  /** When it happened, to the second. */
  readonly at: number;
  /** From when on queries find it. */
  readonly visibleAt: number;
  /** The same for all messages of one request. */
  readonly transaction: number;
  /** The OAuth client whose doing it was, "" for what the platform did by itself. */
  readonly clientId: string;
  /** What happened to which entity. */
  readonly told: JsonObject;
}

/** One OAuth client of an organisation, as the start line gives it to users of the simulator. */
export interface Login {
  readonly id: string;
  readonly secret: string;
}

/** An organisation: its fixed identity and its replaceable state. */
export interface Org {
  readonly name: string;
  readonly id: string;
  readonly client: Login;
  readonly admin: Login;
  readonly homeDivisionId: string;
  state: OrgState;
  /** There while something runs whose changes go into the audit log. */
  watch: Watch | undefined;
}

/** One access token and its rate window. */
export interface Token {
  readonly text: string;
  readonly org: string;
  readonly clientId: string;
  readonly issuedAt: number;
  readonly validSeconds: number;
  windowStart: number;
  windowCount: number;
}

/** A fault to inject; see faults.ts for the actions. */
export interface Fault {
  org?: string;
  method?: string;
  path?: string;
  after: number;
  times: number;
  action: string;
  /** What the action `answer` answers instead of the platform. */
  answer?: { status: number; contentType: string; body: string; carriedOut: boolean };
  seen: number;
}

/** A property whose value the platform keeps, or sets, whatever an update says. */
export interface Keep {
  org?: string;
  kind: string;
  property: string;
  /** `omitted`: when the body leaves it out or has null; `empty`: also for an empty text, list or object; `always`: whatever is sent. */
  when: "omitted" | "empty" | "always";
  /** The value that it gets; without one it stays as it is. */
  value?: Json;
}

/** Messages that the audit log never gets: what fits is lost `times` times after it fitted `after` times. */
export interface Loss {
  org?: string;
  service?: string;
  entityType?: string;
  action?: string;
  after: number;
  times: number;
  seen: number;
}

/** What the control interface can change while the simulator runs. */
export interface Settings {
  ratePerMinute: number;
  tokenSeconds: number;
  shuffleSeed: number;
  jobMs: number;
  /** How long reads do not see a new object yet (genesys-api §1.7). */
  lagMs: number;
  /** API paths of objects that their list leaves out although they are there, as a search index does that is behind (genesys-api §1.7). */
  unlisted: string[];
  faults: Fault[];
  keeps: Keep[];
  /** How long queries do not see a new message of the audit log yet. */
  auditDelayMs: number;
  /** What the organisation does not audit: services, or entity types as `Service/EntityType`. */
  auditMissing: string[];
  auditLosses: Loss[];
  /** Connections to notification channels: taken, refused and those there are ended, or taken and never a word said. */
  sockets: "open" | "refuse" | "silent";
}

/** A notification channel of one OAuth client. It is no configuration: saving and restoring leave it as it is. */
export interface Channel {
  readonly id: string;
  readonly org: string;
  readonly clientId: string;
  readonly token: string;
  readonly sockets: Set<{ hear(text: string): void; end(): void }>;
  topics: Set<string>;
  expires: number;
  usedAt: number;
}

/** One line of the request log. */
export interface LogLine {
  n: number;
  org: string | null;
  client: string | null;
  method: string;
  path: string;
  query: string;
  status: number;
}

/** Everything the simulator knows. */
export interface World {
  readonly seed: string;
  readonly clock: SimulatorClock;
  readonly orgs: Map<string, Org>;
  readonly tokens: Map<string, Token>;
  readonly saves: Map<string, Map<string, OrgState>>;
  readonly channels: Map<string, Channel>;
  channelsMade: number;
  settings: Settings;
  log: LogLine[];
  /** False while the organisations are filled: nothing of that goes into the audit logs. */
  auditing: boolean;
  requests: number;
  logins: number;
}

/** A request as it reaches the core; `url` is path and query, the body is text or bytes. */
export interface SimulatorRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body?: string | Uint8Array | undefined;
}

/** An answer; `fault` tells the transport to misbehave instead of, or before, sending it. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly fault?: { readonly kind: "reset" | "hang" } | { readonly kind: "slow"; readonly ms: number };
}

/** What a resource's code returns: a status and, mostly, a JSON value. */
export interface Reply {
  readonly status: number;
  readonly json?: Json;
  readonly raw?: { readonly type: string; readonly body: string | Uint8Array };
  readonly headers?: Readonly<Record<string, string>>;
}
