import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { REPOSITORY, type GitHubDouble } from "../../collab/github-double/start.ts";
import type { Ended } from "./cli.ts";
import type { Workspace } from "./workspace.ts";

/** A workspace that is a Git working copy, with a pull request of its checked-out commit. */
export interface PullWorkspace {
  readonly workspace: Workspace;
  /** Commits everything and gives the commit. */
  commit(message: string): string;
  /** The environment of a job that GitHub starts for the pull request. */
  job(options?: JobOptions): Promise<{ readonly [name: string]: string }>;
  /** Runs `lockstep pr` as a job for the pull request would. */
  pr(args?: readonly string[], options?: JobOptions): Promise<Ended>;
  git(...args: readonly string[]): string;
}

/** What tells one job from another. */
export interface JobOptions {
  readonly run?: number;
  readonly attempt?: number;
  /** Instead of what is checked out. */
  readonly head?: string;
  readonly base?: string;
  readonly token?: string;
  readonly event?: object;
  readonly env?: { readonly [name: string]: string };
}

/** The number of the pull request. */
export const PULL = 7;

/** Makes a working copy of a workspace whose first commit is what it holds now, on `main`, with the branch `change` checked out. */
export async function pullWorkspace(workspace: Workspace, github: GitHubDouble): Promise<PullWorkspace> {
  const git = (...args: readonly string[]): string =>
    execFileSync("git", ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com", ...args], {
      cwd: workspace.directory,
      env: { PATH: process.env["PATH"], HOME: workspace.path("home") },
      encoding: "utf8",
    }).trim();
  git("init", "--quiet", "--initial-branch=main");
  await writeFile(workspace.path(".gitignore"), ".lockstep/\nhome/\nevent.json\n*.out\n");
  const commit = (message: string): string => {
    git("add", "--all");
    git("commit", "--quiet", "--allow-empty", "-m", message);
    return git("rev-parse", "HEAD");
  };
  const main = commit("Base");
  git("checkout", "--quiet", "-b", "change");
  const pulled: PullWorkspace = {
    workspace,
    git,
    commit,
    job: async ({ run = 1, attempt = 1, head, base = main, token = "the-token", event, env = {} } = {}) => {
      const repo = { full_name: REPOSITORY };
      const sha = head ?? git("rev-parse", "HEAD");
      const pull = { number: PULL, head: { sha, repo }, base: { sha: base, repo } };
      await writeFile(workspace.path("event.json"), JSON.stringify(event ?? { pull_request: pull }));
      return {
        GITHUB_EVENT_PATH: workspace.path("event.json"),
        GITHUB_EVENT_NAME: "pull_request",
        GITHUB_REPOSITORY: REPOSITORY,
        GITHUB_API_URL: github.apiUrl,
        GITHUB_SERVER_URL: "https://github.example.com",
        GITHUB_RUN_ID: String(5000 + run),
        GITHUB_RUN_NUMBER: String(run),
        GITHUB_RUN_ATTEMPT: String(attempt),
        GITHUB_TOKEN: token,
        ...env,
      };
    },
    pr: async (args = [], options = {}) => workspace.run(["pr", ...args], await pulled.job(options)),
  };
  return pulled;
}
