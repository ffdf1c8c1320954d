import { ownOf } from "../json.ts";
import { publishAudit, publishChanges } from "../notifications/publish.ts";
import type { AuditRecord, Loss, Org, World } from "../world.ts";
import { tellings } from "./tellings.ts";
import type { Told } from "./told.ts";
import type { Change } from "./watch.ts";
import { watched } from "./watch.ts";

const dayMs = 86_400_000;
/** How long the log keeps a message (genesys-api §14.2), and how many at most. */
const keptMs = 14 * dayMs;
const mostKept = 10_000;

/** True for what the organisation audits: neither the service nor the entity type was switched off. */
export function isAudited(world: World, service: string, entityType: string): boolean {
  const { auditMissing } = world.settings;
  return !auditMissing.includes(service) && !auditMissing.includes(`${service}/${entityType}`);
}

function fits(loss: Loss, org: Org, { service, entityType, action }: Told): boolean {
  const same = (wanted: string | undefined, value: string): boolean => wanted === undefined || wanted === value;
  return (
    same(loss.org, org.name) &&
    same(loss.service, service) &&
    same(loss.entityType, entityType) &&
    same(loss.action, action)
  );
}

/** Counts a message against every loss, as faults count requests; true when one of them takes it. */
function isLost(world: World, org: Org, told: Told): boolean {
  let lost = false;
  for (const loss of world.settings.auditLosses) {
    if (!fits(loss, org, told)) continue;
    loss.seen += 1;
    lost ||= loss.seen > loss.after && loss.seen <= loss.after + loss.times;
  }
  return lost;
}

/** Who did it: the OAuth client, or nobody for what the platform does by itself. */
interface Actor {
  readonly clientId: string;
}

function kept(audits: readonly AuditRecord[], now: number): AuditRecord[] {
  const start = audits.findIndex(({ at }) => at >= now - keptMs);
  return start < 0 ? [] : audits.slice(Math.max(start, audits.length - mostKept));
}

function write(org: Org, world: World, by: Actor, changes: readonly Change[]): void {
  const now = world.clock.now();
  const at = Math.floor(now / 1000) * 1000;
  const transaction = org.state.audited;
  publishChanges(org, world, changes);
  for (const told of changes.flatMap((change) => ownOf(tellings, change.kind)?.(change, org) ?? [])) {
    org.state.audited += 1;
    if (!isAudited(world, told.service, told.entityType) || isLost(world, org, told)) continue;
    const { system = false, ...what } = told;
    const record = {
      ...{ n: org.state.audited, at, transaction, told: { ...what } },
      visibleAt: now + world.settings.auditDelayMs,
      clientId: system ? "" : by.clientId,
    };
    org.state.audits.push(record);
    publishAudit(org, world, record);
  }
  const oldest = org.state.audits[0];
  if (oldest && (oldest.at < now - keptMs || org.state.audits.length > mostKept * 1.1))
    org.state.audits = kept(org.state.audits, now);
}

/** Runs something and writes what it changed in the organisation into the audit log. */
export function audited<T>(org: Org, world: World, by: Actor, run: () => T): T {
  return world.auditing ? watched(org, run, (changes) => write(org, world, by, changes)) : run();
}

/** The messages that a query can find, oldest first. */
export function visible(org: Org, world: World): AuditRecord[] {
  const now = world.clock.now();
  return org.state.audits.filter(({ at, visibleAt }) => visibleAt <= now && at >= now - keptMs);
}
