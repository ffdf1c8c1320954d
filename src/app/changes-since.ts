import type { App } from "../model/app.ts";
import type { AuditChanges } from "../model/audit-changes.ts";
import type { Config } from "../model/config.ts";
import type { OrgConnection, Sink } from "../model/ports.ts";
import { readChanges } from "../exporters/read-changes.ts";
import { KINDS } from "../kinds/index.ts";
import type { KeptSnapshot } from "./kept-snapshots.ts";

const MINUTE_MS = 60_000;

const DAY_MS = 24 * 60 * MINUTE_MS;

/** The time by the clock of an organisation, in ISO 8601; undefined where its answers carry no date. */
export function timeThere({ clock }: Pick<App, "clock">, connection: OrgConnection): string | undefined {
  const skewMs = connection.clockSkewMs();
  return skewMs === undefined ? undefined : new Date(clock.now() + skewMs).toISOString();
}

/** How the audit log is asked. */
interface Asking {
  /** The time there. */
  readonly now: string | undefined;
  readonly sink: Sink;
  /** Instead of what the configuration says. */
  readonly audit?: Config["read"]["audit"] | undefined;
}

/**
 * Asks the audit log what changed since an organisation was last read completely.
 * @param kept what is known of it
 * @returns undefined when everything is to be read: the log is not to be used or tells nothing, the last full reading is too long
 *   ago, or what is kept does not say when it was read, has gaps, or is by another version of lockstep
 */
export async function changesSince(
  app: Pick<App, "workspace" | "tool">,
  connection: OrgConnection,
  kept: KeptSnapshot | undefined,
  { now, sink, audit }: Asking,
): Promise<AuditChanges | undefined> {
  const configured = app.workspace.config.read;
  const settings = { ...configured, audit: audit ?? configured.audit };
  const kinds = [...KINDS.values()].filter(({ name }) => mayUse(settings, name));
  if (kinds.length === 0 || kept === undefined || now === undefined) return undefined;
  if (!kept.snapshot.complete || kept.manifest.tool !== app.tool) return undefined;
  const since = startOf(settings, kept, Date.parse(now));
  if (since === undefined) return undefined;
  const { name } = connection.org;
  // The clock of the log may be ahead of that of the answers; that an interval may end later than now is unverified.
  const until = Date.parse(now) + settings.auditDelayMinutes * MINUTE_MS;
  const interval = { since: inSeconds(since, Math.floor), until: inSeconds(until, Math.ceil) };
  const unusable = (reason: string): void =>
    sink({ event: "note", message: `${name}: what the audit log covers is read as well (${reason})` });
  return readChanges(connection, kinds, interval, unusable);
}

function mayUse({ audit }: Config["read"], kind: string): boolean {
  if (audit === "off") return false;
  return audit === "auto" || audit.includes(kind);
}

/** From when on the log is searched, in milliseconds; undefined when a full reading is due. */
function startOf(
  { auditDelayMinutes, fullEveryDays }: Config["read"],
  kept: KeptSnapshot,
  now: number,
): number | undefined {
  const [fullAt, completeAt] = [Date.parse(kept.fullAt ?? ""), Date.parse(kept.completeAt ?? "")];
  // Times that are missing or in the future are none to rely on.
  if (!(fullAt <= completeAt && completeAt <= now) || now - fullAt >= fullEveryDays * DAY_MS) return undefined;
  return completeAt - auditDelayMinutes * MINUTE_MS;
}

function inSeconds(ms: number, round: (seconds: number) => number): string {
  return new Date(round(ms / 1000) * 1000).toISOString();
}
