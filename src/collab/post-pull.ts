import type { CodeHost, Run } from "../model/code-host.ts";
import type { PullReport } from "../model/pull-report.ts";
import { keepComment, type CommentOutcome } from "./keep-comment.ts";
import { pairKey } from "./marker.ts";
import { pullCheck, type FailOn } from "./pull-check.ts";
import { pullComment } from "./pull-comment.ts";

/** What GitHub is told besides the comment. */
export interface PostOptions {
  readonly run: Run;
  /** Address of the run, which holds the full report. */
  readonly page: string;
  readonly failOn: FailOn;
  readonly check: boolean;
  /** Set while the merge would change the standby, taken away otherwise. */
  readonly label?: string | undefined;
}

/** Characters that GitHub takes in a comment, without the room for the marker. */
export const COMMENT_LIMIT = 65_536 - 256;

/** What became of the comment, in words. */
export const OUTCOME: { readonly [outcome in CommentOutcome]: string } = {
  created: "The comment was created",
  updated: "The comment was updated",
  "newer-there": "A later run has written the comment already; it stays as it is",
  "head-moved": "The pull request has another head by now; nothing was written",
};

/**
 * Tells a pull request what it means for the standby. Where the comment says that this run is out of date, nothing else is written.
 * @throws LockstepError `github-permission` and other `github-…`
 */
export async function postPull(
  host: CodeHost,
  pull: number,
  report: PullReport,
  { run, page, failOn, check, label }: PostOptions,
): Promise<CommentOutcome> {
  const key = pairKey(report.afterMerge, report.environment);
  const text = pullComment(report, { limit: COMMENT_LIMIT, full: page });
  const outcome = await keepComment(host, pull, { key, run, head: report.head }, text);
  if (outcome === "head-moved" || outcome === "newer-there") return outcome;
  if (check) await host.recordCheck(pullCheck(report, failOn, page));
  if (label !== undefined) await host.label(pull, label, report.afterMerge.changes.length > 0);
  return outcome;
}
