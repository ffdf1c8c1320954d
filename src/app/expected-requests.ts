import type { Kind, Part } from "../model/kind.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { plural } from "../report/plain.ts";

/** Who the organisation is, and what the client may see of it. */
const IDENTITY = 2;

/** What saves requests: nothing, revisions, or the audit log besides. */
type Saving = "nothing" | "revisions" | "audit";

/**
 * About how many requests reading an organisation takes, by what an earlier reading counted. Pages of parts are not known, so each
 * part counts once.
 */
export function expectedRequests(
  kinds: ReadonlyMap<string, Kind>,
  counts: Snapshot["counts"],
  saving: Saving = "nothing",
): number {
  const read = [...kinds.values()].filter(({ name }) => counts[name] !== undefined);
  const objects = read.reduce((sum, kind) => sum + pagesOf(kind, counts) + detailsOf(kind, counts, saving), 0);
  const services = read.flatMap(({ read }) => (read?.parts ?? []).flatMap(({ audited }) => audited?.service ?? []));
  return IDENTITY + objects + (saving === "audit" ? new Set(services).size + 1 : 0);
}

function pagesOf({ name, read }: Kind, counts: Snapshot["counts"]): number {
  const listed = counts[name]?.listed ?? 0;
  return (read?.lists ?? []).reduce((sum, { size = 25, per }) => {
    const least = per === undefined ? 1 : (counts[per.kind]?.listed ?? 0);
    return sum + Math.max(least, Math.ceil(listed / size));
  }, 0);
}

function detailsOf({ name, read }: Kind, counts: Snapshot["counts"], saving: Saving): number {
  const isSaved = ({ revision, audited }: Part): boolean =>
    saving !== "nothing" && (revision !== undefined || (saving === "audit" && audited !== undefined));
  const each = (read?.parts ?? []).reduce((sum, part) => sum + (isSaved(part) ? 0 : (part.requests ?? 1)), 0);
  return each * (counts[name]?.kept ?? 0);
}

/** What is known before an organisation is read. */
export interface ExpectedReading {
  readonly org: string;
  /** Requests of a reading that starts from nothing. */
  readonly full: number;
  /** Requests of this one, and what it starts from; undefined when it starts from nothing. */
  readonly since?: { readonly requests: number; readonly takenAt: string } | undefined;
  /** What one token may send in a minute; undefined where no answer has told. */
  readonly perMinute: number | undefined;
  /** The most tokens that may be used. */
  readonly tokens: number;
}

/** What people are told before an organisation is read: how many requests that takes, and how long they last within the rate limit. */
export function expectedLine({ org, full, since, perMinute, tokens }: ExpectedReading): string {
  const used = perMinute === undefined ? 1 : Math.min(tokens, Math.max(1, Math.ceil(full / perMinute)));
  const time =
    perMinute === undefined
      ? ""
      : `: ${duration((60 * full) / (perMinute * used))} at ${perMinute} a minute with ${plural(used, "token")}`;
  const only = since === undefined ? "" : `; since ${minuteOf(since.takenAt)} only ${grouped(since.requests)}`;
  return `${org}: needs about ${grouped(full)} requests${time}${only}`;
}

function duration(seconds: number): string {
  return seconds < 100 ? `${Math.ceil(seconds)} s` : `${Math.round(seconds / 60)} min`;
}

function grouped(count: number): string {
  return count.toLocaleString("en-US");
}

/** `2026-11-30T09:12:45.000Z` as `2026-11-30 09:12 UTC`. */
function minuteOf(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
}
