import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { LockstepError } from "../model/error.ts";
import type { Environment } from "./secrets.ts";

/** A working copy of a Git repository. */
export interface WorkingCopy {
  /** The way from its top to the directory that was asked about: empty, or with a slash at its end. */
  readonly prefix: string;
  /** The commit that is checked out. */
  readonly head: string;
  /**
   * Gives the files of a commit in a directory that is removed afterwards.
   * @param commit where the branch of the checked-out commit left this one is taken, as far as the history here tells
   */
  withBase<Result>(commit: string, work: (directory: string, commit: string) => Promise<Result>): Promise<Result>;
}

const run = promisify(execFile);

/** Runs Git in a directory: its output without spaces at the ends. */
export type Git = (args: readonly string[], more?: Environment, input?: string) => Promise<string>;

/** Runs Git in a directory without ever asking on the terminal; names are arguments and never text of a shell. */
export function gitIn(directory: string, env: Environment): Git {
  return async (args, more = {}, input = "") => {
    const options = { cwd: directory, env: { ...env, ...more, GIT_TERMINAL_PROMPT: "0" }, maxBuffer: 16 * 1024 * 1024 };
    const running = run("git", [...args], options);
    // What Git does not read to the end, as when it fails at once, is its own matter.
    running.child.stdin?.on("error", () => undefined).end(input);
    return (await running).stdout.trim();
  };
}

/**
 * Looks at the working copy that a directory is in. Nothing of it is changed, and no hook runs.
 * @throws LockstepError `git-unusable`
 */
export async function openWorkingCopy(directory: string, env: Environment): Promise<WorkingCopy> {
  const git = gitIn(directory, env);
  const known = async (args: readonly string[]): Promise<string | undefined> => git(args).catch(() => undefined);
  const asked = (...args: readonly string[]): Promise<string> =>
    git(["rev-parse", ...args]).catch((error: unknown) => {
      throw unusable(directory, error);
    });
  const [prefix, top, head] = [
    await asked("--show-prefix"),
    await asked("--show-toplevel"),
    await asked("--verify", "HEAD^{commit}"),
  ];
  return {
    prefix,
    head,
    withBase: async (name, work) => {
      const tip = await known(["rev-parse", "--verify", "--end-of-options", `${name}^{commit}`]);
      if (tip === undefined) throw missing(name);
      const base = (await known(["merge-base", tip, head])) ?? tip;
      const place = await mkdtemp(join(tmpdir(), "lockstep-base-"));
      try {
        const index = { GIT_INDEX_FILE: join(place, "index") };
        const files = join(place, "files");
        await git(["read-tree", base], index);
        await git(["-C", top, "checkout-index", "--all", `--prefix=${files}/`], index);
        return await work(files, base);
      } finally {
        await rm(place, { recursive: true, force: true });
      }
    },
  };
}

/** What Git said last. */
export function lastLine(error: unknown): string {
  return error instanceof Error ? (error.message.trim().split("\n").at(-1) ?? "").slice(0, 200) : "";
}

/** The error where a directory is in no working copy, or Git is missing. */
export function unusable(directory: string, error: unknown): LockstepError {
  const hint = "Run it in a checkout with Git installed, such as after actions/checkout.";
  return new LockstepError("git-unusable", `${directory} is no Git working copy: ${lastLine(error)}`, hint);
}

function missing(commit: string): LockstepError {
  const hint = "Check out more of the history: `fetch-depth: 0` of actions/checkout, or `git fetch origin BRANCH`.";
  return new LockstepError(
    "base-commit-missing",
    `The working copy does not hold the base commit ${commit.slice(0, 100)}`,
    hint,
  );
}
