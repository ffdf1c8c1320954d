import type { App } from "../model/app.ts";
import type { OrgConnection, Sink } from "../model/ports.ts";
import { mergeObjects } from "../exporters/merge-objects.ts";
import type { ReadBack } from "../importers/apply.ts";
import { KINDS } from "../kinds/index.ts";
import { cacheDirectory, keepReading, newestKept } from "./kept-snapshots.ts";
import { snapshotDirectory } from "./read-side.ts";

/**
 * Puts what an apply read back into what is kept of the standby, so that the next reading exports none of it again. What was
 * not read stays as old as it was, and so does the whole. Only texts are worth it: everything else is read each time.
 */
export async function keepReadBack(app: App, connection: OrgConnection, read: ReadBack, sink: Sink): Promise<void> {
  const hasTexts = [...read.objects.values()].some(({ revisions }) => Object.keys(revisions).length > 0);
  if (!hasTexts) return;
  const { org } = connection;
  const kept = await newestKept(app, [cacheDirectory(app, org.id), snapshotDirectory(app, "standby")], org.id);
  const placeholders = await app.placeholders();
  if (kept?.snapshot.complete !== true || kept.snapshot.secretsKey !== placeholders?.keyId) return;
  const { members } = app.workspace.config.include;
  const snapshot = await mergeObjects(kept.snapshot, read, { kinds: KINDS, members, placeholders });
  if (snapshot === undefined) return;
  const { takenAt, completeAt, fullAt } = kept;
  const times = { startedAt: takenAt, finishedAt: takenAt, completeAt, fullAt };
  await keepReading(app, { snapshot, ...times, connection }, kept, sink);
}
