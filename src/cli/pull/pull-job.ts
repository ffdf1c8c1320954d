import { join } from "node:path";
import { assertOutput, writeOutput, type NightlyDrift } from "../../app/index.ts";
import { finishedRunOf, jobOf, pullEventOf, type ActionsJob, type PullEvent } from "../../collab/event.ts";
import { ISSUE_OUTCOME, keepIssue } from "../../collab/keep-issue.ts";
import { pairKey } from "../../collab/marker.ts";
import { COMMENT_LIMIT, OUTCOME, postPull, type PostOptions } from "../../collab/post-pull.ts";
import { pullComment } from "../../collab/pull-comment.ts";
import { parsePull, PULL_FILE, PULL_FILE_LIMIT, pullJson } from "../../collab/pull-file.ts";
import type { App } from "../../model/app.ts";
import type { CodeHost } from "../../model/code-host.ts";
import { LockstepError } from "../../model/error.ts";
import { printable } from "../../model/printable.ts";
import type { PullReport } from "../../model/pull-report.ts";
import { readBounded } from "../../platform/bounded-file.ts";
import { markdownReport } from "../../report/markdown.ts";
import { cut } from "../../report/width.ts";
import { fromCwd, type Context } from "../context.ts";
import { SUMMARY_LIMIT } from "./compare-pull.ts";

/** A finished job, and what is told about it. */
type Posted = Pick<PostOptions, "failOn" | "check" | "label">;

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
async function eventText({ env, files }: Context): Promise<string | undefined> {
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
  options: Posted,
): Promise<void> {
  const outcome = await postPull(host, event.number, report, { ...options, run: job.run, page: job.page });
  context.stderr.write(`${OUTCOME[outcome]}\n`);
}

/** What a job for a pull request is about, where nothing is told on GitHub. @throws LockstepError `not-a-pull-request` */
export async function pullEvent(context: Context): Promise<PullEvent> {
  return pullEventOf(await eventText(context), context.env["GITHUB_EVENT_NAME"] ?? "");
}

/** Writes the report for a later job with more permissions. @throws LockstepError `would-overwrite`, `file-unwritable` */
export async function writeArtifact(app: App, directory: string, report: PullReport): Promise<void> {
  const texts = { [PULL_FILE]: pullJson(report), "pull-request.md": pullComment(report, { limit: SUMMARY_LIMIT }) };
  for (const name of Object.keys(texts)) await assertOutput(app, join(directory, name));
  for (const [name, text] of Object.entries(texts)) await writeOutput(app, join(directory, name), text);
}

/**
 * Posts what the run wrote that this job follows. Which pull request it is, only GitHub says; of the artefact only the report is taken,
 * and rendered again.
 * @param options `environment` is this job's: the artefact does not choose it
 * @throws LockstepError `not-a-workflow-run`, `artifact-refused`, `report-malformed`, `report-newer` and those of GitHub
 */
export async function postArtifact(
  context: Context,
  directory: string,
  options: Posted & { readonly environment: string },
): Promise<PullReport> {
  const job = jobOf(context.env);
  const finished = finishedRunOf(await eventText(context), context.env["GITHUB_EVENT_NAME"] ?? "");
  const file = join(fromCwd(context, directory), PULL_FILE);
  const read = parsePull(await readBounded(file, PULL_FILE_LIMIT), file, finished.commit);
  const report = { ...read, environment: options.environment };
  const host = await openHost(context, job);
  const pull = await host.pullOf(finished);
  if (pull === undefined) {
    context.stderr.write("No open pull request has this commit as its head by now; nothing was written\n");
    return report;
  }
  const { run, page } = finished;
  const outcome = await postPull(host, pull, report, { ...options, run, page });
  context.stderr.write(`${OUTCOME[outcome]}\n`);
  return report;
}

/** Opens, updates or closes the issue about a drift. */
export async function tellIssue(
  context: Context,
  { job, host }: Pick<PullJob, "job" | "host">,
  { report, drift }: NightlyDrift,
  environment: string,
): Promise<void> {
  const marker = { key: pairKey(report, environment), run: job.run, head: "" };
  const names = cut(printable(`${report.target.name} differs from ${report.source.name}`), 150);
  const title = `lockstep: ${names}${environment === "" ? "" : ` (${cut(printable(environment), 60)})`}`;
  const text = markdownReport(report, { limit: COMMENT_LIMIT, full: job.page });
  context.stderr.write(`${ISSUE_OUTCOME[await keepIssue(host, marker, { title, text, drift })]}\n`);
}
