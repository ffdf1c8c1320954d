import type { CodeHost } from "../model/code-host.ts";
import { isNotOlder, markerLine, ownTexts, type Marked, type Marker } from "./marker.ts";

/** What an issue is kept by. */
export interface IssueState {
  readonly title: string;
  /** The body below the marker. */
  readonly text: string;
  /** `unknown`: nothing was found, but not everything was compared; then an open issue stays as it is. */
  readonly drift: "some" | "none" | "unknown";
}

/** What became of the issue. */
export type IssueOutcome = "opened" | "updated" | "closed" | "left" | "newer-there" | "none-needed";

/** The same in words. */
export const ISSUE_OUTCOME: { readonly [outcome in IssueOutcome]: string } = {
  opened: "An issue was opened",
  updated: "The issue was updated",
  closed: "In step again: the issue was closed",
  left: "Not everything was compared, so issues stay as they are",
  "newer-there": "A later run has written the issue already; it stays as it is",
  "none-needed": "In step, and no issue is open",
};

/**
 * Keeps one open issue for a pair of organisations while they differ: opens it, updates it, and closes it when they are in step
 * again. Of issues that two runs opened at the same time, the older stays.
 * @throws LockstepError `github-permission` and other `github-…`
 */
export async function keepIssue(
  host: CodeHost,
  marker: Marker,
  { title, text, drift }: IssueState,
): Promise<IssueOutcome> {
  if (drift === "unknown") return "left";
  const body = `${markerLine(marker)}\n${text}`;
  const open = await ownIssues(host, marker);
  if (open.some((issue) => !isNotOlder(marker.run, issue.marker.run))) return "newer-there";
  if (drift === "none") {
    for (const { id } of open) await host.updateIssue(id, { body, close: true });
    return open.length === 0 ? "none-needed" : "closed";
  }
  const [kept, ...younger] = open;
  if (kept !== undefined) {
    await host.updateIssue(kept.id, { title, body });
    for (const { id } of younger) await host.updateIssue(id, { close: true });
    return "updated";
  }
  const own = await host.createIssue(title, body);
  const [oldest] = await ownIssues(host, marker);
  if (oldest === undefined || oldest.id === own) return "opened";
  await host.updateIssue(own, { close: true });
  if (isNotOlder(marker.run, oldest.marker.run)) await host.updateIssue(oldest.id, { title, body });
  return "updated";
}

async function ownIssues(host: CodeHost, { key }: Marker): Promise<Marked[]> {
  return ownTexts(await host.openIssues(), key);
}
