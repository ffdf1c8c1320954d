import { basename, join } from "node:path";
import { pullReport } from "../../app/index.ts";
import { pullComment } from "../../collab/pull-comment.ts";
import { pullJson } from "../../collab/pull-file.ts";
import { pullText } from "../../collab/pull-text.ts";
import type { App } from "../../model/app.ts";
import { LockstepError } from "../../model/error.ts";
import type { PullReport } from "../../model/pull-report.ts";
import { openWorkingCopy } from "../../platform/git.ts";
import type { Context } from "../context.ts";
import { openCliApp } from "../open-app.ts";

/** What is compared, and with what. */
interface Compared {
  readonly config: string;
  readonly base?: string | undefined;
  readonly environment: string;
  readonly files: boolean;
  /** Commits of the event; with `base`, the one that is checked out. */
  readonly commits: { readonly head: string; readonly base: string } | undefined;
}

/** The report, and the proposed configuration. */
interface ComparedPull {
  readonly app: App;
  readonly report: PullReport;
}

/** Compares the configuration that is checked out with that of the base commit. @throws as `pullReport`, and of Git */
export async function comparePull(context: Context, given: Compared): Promise<ComparedPull> {
  const proposed = await openCliApp(context, given.config);
  const copy = await openWorkingCopy(proposed.workspace.directory, context.env);
  const commits = given.commits ?? { head: copy.head, base: given.base ?? "HEAD" };
  const report = await copy.withBase(commits.base, async (files, commit) => {
    const base = await baseApp(context, join(files, copy.prefix, basename(given.config)), proposed);
    return pullReport({
      proposed,
      base,
      prefix: copy.prefix,
      commits: { head: commits.head, base: commit },
      environment: given.environment,
      isLive: !given.files && base !== undefined && (await hasLogins(base)),
    });
  });
  return { app: proposed, report };
}

/**
 * The base commit may hold no configuration yet, or one that cannot be read: correcting it is what the pull request is for. Its
 * files lie apart from the key of placeholders, and only placeholders of one key can be compared. Secrets are no part of a commit:
 * where the base names a file with one, that file is in the working copy.
 */
async function baseApp(
  context: Context,
  file: string,
  { placeholders, workspace }: Pick<App, "placeholders" | "workspace">,
): Promise<App | undefined> {
  try {
    return { ...(await openCliApp(context, file, workspace.directory)), placeholders };
  } catch (error) {
    if (error instanceof LockstepError) return undefined;
    throw error;
  }
}

/** Without its secrets, as in a pull request from a fork, nobody can log in. */
async function hasLogins({ workspace, readSecret }: App): Promise<boolean> {
  const { clientId, clientSecret } = workspace.config.orgs.standby;
  try {
    for (const reference of [clientId, clientSecret]) await readSecret(reference);
    return true;
  } catch (error) {
    if (error instanceof LockstepError && error.code === "secret-missing") return false;
    throw error;
  }
}

/** Characters of a job summary on GitHub: it takes 1 MiB, a character up to 3 bytes of it, and something else may be in it. */
export const SUMMARY_LIMIT = 300_000;

/** Shows the report on stdout. */
export function showPull(context: Context, report: PullReport, format: "text" | "json" | "markdown"): void {
  if (format === "text") context.stdout.write(pullText(report));
  else if (format === "markdown") context.stdout.write(pullComment(report, { limit: SUMMARY_LIMIT }));
  else context.stdout.write(pullJson(report));
}
