import { snapshotDirectory, type TakenSnapshot } from "../app/index.ts";
import { commitMessage, type FileChange } from "../collab/commit-message.ts";
import type { App } from "../model/app.ts";
import type { Coordinate } from "../model/coordinate.ts";
import type { Side } from "../model/side.ts";
import { openCommitter, type ChangedFile, type CommitOutcome } from "../platform/git-commits.ts";
import { coordinateOfPath, FILE } from "../snapshot/snapshot-layout.ts";
import type { Context } from "./context.ts";

/** How a snapshot is to be committed. */
export interface CommitOptions {
  readonly commit: boolean;
  readonly push: boolean;
  /** Where the snapshot goes; by default where the configuration has it. */
  readonly output: string | undefined;
}

/**
 * Gets ready to commit a snapshot, before anything is read.
 * @returns what commits it; undefined where no commit is wanted
 * @throws LockstepError `git-unusable`, `git-identity-missing`, `git-branch-missing`, `git-ignored`
 */
export async function snapshotCommitter(
  context: Pick<Context, "env">,
  app: App,
  side: Side,
  { commit, push, output }: CommitOptions,
): Promise<((taken: TakenSnapshot) => Promise<CommitOutcome>) | undefined> {
  if (!commit && !push) return undefined;
  const directory = output ?? snapshotDirectory(app, side);
  const committer = await openCommitter({ home: app.workspace.directory, directory, isPushed: push }, context.env);
  return async ({ snapshot, authorsOf }) =>
    committer.commit({
      aside: FILE.run,
      messageOf: (changes) => commitMessage(snapshot.org.name, objectsIn(changes), authorsOf),
    });
}

const NOT_COMMITTED = {
  unchanged: "Nothing changed since the last commit: none was made",
  "newer-there": "The branch holds a later snapshot already: no commit was made",
} as const;

/** What became of the commit, in a line. */
export function commitLine(outcome: CommitOutcome): string {
  if (outcome.outcome !== "committed") return NOT_COMMITTED[outcome.outcome];
  const { id, pushed, isHere } = outcome;
  const where = pushed === undefined ? "" : `, pushed to ${pushed}`;
  const behind = isHere ? "" : "; that branch had moved on, so that the one here is behind it";
  return `Committed ${id.slice(0, 12)}${where}${behind}`;
}

const CHANGE: { readonly [letter: string]: FileChange } = { A: "added", D: "removed" };

/** An object's text may change without its file, and is then a change of the object. */
function objectsIn(changes: readonly ChangedFile[]): Map<Coordinate, FileChange> {
  const objects = new Map<Coordinate, FileChange>();
  for (const { path, letter } of changes) {
    const isFile = path.endsWith(".json");
    const coordinate = coordinateOfPath(isFile ? path : path.replace(/\.[^./]+$/, ".json"));
    if (coordinate === undefined || (!isFile && objects.has(coordinate))) continue;
    objects.set(coordinate, CHANGE[letter] ?? "changed");
  }
  return objects;
}
