import type { Api } from "../model/api.ts";
import type { AuditChanges, AuditEntry } from "../model/audit-changes.ts";
import { LockstepError } from "../model/error.ts";
import type { Audited, Kind } from "../model/kind.ts";
import { settleAll } from "../model/settle-all.ts";
import { readAudit, readAuditServices, type AuditServices } from "../canonical/read-audit.ts";
import { runSteps } from "../canonical/run-steps.ts";

/** A time, in ISO 8601. */
export interface Interval {
  readonly since: string;
  readonly until: string;
}

/** What the requests to the audit log are counted under. */
const COUNTED_AS = "audit";

/**
 * Asks the audit log what changed in an organisation. It only saves requests: what it cannot tell for certain is read as if it
 * had not been asked.
 * @param kinds whose pieces it is asked about
 * @param unusable told why nothing, or nothing of a service, can be relied on
 * @returns undefined when it tells nothing at all
 * @throws LockstepError `interrupted`
 */
export async function readChanges(
  api: Api,
  kinds: readonly Kind[],
  { since, until }: Interval,
  unusable: (reason: string) => void,
): Promise<AuditChanges | undefined> {
  const audited = kinds.flatMap((kind) => (kind.read?.parts ?? []).flatMap((part) => part.audited ?? []));
  const services = await usable(runSteps(api, COUNTED_AS, readAuditServices()), unusable);
  if (services === undefined) return undefined;
  const asked = new Set(audited.flatMap((each) => (covers(services, each) ? [each.service.toLowerCase()] : [])));
  const interval = `${since}/${until}`;
  const told = await settleAll(
    [...asked].map(async (service) => {
      const name = services.get(service)?.name ?? service;
      const entries = await usable(runSteps(api, COUNTED_AS, readAudit(name, interval)), unusable);
      return [service, entries] as const;
    }),
  );
  const entries = new Map(told.flatMap(([service, found]) => (found === undefined ? [] : [[service, found] as const])));
  return entries.size === 0
    ? undefined
    : { since, entriesFor: entriesFor(services, entries), authorsOf: authorsIn(entries) };
}

function authorsIn(entries: ReadonlyMap<string, readonly AuditEntry[]>): AuditChanges["authorsOf"] {
  const authors = new Map<string, Set<string>>();
  for (const { ids, by } of [...entries.values()].flat()) {
    if (by === "") continue;
    for (const id of ids) authors.set(id, (authors.get(id) ?? new Set()).add(by));
  }
  return (id) => [...(authors.get(id) ?? [])];
}

function entriesFor(
  services: AuditServices,
  entries: ReadonlyMap<string, readonly AuditEntry[]>,
): AuditChanges["entriesFor"] {
  return (audited) => (covers(services, audited) ? entries.get(audited.service.toLowerCase()) : undefined);
}

/** Does the organisation audit a piece, by its own list? */
function covers(services: AuditServices, { service, entities }: Audited): boolean {
  const types = services.get(service.toLowerCase())?.types;
  return types !== undefined && entities.every((entity) => types.has(entity.toLowerCase()));
}

async function usable<Value>(asking: Promise<Value>, unusable: (reason: string) => void): Promise<Value | undefined> {
  try {
    return await asking;
  } catch (error) {
    if (!(error instanceof LockstepError) || error.code === "interrupted") throw error;
    unusable(error.message);
    return undefined;
  }
}
