import type { App } from "../model/app.ts";
import type { ErrorCode } from "../model/catalogue/codes.ts";
import { ApiError, LockstepError } from "../model/error.ts";
import type { LoginOptions, OrgConnection } from "../model/ports.ts";
import type { Snapshot } from "../model/snapshot.ts";
import type { Side } from "../model/side.ts";
import { besideConfig } from "../model/workspace.ts";
import { sweep } from "../exporters/sweep.ts";
import { KINDS } from "../kinds/index.ts";
import { REPOSITORY_ORG } from "../snapshot/repository-directory.ts";
import { loadRepository, loadSnapshot } from "../snapshot/snapshot-directory.ts";

/** One organisation's configuration and where it came from. */
export interface LoadedSide {
  readonly snapshot: Snapshot;
  /** When it was read from its organisation, ISO 8601; empty where nothing says so. */
  readonly takenAt: string;
  /** Set when a saved snapshot replaces an organisation that cannot be reached. */
  readonly standIn?: string;
}

/**
 * Reads a snapshot directory, or a repository: what that says counts as read now.
 * @throws LockstepError `not-a-snapshot`, `snapshot-damaged`, `snapshot-normaliser` …
 */
export async function readDirectory(
  { files, clock }: Pick<App, "files" | "clock">,
  directory: string,
): Promise<LoadedSide> {
  const { snapshot, takenAt } = await loadSnapshot(files, directory, KINDS);
  const isRepository = snapshot.org.id === REPOSITORY_ORG;
  return { snapshot, takenAt: isRepository ? new Date(clock.now()).toISOString() : takenAt };
}

/**
 * Reads a repository, which has the form of a snapshot. It was taken at no time: it says what should be.
 * @throws LockstepError `not-a-repository`, `repository-malformed`, `repository-invalid` …
 */
export async function readRepository({ files }: Pick<App, "files">, directory: string): Promise<LoadedSide> {
  return { snapshot: await loadRepository(files, directory, KINDS), takenAt: "" };
}

/**
 * Reads a whole organisation. The connection stays open.
 * @param directory where its last snapshot lies: one of the same organisation saves requests
 * @param allowIncomplete mark what cannot be read instead of failing
 * @throws LockstepError `permission-missing`, `incomplete-list`, `object-vanished` and those of the connection
 */
export async function sweepSide(
  app: App,
  connection: OrgConnection,
  directory: string,
  allowIncomplete = false,
): Promise<LoadedSide> {
  const snapshot = await sweep({
    api: connection,
    org: connection.org,
    region: connection.region,
    kinds: KINDS,
    members: app.workspace.config.include.members,
    allowIncomplete,
    sink: app.progress(connection),
    previous: await previousSnapshot(app, directory, connection.org.id),
  });
  return { snapshot, takenAt: new Date(app.clock.now()).toISOString() };
}

async function previousSnapshot({ files }: App, directory: string, orgId: string): Promise<Snapshot | undefined> {
  try {
    const { snapshot } = await loadSnapshot(files, directory, KINDS);
    return snapshot.org.id === orgId ? snapshot : undefined;
  } catch (error) {
    // A missing, damaged or older snapshot only costs requests here: everything is read again.
    if (error instanceof LockstepError) return undefined;
    throw error;
  }
}

/**
 * Reads one side: from a directory when one is named, otherwise from the organisation itself.
 * @param directory absolute path of a snapshot
 * @param signal aborted when the reading is to end
 * @throws LockstepError of the login, of reading, or of the directory
 */
export async function readSide(app: App, side: Side, directory?: string, signal?: AbortSignal): Promise<LoadedSide> {
  return directory === undefined ? readOrg(app, side, { signal }) : readDirectory(app, directory);
}

async function readOrg(app: App, side: Side, options?: LoginOptions): Promise<LoadedSide> {
  const connection = await app.connect(side, "read-only", options);
  try {
    return await sweepSide(app, connection, snapshotDirectory(app, side));
  } finally {
    connection.close();
  }
}

/** Where the snapshots of an organisation lie unless told otherwise. */
export function snapshotDirectory({ workspace }: Pick<App, "workspace">, side: Side): string {
  return besideConfig(workspace, workspace.config.snapshots[side]);
}

/**
 * Reads the primary: as it is, or as its last good snapshot says while it gives no usable answer, whatever shape that takes.
 * Without such a snapshot it is waited for as long as for any organisation.
 * @param directory absolute path of a snapshot, which nothing replaces
 * @param signal aborted when the reading is to end
 * @throws LockstepError of the login, of reading, or of the directory
 */
export async function readPrimary(app: App, directory?: string, signal?: AbortSignal): Promise<LoadedSide> {
  if (directory !== undefined) return readDirectory(app, directory);
  const { config } = app.workspace;
  const saved = snapshotDirectory(app, "primary");
  if ((await app.files.list(saved)) === undefined) return readOrg(app, "primary", { signal });
  try {
    return await readOrg(app, "primary", { giveUpAfterMs: config.outage.afterSeconds * 1000, signal });
  } catch (error) {
    if (!(error instanceof LockstepError) || error.code === "interrupted") throw error;
    if (!isOutage(error)) throw withFrom(error, config.snapshots.primary);
    return insteadOfPrimary(app, saved, error);
  }
}

/** Codes of errors that say that an organisation, or what lies before it, is not well. */
const OUTAGES: ReadonlySet<string> = new Set([
  "no-network",
  "timed-out",
  "certificate-refused",
  "server-error",
  "unusable-answer",
  "org-unreadable",
] satisfies ErrorCode[]);

/** A login counts only where it was not refused: credentials that are wrong are nothing to wait for. */
function isOutage(error: LockstepError): boolean {
  return OUTAGES.has(error.code) || (error instanceof ApiError && error.status === 0);
}

async function insteadOfPrimary(app: App, directory: string, error: LockstepError): Promise<LoadedSide> {
  const loaded = await readDirectory(app, directory).catch(() => undefined);
  const { orgId } = app.workspace.config.orgs.primary;
  if (loaded === undefined || (orgId !== undefined && loaded.snapshot.org.id !== orgId)) throw error;
  const standIn = `the primary cannot be reached (${error.code}); its snapshot of ${loaded.takenAt} is used instead`;
  return { ...loaded, standIn };
}

/** The error with the way around it. */
function withFrom(error: LockstepError, directory: string): LockstepError {
  return error.reworded({ hint: `${error.hint} Or use its last snapshot: --from ${directory}.`.trim() });
}
