import type { LogEntry } from "./simulated.ts";

/** What an apply cost, from the simulator's log. */
export interface AppliedCost {
  readonly writes: number;
  /** Requests about the lock of the standby, reads included; they are in no other figure. */
  readonly lock: number;
  /** Writes by what they do, such as `PUT /api/v2/routing/queues/*`. */
  readonly writesBy: ReadonlyMap<string, number>;
  readonly readsBefore: Reads;
  readonly readsAfter: Reads;
  /** Reads between the first and the last write, such as polls of jobs. */
  readonly readsBetween: Reads;
}

/** Reads of one stretch of time. */
export interface Reads {
  readonly requests: number;
  /** The most often that one object, or one part of it, was read; pages of lists and polls of jobs do not count here. */
  readonly mostOfOne: number;
  readonly by: ReadonlyMap<string, number>;
}

/** POSTs that read: one job exports one flow (genesys-api §8.1), and a query of the audit log changes nothing (§14.2). */
const READING_POSTS: ReadonlySet<string> = new Set(["/api/v2/flows/export/jobs", "/api/v2/audits/query/realtime"]);

const ID = /[0-9a-f]{8}-[0-9a-f-]{27}/;

/** A state that is asked for until a job has ended. */
const POLL = /\/jobs\/[^/]+$/;

/** Sorts the requests of an apply into writes and what was read before, between and after them. */
export function appliedCost(all: readonly LogEntry[]): AppliedCost {
  const lock = lockRequests(all);
  const log = all.filter((entry) => !lock.has(entry));
  const writes = log.filter(isWrite);
  const first = writes.at(0)?.n ?? Infinity;
  const last = writes.at(-1)?.n ?? Infinity;
  const reads = log.filter((entry) => !isWrite(entry));
  return {
    writes: writes.length,
    lock: lock.size,
    writesBy: countBy(writes, shapeOf),
    readsBefore: readsOf(reads.filter(({ n }) => n < first)),
    readsBetween: readsOf(reads.filter(({ n }) => n > first && n < last)),
    readsAfter: readsOf(reads.filter(({ n }) => n > last)),
  };
}

const TABLES = "/api/v2/flows/datatables";

/** The search for the table, its creation before the first request about its rows, and what is about its rows. */
function lockRequests(log: readonly LogEntry[]): Set<LogEntry> {
  const rows = log
    .find(({ path }) => path.startsWith(TABLES) && path.endsWith("/rows/lock"))
    ?.path.slice(0, -"/lock".length);
  const first = log.findIndex(({ path }) => rows !== undefined && path.startsWith(rows));
  return new Set(
    log.filter(({ method, path, query }, at) => {
      const isSearch = path === TABLES && query.includes("name=lockstep");
      const isCreation = method === "POST" && path === TABLES && at < first;
      return isSearch || isCreation || (rows !== undefined && path.startsWith(rows));
    }),
  );
}

function isWrite({ method, path }: LogEntry): boolean {
  return method !== "GET" && method !== "HEAD" && !READING_POSTS.has(path);
}

function readsOf(reads: readonly LogEntry[]): Reads {
  const objects = reads.filter(({ method, path }) => method === "GET" && ID.test(path) && !POLL.test(path));
  const often = countBy(objects, ({ path, query }) => `${path} ${new URLSearchParams(query).get("pageNumber") ?? ""}`);
  return { requests: reads.length, mostOfOne: Math.max(0, ...often.values()), by: countBy(reads, shapeOf) };
}

function shapeOf({ method, path }: LogEntry): string {
  return `${method} ${path.replaceAll(new RegExp(ID, "g"), "*")}`;
}

function countBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return new Map([...counts].sort((a, b) => b[1] - a[1]));
}
