import type { App } from "../model/app.ts";
import { defined } from "../model/defined.ts";
import { LockstepError } from "../model/error.ts";
import { isObj, textOf } from "../model/json.ts";
import type { OrgConnection, Sink } from "../model/ports.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { statePath } from "../model/workspace.ts";
import { KINDS } from "../kinds/index.ts";
import { parseJson } from "../snapshot/json-text.ts";
import type { StoredSnapshot } from "../snapshot/read-snapshot.ts";
import { loadSnapshot } from "../snapshot/snapshot-directory.ts";
import { snapshotFiles } from "../snapshot/snapshot-files.ts";
import { FILE } from "../snapshot/snapshot-layout.ts";

type KeptApp = Pick<App, "workspace" | "files" | "tool">;

/** Where what was read of an organisation is kept, so that the next reading starts from it. Safe to delete. */
export function cacheDirectory({ workspace }: Pick<App, "workspace">, orgId: string): string {
  return statePath(workspace, "cache", orgId);
}

/** A snapshot that an earlier reading left. */
export interface KeptSnapshot extends StoredSnapshot {
  readonly directory: string;
}

/**
 * The newest usable snapshot of an organisation in any of these directories; of equally old ones, that of the first directory.
 * One that is damaged, or of another organisation or version, is passed over: it only costs requests.
 * @param unusable told of each one that is there and cannot be used
 */
export async function newestKept(
  { files }: Pick<App, "files">,
  directories: readonly string[],
  orgId: string | undefined,
  unusable: (directory: string, code: string) => void = () => undefined,
): Promise<KeptSnapshot | undefined> {
  const dated = await Promise.all(
    [...new Set(directories)].map(async (directory) => ({ directory, at: await finishedAt(files, directory) })),
  );
  const newestFirst = dated.sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? 1 : -1));
  for (const { directory } of newestFirst) {
    try {
      if ((await files.read(`${directory}/${FILE.manifest}`)) === undefined) continue;
      const stored = await loadSnapshot(files, directory, KINDS);
      if (orgId === undefined || stored.snapshot.org.id === orgId) return { ...stored, directory };
    } catch (error) {
      if (!(error instanceof LockstepError)) throw error;
      unusable(directory, error.code);
    }
  }
  return undefined;
}

/** When a snapshot says that it was read; empty where it does not say. */
async function finishedAt(files: App["files"], directory: string): Promise<string> {
  const parsed = parseJson((await files.read(`${directory}/${FILE.run}`).catch(() => undefined)) ?? "");
  return "value" in parsed && isObj(parsed.value) ? textOf(parsed.value["finishedAt"]) : "";
}

/** What was read of an organisation, and when. */
export interface Reading {
  readonly snapshot: Snapshot;
  readonly startedAt: string;
  /** When it was read; where parts of it are older, when those were. */
  readonly finishedAt: string;
  /** Since when the audit log has to be asked, the next time, and how long its word has been relied on. */
  readonly completeAt: string | undefined;
  readonly fullAt: string | undefined;
  /** Set when pieces were taken from an earlier reading because the audit log shows no change. */
  readonly audit?: { readonly since: string } | undefined;
  readonly connection: Pick<OrgConnection, "counts">;
}

/** The files of a snapshot, with what reading it cost. */
export function filesOf({ tool }: Pick<App, "tool">, reading: Reading): Map<string, string> {
  const { snapshot, startedAt, finishedAt, completeAt, fullAt, audit, connection } = reading;
  const { total, byKind } = connection.counts();
  const run = defined({ startedAt, finishedAt, completeAt, fullAt, audit, requests: { total, byKind } });
  return snapshotFiles(snapshot, KINDS, tool, run);
}

/**
 * Keeps what was read for the next reading. One that cannot be kept only costs requests, so that is told and no error.
 * @param before what the reading started from
 */
export async function keepReading(
  app: KeptApp,
  reading: Reading,
  before: KeptSnapshot | undefined,
  sink: Sink,
): Promise<void> {
  const directory = cacheDirectory(app, reading.snapshot.org.id);
  const texts = filesOf(app, reading);
  try {
    const manifest = await app.files.read(`${directory}/${FILE.manifest}`);
    // What was just read from there, and has not changed, need not be written again.
    if (before?.directory === directory && manifest === texts.get(FILE.manifest)) {
      await app.files.write(`${directory}/${FILE.run}`, texts.get(FILE.run) ?? "");
    } else await app.files.replaceDirectory(directory, texts);
  } catch (error) {
    if (!(error instanceof LockstepError)) throw error;
    const { name } = reading.snapshot.org;
    sink({ event: "note", message: `${name}: what was read is not kept in ${directory} (${error.code})` });
  }
}
