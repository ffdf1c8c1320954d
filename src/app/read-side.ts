import type { App } from "../model/app.ts";
import type { Config } from "../model/config.ts";
import type { Coordinate } from "../model/coordinate.ts";
import type { ErrorCode } from "../model/catalogue/codes.ts";
import { ApiError, LockstepError } from "../model/error.ts";
import type { Placeholders } from "../model/placeholders.ts";
import type { OrgConnection, OrgIdentity, Sink } from "../model/ports.ts";
import type { Snapshot } from "../model/snapshot.ts";
import type { Side } from "../model/side.ts";
import { besideConfig } from "../model/workspace.ts";
import type { SweepOptions } from "../exporters/options.ts";
import { sweep } from "../exporters/sweep.ts";
import { sweepNarrowed } from "../exporters/sweep-narrowed.ts";
import { baselineIds } from "../importers/baseline.ts";
import { KINDS } from "../kinds/index.ts";
import type { Narrowed } from "../pairing/narrowing.ts";
import { REPOSITORY_ORG } from "../snapshot/repository-directory.ts";
import { loadRepository, loadSnapshot } from "../snapshot/snapshot-directory.ts";
import type { SeenFiles } from "../snapshot/stored-files.ts";
import { expectedLine, expectedRequests } from "./expected-requests.ts";
import { changesSince, timeThere } from "./changes-since.ts";
import { withoutSavedSecrets } from "./without-secrets.ts";
import { cacheDirectory, keepReading, newestKept, type KeptSnapshot, type Reading } from "./kept-snapshots.ts";

/** One organisation's configuration and where it came from. */
export interface LoadedSide {
  readonly snapshot: Snapshot;
  /** When it was read from its organisation, ISO 8601; empty where nothing says so. */
  readonly takenAt: string;
  /** Set when a saved snapshot replaces an organisation that cannot be reached. */
  readonly standIn?: string;
}

type SavingApp = Pick<App, "files" | "clock" | "placeholders">;

/**
 * Reads a snapshot directory, or a repository: what that says counts as read now.
 * @param seen what directories hold that were read before for the same comparison
 * @throws LockstepError `not-a-snapshot`, `snapshot-damaged`, `snapshot-normaliser` …
 */
export async function readDirectory(app: SavingApp, directory: string, seen?: SeenFiles): Promise<LoadedSide> {
  const { files, clock } = app;
  const { snapshot: saved, takenAt } = await loadSnapshot(files, directory, KINDS, seen);
  const snapshot = await withoutSavedSecrets(app, saved);
  const isRepository = snapshot.org.id === REPOSITORY_ORG;
  return { snapshot, takenAt: isRepository ? new Date(clock.now()).toISOString() : takenAt };
}

/**
 * Reads a repository, which has the form of a snapshot. It was taken at no time: it says what should be.
 * @throws LockstepError `not-a-repository`, `repository-malformed`, `repository-invalid` …
 */
export async function readRepository(app: SavingApp, directory: string): Promise<LoadedSide> {
  return { snapshot: await withoutSavedSecrets(app, await loadRepository(app.files, directory, KINDS)), takenAt: "" };
}

/** How an organisation is read. */
export interface ReadOptions {
  /** Read everything, whatever was kept. */
  readonly fresh?: boolean | undefined;
  /** Mark what cannot be read instead of failing. */
  readonly allowIncomplete?: boolean | undefined;
  /** What is read; everything unless given, and where nothing is known of the organisation yet. */
  readonly narrowed?: Narrowed | undefined;
  /** Where a snapshot of it may lie, besides the usual places. */
  readonly beside?: string | undefined;
  /** Whether the audit log saves requests, instead of what the configuration says. */
  readonly audit?: Config["read"]["audit"] | undefined;
  /** What directories hold that are read for the same comparison. */
  readonly seen?: SeenFiles | undefined;
  /** Aborted when the reading is to end. */
  readonly signal?: AbortSignal | undefined;
  /** Called with what a saved side holds, before {@link ReadOptions.known}. */
  readonly judge?: ((side: LoadedSide) => void) | undefined;
  /** Called as soon as it is known which organisation this is; waited for before anything of it is read. */
  readonly known?: ((org: Pick<OrgIdentity, "id" | "name">) => Promise<void>) | undefined;
}

/** What was read of an organisation while a connection was open. */
export interface SweptSide extends LoadedSide {
  readonly reading: Reading;
  /** Who changed an object since the organisation was last read, as far as the audit log was asked. */
  readonly authorsOf: (coordinate: Coordinate) => readonly string[];
}

/**
 * Reads a whole organisation. The connection stays open. What was read last, by any command, saves requests; what is read now
 * is kept for the next reading.
 * @throws LockstepError `permission-missing`, `incomplete-list`, `object-vanished` and those of the connection
 */
export async function sweepSide(
  app: App,
  connection: OrgConnection,
  side: Side,
  { fresh, allowIncomplete, narrowed, beside, audit: use }: ReadOptions = {},
): Promise<SweptSide> {
  const startedAt = new Date(app.clock.now()).toISOString();
  const usual = snapshotDirectory(app, side);
  const { kept, known, options } = await sweepFrom(app, connection, side, { fresh, allowIncomplete, beside });
  const { sink, previous } = options;
  const isPart = narrowed !== undefined && previous !== undefined;
  const now = timeThere(app, connection);
  const changes = isPart ? undefined : await changesSince(app, connection, kept, { now, sink, audit: use });
  if (!isPart) tellExpected(app, { connection, side, kept, known }, sink, changes);
  const snapshot = isPart
    ? await sweepNarrowed({ ...options, previous }, narrowed)
    : await sweep({ ...options, changes });
  const takenAt = new Date(app.clock.now()).toISOString();
  // What was not read again is as old as it was.
  const { completeAt, fullAt } = isPart ? { ...kept } : { completeAt: now, fullAt: changes ? kept?.fullAt : now };
  const finishedAt = isPart ? (kept?.takenAt ?? "") : takenAt;
  const audit = changes && { since: changes.since };
  const reading = { snapshot, startedAt, finishedAt, completeAt, fullAt, audit, connection };
  // A snapshot that is about to be written to its usual place is kept there; one with gaps is nothing to start from.
  if (beside !== usual && snapshot.complete) await keepReading(app, reading, kept, sink);
  const authorsOf = (coordinate: Coordinate): readonly string[] => {
    const id = snapshot.ids.get(coordinate) ?? previous?.ids.get(coordinate);
    return id === undefined ? [] : (changes?.authorsOf(id) ?? []);
  };
  return { snapshot, takenAt, reading, authorsOf };
}

/** What is known of an organisation that is about to be read. */
interface About extends Pick<SweepFrom, "kept" | "known"> {
  readonly connection: OrgConnection;
  readonly side: Side;
}

/** Says how much there is to read, where an earlier reading counted it. */
function tellExpected(
  { workspace }: Pick<App, "workspace">,
  { connection, side, kept, known }: About,
  sink: Sink,
  changes: SweepOptions["changes"],
): void {
  if (known === undefined) return;
  const { counts } = known.snapshot;
  const since = kept && {
    requests: expectedRequests(KINDS, counts, changes === undefined ? "revisions" : "audit"),
    takenAt: kept.takenAt,
  };
  const { tokens } = workspace.config.orgs[side];
  const perMinute = connection.budget()?.allowed;
  const full = expectedRequests(KINDS, counts);
  sink({ event: "note", message: expectedLine({ org: connection.org.name, full, since, perMinute, tokens }) });
}

/** What was kept with secrets, or with placeholders of another key, cannot become a part of what is kept now. */
function usableWith(placeholders: Placeholders | undefined, kept: KeptSnapshot | undefined): KeptSnapshot | undefined {
  return kept?.snapshot.secretsKey === placeholders?.keyId ? kept : undefined;
}

/** What a reading starts from, and how it is done. */
interface SweepFrom {
  readonly kept: KeptSnapshot | undefined;
  /** What is known of it, also where nothing of that is to be used again. */
  readonly known: KeptSnapshot | undefined;
  readonly options: SweepOptions;
}

/** What is known of an organisation, and how it is read from there. */
export async function sweepFrom(
  app: App,
  connection: OrgConnection,
  side: Side,
  { fresh = false, allowIncomplete = false, beside }: Pick<ReadOptions, "fresh" | "allowIncomplete" | "beside"> = {},
): Promise<SweepFrom> {
  const { org, region } = connection;
  const sink = app.progress(connection);
  const unusable = (directory: string, code: string): void =>
    fresh
      ? undefined
      : sink({ event: "note", message: `${org.name}: ${directory} cannot be used (${code}) and is ignored` });
  const directories = [
    cacheDirectory(app, org.id),
    snapshotDirectory(app, side),
    ...(beside === undefined ? [] : [beside]),
  ];
  const placeholders = await app.placeholders();
  const known = await newestKept(app, directories, org.id, unusable);
  const kept = usableWith(placeholders, fresh ? undefined : known);
  const { include, read } = app.workspace.config;
  const { members } = include;
  const previous = kept?.snapshot;
  const written = await baselineIds(app.files, app.workspace.directory, org.id);
  const ids = [...(known?.snapshot.ids ?? []), ...written];
  const jobsAtOnce = read.exportJobs;
  const how = { kinds: KINDS, members, placeholders, allowIncomplete, jobsAtOnce, sink, known: ids };
  return { kept, known, options: { api: connection, org, region, previous, ...how } };
}

/**
 * Reads one side: from a directory when one is named, otherwise from the organisation itself.
 * @param directory absolute path of a snapshot
 * @throws LockstepError of the login, of reading, or of the directory
 */
export async function readSide(
  app: App,
  side: Side,
  directory?: string,
  options: ReadOptions = {},
): Promise<LoadedSide> {
  return directory === undefined ? readOrg(app, side, options) : readSaved(app, directory, options);
}

async function readSaved(app: App, directory: string, options: ReadOptions): Promise<LoadedSide> {
  return accepted(await readDirectory(app, directory, options.seen), options);
}

async function accepted(side: LoadedSide, { judge, known }: ReadOptions): Promise<LoadedSide> {
  judge?.(side);
  await known?.(side.snapshot.org);
  return side;
}

async function readOrg(app: App, side: Side, options: ReadOptions, giveUpAfterMs?: number): Promise<LoadedSide> {
  const connection = await app.connect(side, "read-only", { signal: options.signal, giveUpAfterMs });
  try {
    await options.known?.(connection.org);
    const { snapshot, takenAt } = await sweepSide(app, connection, side, options);
    return { snapshot, takenAt };
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
 * @throws LockstepError of the login, of reading, or of the directory
 */
export async function readPrimary(app: App, directory?: string, options: ReadOptions = {}): Promise<LoadedSide> {
  if (directory !== undefined) return readSaved(app, directory, options);
  const { config } = app.workspace;
  const places = knownPlaces(app, "primary");
  const held = await Promise.all(places.map((place) => app.files.list(place).catch(() => undefined)));
  if (held.every((files) => files === undefined)) return readOrg(app, "primary", options);
  try {
    return await readOrg(app, "primary", options, config.outage.afterSeconds * 1000);
  } catch (error) {
    if (!(error instanceof LockstepError) || ["interrupted", "same-org"].includes(error.code)) throw error;
    if (!isOutage(error)) throw withFrom(error, config.snapshots.primary);
    const kept = await lastKnown(app, "primary");
    if (kept === undefined) throw error;
    const standIn = `The primary cannot be reached (${error.code}); its snapshot of ${kept.takenAt} is used instead`;
    const snapshot = await withoutSavedSecrets(app, kept.snapshot);
    return accepted({ snapshot, takenAt: kept.takenAt, standIn }, options);
  }
}

/** Where snapshots of an organisation may lie. Whose cache it is, only a pinned id tells before the organisation itself does. */
function knownPlaces(app: App, side: Side): string[] {
  const { orgId } = app.workspace.config.orgs[side];
  return [...(orgId === undefined ? [] : [cacheDirectory(app, orgId)]), snapshotDirectory(app, side)];
}

/** What is known of an organisation without asking it: its newest usable snapshot. */
export function lastKnown(app: App, side: Side): Promise<KeptSnapshot | undefined> {
  return newestKept(app, knownPlaces(app, side), app.workspace.config.orgs[side].orgId);
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
export function isOutage(error: LockstepError): boolean {
  return OUTAGES.has(error.code) || (error instanceof ApiError && error.status === 0);
}

/** The error with the way around it. */
function withFrom(error: LockstepError, directory: string): LockstepError {
  return error.reworded({ hint: `${error.hint} Or use its last snapshot: --from ${directory}.`.trim() });
}
