import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { LockstepError } from "../model/error.ts";
import { isObj, textOf } from "../model/json.ts";
import { gitIn, lastLine, unusable, type Git } from "./git.ts";
import type { Environment } from "./secrets.ts";

/** A file that a commit changes: its path in the directory that is committed, and the letter that Git gives it. */
export interface ChangedFile {
  readonly path: string;
  readonly letter: string;
}

/** What became of a directory. */
export type CommitOutcome =
  | { readonly outcome: "unchanged" | "newer-there" }
  | {
      readonly outcome: "committed";
      readonly id: string;
      /** The branch of the remote that took it, such as `origin/main`. */
      readonly pushed?: string;
      /** False where the branch here was left as it is, because that of the remote had moved on. */
      readonly isHere: boolean;
    };

/** Commits one directory, and nothing else that is staged or changed. */
export interface Committer {
  /** The branch of the remote that the one here follows; undefined where nothing is pushed. */
  readonly base: string | undefined;
  /**
   * @param proposal another branch of that remote, which the commit goes to instead
   * @throws LockstepError `git-push-refused`, `git-unusable`
   */
  commit(what: Committed, proposal?: ProposalBranch): Promise<CommitOutcome>;
}

/** A branch of the remote that a change is proposed on. */
export interface ProposalBranch {
  readonly branch: string;
  /** Is it there already? Then the commit goes on top of it. */
  readonly isThere: boolean;
}

/** What is committed. */
export interface Committed {
  /** Files that are no reason for a commit, and come with the others. */
  readonly aside: string;
  readonly messageOf: (changes: readonly ChangedFile[]) => string;
}

/** Where the branch of a remote is. */
interface Upstream {
  readonly remote: string;
  readonly ref: string;
}

/** How often a commit is made again because somebody else was faster. */
const TRIES = 5;

/**
 * Gets ready to commit a directory of the working copy that the configuration is in. Nothing is changed yet, and no hook runs at any
 * time; commits are signed where `commit.gpgSign` asks for it.
 * @param home absolute path of a directory in the working copy
 * @param directory absolute path of what is to be committed; it need not exist yet
 * @param isPushed whether the commit also goes to the branch of the remote that the one here follows, or to the branch of this name at
 *   `origin` where it follows none
 * @throws LockstepError `git-unusable`, `git-identity-missing`, `git-branch-missing`, `git-ignored`
 */
export async function openCommitter(
  { home, directory, isPushed }: { readonly home: string; readonly directory: string; readonly isPushed: boolean },
  env: Environment,
): Promise<Committer> {
  const inHome = gitIn(home, env);
  const top = await inHome(["rev-parse", "--show-toplevel"]).catch((error: unknown) => {
    throw unusable(home, error);
  });
  const prefix = await inHome(["rev-parse", "--show-prefix"]);
  const path = join(prefix, relative(home, directory));
  const inTop = gitIn(top, env);
  const git: Git = async (args, more, input) => inTop(["--literal-pathspecs", ...args], more, input);
  const isIgnored = path.startsWith("..") || (await succeeds(inTop, ["check-ignore", "--quiet", "--", path]));
  if (isIgnored) throw ignored(directory, top);
  await assertIdentity(git);
  const branch = await branchOf(git);
  const upstream = isPushed ? await upstreamOf(git, branch) : undefined;
  const place = { git, path };
  return {
    base: upstream && nameOf(upstream),
    commit: async (what, proposal) => {
      if (upstream === undefined) return keptHere(place, what);
      const head = await headOf(git);
      if (proposal === undefined) return followed(place, head, await pushed(place, upstream, what, head));
      const to = { remote: upstream.remote, ref: `refs/heads/${proposal.branch}` };
      const outcome = await pushed(place, to, what, proposal.isThere ? await fetched(git, to) : head);
      // The branch here is not the one that got it, and stays as it is.
      return outcome.outcome === "committed" ? { ...outcome, isHere: false } : outcome;
    },
  };
}

/** The name of a branch at its remote. */
function nameOf({ ref }: Upstream): string {
  return ref.replace("refs/heads/", "");
}

/** The commit that a branch of a remote is at now. @throws LockstepError `git-push-refused` */
async function fetched(git: Git, { remote, ref }: Upstream): Promise<string> {
  await git(["fetch", "--quiet", "--no-tags", remote, ref]).catch((error: unknown) => {
    throw refused(remote, error);
  });
  return git(["rev-parse", "--verify", "FETCH_HEAD^{commit}"]);
}

/** What the steps of a commit need: Git at the top of the working copy, and the path from there. */
interface Place {
  readonly git: Git;
  readonly path: string;
}

async function keptHere(place: Place, what: Committed): Promise<CommitOutcome> {
  for (let tries = 1; ; tries += 1) {
    const parent = await headOf(place.git);
    const commit = await commitOn(place, parent, what);
    if (commit === undefined) return { outcome: "unchanged" };
    try {
      await moveBranch(place.git, parent, commit);
    } catch (error) {
      if (tries >= TRIES) throw failed("The branch could not be moved to the commit", error);
      continue;
    }
    await refreshIndex(place, commit);
    return { outcome: "committed", id: commit, isHere: true };
  }
}

/** Moves the branch here along where the commit is on top of it, and it is still where it was. */
async function followed(place: Place, head: string | undefined, outcome: CommitOutcome): Promise<CommitOutcome> {
  if (outcome.outcome !== "committed" || !outcome.isHere) return outcome;
  const isHere = await moveBranch(place.git, head, outcome.id).then(
    () => true,
    () => false,
  );
  if (isHere) await refreshIndex(place, outcome.id);
  return { ...outcome, isHere };
}

/** @param start what the commit goes on top of, while the remote has nothing later */
async function pushed(place: Place, to: Upstream, what: Committed, start: string | undefined): Promise<CommitOutcome> {
  const { git, path } = place;
  const { remote, ref } = to;
  let parent = start;
  for (let tries = 1; ; tries += 1) {
    const commit = await commitOn(place, parent, what);
    if (commit === undefined) return { outcome: "unchanged" };
    try {
      await git(["push", "--quiet", "--no-verify", remote, `${commit}:${ref}`]);
    } catch (error) {
      const before = parent;
      parent = await fetched(git, to).catch(() => {
        throw refused(remote, error);
      });
      if (parent === before || tries >= TRIES) throw refused(remote, error);
      if ((await readAt(git, parent, path)) > (await readAt(git, commit, path))) return { outcome: "newer-there" };
      continue;
    }
    return { outcome: "committed", id: commit, isHere: parent === start, pushed: `${remote}/${nameOf(to)}` };
  }
}

/** The commit that is checked out; undefined on a branch that has none yet. */
async function headOf(git: Git): Promise<string | undefined> {
  return git(["rev-parse", "--quiet", "--verify", "HEAD^{commit}"]).catch(() => undefined);
}

/** When the snapshot of a commit says that it was read; empty where it does not say. */
async function readAt(git: Git, commit: string, path: string): Promise<string> {
  try {
    const run: unknown = JSON.parse(await git(["cat-file", "blob", `${commit}:${path}/run.json`]));
    return isObj(run) ? textOf(run["finishedAt"]) : "";
  } catch {
    return "";
  }
}

/** Makes a commit of the directory on top of another one, in an index of its own. @returns undefined where nothing changed */
async function commitOn(
  { git, path }: Place,
  parent: string | undefined,
  { aside, messageOf }: Committed,
): Promise<string | undefined> {
  const place = await mkdtemp(join(tmpdir(), "lockstep-index-"));
  try {
    const index = { GIT_INDEX_FILE: join(place, "index") };
    const before = parent ?? (await git(["mktree"]));
    await git(["read-tree", before], index);
    await git(["add", "--all", "--", path], index);
    const listed = ["diff-index", "--cached", "--name-status", "--no-renames", "-z", before, "--", path];
    const changes = changedFiles(await git(listed, index), path);
    if (changes.every((change) => change.path === aside)) return undefined;
    const tree = await git(["write-tree"], index);
    const isSigned = await succeeds(git, ["config", "--type=bool", "--get", "commit.gpgSign"], "true");
    const more = [...(parent === undefined ? [] : ["-p", parent]), ...(isSigned ? ["-S"] : [])];
    return await git(["commit-tree", tree, ...more, "-F", "-"], {}, messageOf(changes));
  } catch (error) {
    throw failed("The snapshot could not be committed", error);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

function changedFiles(listed: string, path: string): ChangedFile[] {
  const words = listed.split("\0").filter((word) => word !== "");
  return words.flatMap((letter, index) =>
    index % 2 === 0 ? [{ letter, path: (words[index + 1] ?? "").slice(path.length + 1) }] : [],
  );
}

/** Moves the branch that is checked out, if it is still where it was. */
async function moveBranch(git: Git, from: string | undefined, to: string): Promise<void> {
  await git(["update-ref", "-m", "lockstep snapshot", "HEAD", to, from ?? ""]);
}

/** Lets the index of the working copy know of the files that were committed. */
async function refreshIndex({ git, path }: Place, commit: string): Promise<void> {
  const hint = `The commit is made. Then run: git reset -- ${path}`;
  await git(["reset", "--quiet", "--", path]).catch((error: unknown) => {
    throw failed(`Committed ${commit.slice(0, 12)}, and the index of Git could not be updated`, error, hint);
  });
}

async function assertIdentity(git: Git): Promise<void> {
  try {
    for (const role of ["GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"])
      await git(["-c", "user.useConfigOnly=true", "var", role]);
  } catch (error) {
    const hint = "Set it before the run: `git config user.name NAME` and `git config user.email ADDRESS`.";
    throw new LockstepError(
      "git-identity-missing",
      `Git does not know in whose name to commit: ${lastLine(error)}`,
      hint,
    );
  }
}

async function branchOf(git: Git): Promise<string> {
  return git(["symbolic-ref", "--quiet", "--short", "HEAD"]).catch(() => {
    throw noBranch("No branch is checked out", "Check one out: `git switch BRANCH`.");
  });
}

async function upstreamOf(git: Git, branch: string): Promise<Upstream> {
  const asked = async (name: string): Promise<string> =>
    git(["config", "--get", `branch.${branch}.${name}`]).catch(() => "");
  const [remote, ref] = [await asked("remote"), await asked("merge")];
  if (remote !== "" && ref !== "") return { remote, ref };
  if (await succeeds(git, ["remote", "get-url", "origin"])) return { remote: "origin", ref: `refs/heads/${branch}` };
  const hint = "Set one: `git branch --set-upstream-to=REMOTE/BRANCH`.";
  throw noBranch(`The branch ${branch} follows none of a remote, and there is no remote origin`, hint);
}

async function succeeds(git: Git, args: readonly string[], answer?: string): Promise<boolean> {
  return git(args).then(
    (said) => answer === undefined || said === answer,
    () => false,
  );
}

function noBranch(message: string, hint: string): LockstepError {
  return new LockstepError("git-branch-missing", message, hint);
}

function ignored(directory: string, top: string): LockstepError {
  const hint = "Name a directory in the working copy with -o, or change .gitignore.";
  return new LockstepError("git-ignored", `${directory} is outside of the working copy ${top}, or ignored there`, hint);
}

const UNCOMMITTED = "The snapshot itself is written. Commit it with Git, or mend what Git says and run this again.";

function failed(what: string, error: unknown, hint = UNCOMMITTED): LockstepError {
  return new LockstepError("git-unusable", `${what}: ${lastLine(error)}`, hint);
}

function refused(remote: string, error: unknown): LockstepError {
  const hint = "The snapshot itself is written. Where the branch takes pull requests only, use --pull-request.";
  return new LockstepError("git-push-refused", `${remote} did not take the commit: ${lastLine(error)}`, hint);
}
