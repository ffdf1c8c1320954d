import type { App } from "../model/app.ts";
import type { Coordinate } from "../model/coordinate.ts";
import type { RequestCounts } from "../model/api.ts";
import { LockstepError } from "../model/error.ts";
import { isObj, textOf } from "../model/json.ts";
import type { Files, OrgIdentity } from "../model/ports.ts";
import type { Narrowing } from "../model/narrowing.ts";
import type { Side } from "../model/side.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { assertComplete } from "../importers/comparable.ts";
import { KINDS } from "../kinds/index.ts";
import { parseJson } from "../snapshot/json-text.ts";
import { repositoryFiles } from "../snapshot/repository-directory.ts";
import { FILE } from "../snapshot/snapshot-layout.ts";
import { filesOf } from "./kept-snapshots.ts";
import { narrowSides } from "./narrow-sides.ts";
import { lastKnown, snapshotDirectory, sweepSide } from "./read-side.ts";

/** What is written, and where. */
export interface SnapshotOptions {
  /** Absolute path; by default where the configuration has the snapshots of this organisation. */
  readonly directory?: string | undefined;
  /** Write what organisations can be provisioned from, instead of a snapshot. It needs a directory. */
  readonly repository?: boolean | undefined;
  /** Mark what cannot be read instead of failing. */
  readonly allowIncomplete?: boolean | undefined;
  /** What is read; everything unless given. */
  readonly narrowing?: Narrowing | undefined;
  /** Read everything, whatever was kept. */
  readonly fresh?: boolean | undefined;
}

/** A snapshot that was taken. */
export interface TakenSnapshot {
  readonly snapshot: Snapshot;
  readonly directory: string;
  readonly requests: Pick<RequestCounts, "total" | "byKind">;
  /** Who changed an object since the organisation was last read, as far as the audit log was asked. */
  readonly authorsOf: (coordinate: Coordinate) => readonly string[];
}

/**
 * Reads an organisation and replaces the directory in one step; an earlier snapshot of the same organisation in it saves
 * requests.
 * @throws LockstepError `output-missing`, `not-a-snapshot`, `other-org`, `file-unwritable` and those of reading; GuardError
 *   `incomplete-source` for a repository with gaps
 */
export async function takeSnapshot(app: App, side: Side, options: SnapshotOptions): Promise<TakenSnapshot> {
  const { files, tool } = app;
  const { repository = false, allowIncomplete, fresh, narrowing } = options;
  const directory = options.directory ?? usualDirectory(app, side, repository);
  await files.assertReplaceable(directory, repository ? "repository" : "snapshot");
  const connection = await app.connect(side, "read-only");
  try {
    await assertOwnSnapshot(files, directory, connection.org);
    const { snapshot, reading, authorsOf } = await sweepSide(app, connection, side, {
      allowIncomplete,
      fresh,
      narrowed: narrowing && narrowSides(app, narrowing, (await lastKnown(app, "primary"))?.snapshot)[side],
      beside: directory,
    });
    const { total, byKind } = connection.counts();
    const requests = { total, byKind };
    if (repository) assertComplete(snapshot, side);
    const texts = repository ? repositoryFiles(snapshot, KINDS, tool) : filesOf(app, reading);
    await files.replaceDirectory(directory, texts);
    return { snapshot, directory, requests, authorsOf };
  } finally {
    connection.close();
  }
}

/** A repository is what people edit, so it has no place that a command would choose by itself. */
function usualDirectory(app: App, side: Side, repository: boolean): string {
  if (!repository) return snapshotDirectory(app, side);
  throw new LockstepError("output-missing", "A repository needs a directory", "Name a new one with -o DIR.");
}

/**
 * The last good snapshot of one organisation does not make way for that of another, as a slip in `-o` would have it.
 * @throws LockstepError `other-org`
 */
async function assertOwnSnapshot(files: Files, directory: string, org: OrgIdentity): Promise<void> {
  const file = `${directory}/${FILE.manifest}`;
  const parsed = parseJson((await files.read(file)) ?? "");
  const held = "value" in parsed && isObj(parsed.value) ? parsed.value["org"] : undefined;
  if (!isObj(held) || typeof held["id"] !== "string" || held["id"] === org.id) return;
  throw new LockstepError(
    "other-org",
    `${directory} holds a snapshot of ${textOf(held["name"])} (${held["id"]}), and this is ${org.name} (${org.id})`,
    "Name another directory with -o DIR, or delete this one first.",
    { file },
  );
}
