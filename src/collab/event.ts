import type { ProposedBranch, Run } from "../model/code-host.ts";
import { LockstepError } from "../model/error.ts";
import { isObj, textOf, type Json, type Obj } from "../model/json.ts";
import { parseJson } from "../snapshot/json-text.ts";

/** What a job of GitHub Actions says about itself. */
export interface ActionsJob {
  readonly owner: string;
  readonly repo: string;
  readonly apiUrl: string;
  readonly run: Run;
  /** Address of the run's page. */
  readonly page: string;
}

/** A pull request as the event tells of it. */
export interface PullEvent {
  readonly number: number;
  readonly head: string;
  readonly base: string;
}

interface Environment {
  readonly [name: string]: string | undefined;
}

/**
 * The job that this is, from the variables that every step gets (GitHub Docs, "Variables reference").
 * @throws LockstepError `not-a-job`
 */
export function jobOf(env: Environment): ActionsJob {
  const [owner = "", repo = "", ...more] = (env["GITHUB_REPOSITORY"] ?? "").split("/");
  if (owner === "" || repo === "" || more.length > 0) {
    const hint = "Run it in a job of GitHub Actions. `lockstep pr --base BRANCH` shows a report without one.";
    throw new LockstepError(
      "not-a-job",
      "GITHUB_REPOSITORY does not say OWNER/NAME: this is no job of GitHub Actions",
      hint,
    );
  }
  const server = env["GITHUB_SERVER_URL"] ?? "https://github.com";
  return {
    owner,
    repo,
    apiUrl: env["GITHUB_API_URL"] ?? "https://api.github.com",
    run: { number: count(env["GITHUB_RUN_NUMBER"]), attempt: count(env["GITHUB_RUN_ATTEMPT"]) },
    page: `${server}/${owner}/${repo}/actions/runs/${env["GITHUB_RUN_ID"] ?? ""}`,
  };
}

/** Address of the page of the run that this is: a job of GitHub Actions, GitLab or Azure Pipelines; undefined elsewhere. */
export function runPage(env: Environment): string | undefined {
  if ((env["GITHUB_REPOSITORY"] ?? "") !== "") return jobOf(env).page;
  const gitLab = env["CI_JOB_URL"] ?? "";
  return gitLab === "" ? azurePage(env) : gitLab;
}

function azurePage(env: Environment): string | undefined {
  const { SYSTEM_COLLECTIONURI: collection, SYSTEM_TEAMPROJECT: project, BUILD_BUILDID: build } = env;
  if (collection === undefined || project === undefined || build === undefined) return undefined;
  return `${collection}${encodeURIComponent(project)}/_build/results?buildId=${build}`;
}

function count(text: string | undefined): number {
  return /^\d{1,12}$/.test(text ?? "") ? Number(text) : 0;
}

/** @param text the file that GITHUB_EVENT_PATH names @throws LockstepError `not-a-pull-request` */
export function pullEventOf(text: string | undefined, eventName: string): PullEvent {
  const pull = objectAt(payloadOf(text), "pull_request");
  const number = pull["number"];
  const [head, base] = [objectAt(pull, "head"), objectAt(pull, "base")];
  const [headSha, baseSha] = [textOf(head["sha"]), textOf(base["sha"])];
  if (typeof number !== "number" || !isCommit(headSha) || !isCommit(baseSha)) {
    const hint =
      "Run it on: pull_request. For nightly runs there is `lockstep issue`; for runs after a fork's, --from-artifact.";
    throw new LockstepError("not-a-pull-request", `The event ${eventName || "of this job"} has no pull request`, hint);
  }
  return { number, head: headSha, base: baseSha };
}

/** The run whose artefact is to be posted. */
export interface FinishedRun extends ProposedBranch {
  readonly run: Run;
  readonly page: string;
}

/**
 * The run that this one follows. Everything that a pull request is found by comes from GitHub here, and nothing from what that
 * run wrote.
 * @throws LockstepError `not-a-workflow-run`
 */
export function finishedRunOf(text: string | undefined, eventName: string): FinishedRun {
  const run = objectAt(payloadOf(text), "workflow_run");
  const owner = textOf(objectAt(objectAt(run, "head_repository"), "owner")["login"]);
  const [branch, commit] = [textOf(run["head_branch"]), textOf(run["head_sha"])];
  if (owner === "" || branch === "" || !isCommit(commit)) {
    const hint = "Use --from-artifact in a workflow that runs on: workflow_run.";
    throw new LockstepError("not-a-workflow-run", `The event ${eventName || "of this job"} has no finished run`, hint);
  }
  const number = (value: Json | undefined): number => (typeof value === "number" ? value : 0);
  const finished = { number: number(run["run_number"]), attempt: number(run["run_attempt"]) };
  return { owner, branch, commit, run: finished, page: textOf(run["html_url"]) };
}

function isCommit(text: string): boolean {
  return /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(text);
}

function payloadOf(text: string | undefined): Obj {
  const parsed = parseJson(text ?? "");
  return "value" in parsed && isObj(parsed.value) ? parsed.value : {};
}

function objectAt(value: Obj, name: string): Obj {
  const inner = Object.hasOwn(value, name) ? value[name] : undefined;
  return isObj(inner) ? inner : {};
}
