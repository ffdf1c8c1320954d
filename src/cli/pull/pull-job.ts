import { jobOf, pullEventOf, type ActionsJob, type PullEvent } from "../../collab/event.ts";
import { OUTCOME, postPull, type PostOptions } from "../../collab/post-pull.ts";
import type { CodeHost } from "../../model/code-host.ts";
import { LockstepError } from "../../model/error.ts";
import type { PullReport } from "../../model/pull-report.ts";
import type { Context } from "../context.ts";

/** A job of GitHub Actions for a pull request. */
export interface PullJob {
  readonly job: ActionsJob;
  readonly event: PullEvent;
  readonly host: CodeHost;
}

/** @throws LockstepError `not-a-job`, `not-a-pull-request`, `github-token-missing` */
export async function pullJob(context: Context): Promise<PullJob> {
  const job = jobOf(context.env);
  const event = pullEventOf(await eventText(context), context.env["GITHUB_EVENT_NAME"] ?? "");
  return { job, event, host: await openHost(context, job) };
}

/** The event that started the job; undefined where no file holds it. */
export async function eventText({ env, files }: Context): Promise<string | undefined> {
  const path = env["GITHUB_EVENT_PATH"] ?? "";
  return path === "" ? undefined : files.read(path);
}

/** Opens the job's repository. @throws LockstepError `github-token-missing` */
export async function openHost(
  { env, signal, stderr, tool }: Context,
  { owner, repo, apiUrl }: ActionsJob,
): Promise<CodeHost> {
  const token = env["GITHUB_TOKEN"] ?? "";
  if (token === "") {
    const hint = "Pass it to the step: `GITHUB_TOKEN: ${{ github.token }}`.";
    throw new LockstepError("github-token-missing", "GITHUB_TOKEN is not set, so nothing can be told on GitHub", hint);
  }
  const { openGitHub } = await import("../../platform/github/open-github.ts");
  const note = (message: string): void => void stderr.write(`${message}\n`);
  return openGitHub({ apiUrl, token, owner, repo, tool, signal, note });
}

/** Writes the comment, and what else was asked for. */
export async function tellPull(
  context: Context,
  { job, event, host }: PullJob,
  report: PullReport,
  options: Pick<PostOptions, "failOn" | "check" | "label">,
): Promise<void> {
  const outcome = await postPull(host, event.number, report, { ...options, run: job.run, page: job.page });
  context.stderr.write(`${OUTCOME[outcome]}\n`);
}
