import { snapshotDirectory, type TakenSnapshot } from "../app/index.ts";
import { commitMessage, proposalTexts, type FileChange } from "../collab/commit-message.ts";
import { jobOf } from "../collab/event.ts";
import type { App } from "../model/app.ts";
import type { Coordinate } from "../model/coordinate.ts";
import type { Side } from "../model/side.ts";
import { openCommitter, type ChangedFile, type CommitOutcome, type ProposalBranch } from "../platform/git-commits.ts";
import { coordinateOfPath, FILE } from "../snapshot/snapshot-layout.ts";
import type { Context } from "./context.ts";
import { openHost } from "./pull/pull-job.ts";

/** How a snapshot is to be committed. */
export interface CommitOptions {
  readonly commit: boolean;
  readonly push: boolean;
  readonly pullRequest: boolean;
  /** Where the snapshot goes; by default where the configuration has it. */
  readonly output: string | undefined;
}

/**
 * Gets ready to commit a snapshot, before anything is read.
 * @returns what commits it; undefined where no commit is wanted
 * @throws LockstepError `git-unusable`, `git-identity-missing`, `git-branch-missing`, `git-ignored`
 */
export async function snapshotCommitter(
  context: Context,
  app: App,
  side: Side,
  { commit, push, pullRequest, output }: CommitOptions,
): Promise<((taken: TakenSnapshot) => Promise<KeptInGit>) | undefined> {
  if (!commit && !push && !pullRequest) return undefined;
  const directory = output ?? snapshotDirectory(app, side);
  const place = { home: app.workspace.directory, directory, isPushed: push || pullRequest };
  const committer = await openCommitter(place, context.env);
  const { base } = committer;
  const proposal = pullRequest && base !== undefined ? await openProposal(context, side, base) : undefined;
  return async ({ snapshot, authorsOf }) => {
    let message = "";
    const messageOf = (changes: readonly ChangedFile[]): string =>
      (message = commitMessage(snapshot.org.name, objectsIn(changes), authorsOf));
    const outcome = await committer.commit({ aside: FILE.run, messageOf }, proposal?.branch);
    if (proposal === undefined || outcome.outcome !== "committed") return outcome;
    return { ...outcome, pullRequest: await proposal.tell(message) };
  };
}

/** What became of a snapshot in Git, and the pull request that holds it. */
type KeptInGit = CommitOutcome & { readonly pullRequest?: { readonly number: number; readonly isNew: boolean } };

/** Where a snapshot is proposed, and how that is told. */
interface SnapshotProposal {
  readonly branch: ProposalBranch;
  readonly tell: (message: string) => Promise<{ readonly number: number; readonly isNew: boolean }>;
}

/**
 * Looks for the pull request that a snapshot goes to: the open one of an earlier run, or a new one on a branch of its own.
 * @throws LockstepError `not-a-job`, `github-token-missing` and other `github-…`
 */
async function openProposal(context: Context, side: Side, base: string): Promise<SnapshotProposal> {
  const job = jobOf(context.env);
  const host = await openHost(context, job);
  const prefix = `lockstep/snapshot-${side}-`;
  const [open] = await host.proposals(base, prefix);
  const branch = open?.branch ?? `${prefix}${context.env["GITHUB_RUN_ID"] ?? ""}-${job.run.attempt}`;
  return {
    branch: { branch, isThere: open !== undefined },
    tell: async (message) => {
      const texts = proposalTexts(side, message);
      if (open === undefined) return { number: await host.createPull({ branch, base, ...texts }), isNew: true };
      await host.updatePull(open.number, texts);
      return { number: open.number, isNew: false };
    },
  };
}

const NOT_COMMITTED = {
  unchanged: "Nothing changed since the last commit: none was made",
  "newer-there": "The branch holds a later snapshot already: no commit was made",
} as const;

/** What became of the commit, in a line. */
export function commitLine(outcome: KeptInGit): string {
  if (outcome.outcome !== "committed") return NOT_COMMITTED[outcome.outcome];
  const { id, pushed, isHere, pullRequest } = outcome;
  if (pullRequest !== undefined) {
    const what = pullRequest.isNew ? "opened" : "updated";
    return `Committed ${id.slice(0, 12)}, pushed to ${pushed ?? ""}; pull request #${pullRequest.number} ${what}`;
  }
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
