import type { App } from "../model/app.ts";
import { ApiError, LockstepError } from "../model/error.ts";
import type { OrgConnection } from "../model/ports.ts";
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
 * @throws LockstepError of the login, of reading, or of the directory
 */
export async function readSide(app: App, side: Side, directory?: string): Promise<LoadedSide> {
  if (directory !== undefined) return readDirectory(app, directory);
  const connection = await app.connect(side, "read-only");
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
 * Reads the primary for a plan: as it is, or as its last good snapshot says while it cannot be reached.
 * @param directory absolute path of a snapshot, which nothing replaces
 * @throws LockstepError of the login, of reading, or of the directory
 */
export async function readPrimary(app: App, directory?: string): Promise<LoadedSide> {
  try {
    return await readSide(app, "primary", directory);
  } catch (error) {
    if (directory !== undefined || !isUnreachable(error)) throw error;
    const saved = snapshotDirectory(app, "primary");
    if ((await app.files.list(saved)) === undefined) throw error;
    const loaded = await readDirectory(app, saved);
    return { ...loaded, standIn: `the primary cannot be reached; its snapshot of ${loaded.takenAt} is used instead` };
  }
}

function isUnreachable(error: unknown): boolean {
  if (error instanceof ApiError) return error.status === 0 || error.status >= 500;
  return error instanceof LockstepError && error.code === "no-network";
}
