import type { CodeHost } from "../model/code-host.ts";
import { isNotOlder, markerLine, ownTexts, type Marked, type Marker } from "./marker.ts";

/** What became of a comment. */
export type CommentOutcome = "created" | "updated" | "newer-there" | "head-moved";

/** How often a comment is looked for again that somebody deletes while it is being updated. */
const TRIES = 3;

/**
 * Keeps one comment on a pull request up to date. A text about a commit that is not its head any more is not written, and a later
 * run's text is not replaced. Runs at the same time settle on the oldest comment; each takes its own younger one away.
 * @param text the body below the marker
 * @throws LockstepError `github-permission` and other `github-…`
 */
export async function keepComment(host: CodeHost, pull: number, marker: Marker, text: string): Promise<CommentOutcome> {
  if ((await host.headOf(pull)) !== marker.head) return "head-moved";
  const body = `${markerLine(marker)}\n${text}`;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const [kept, ...younger] = ownTexts(await host.comments(pull), marker.key);
    if (kept === undefined) break;
    const outcome = await updateKept(host, [kept, ...younger], marker, body);
    if (outcome !== "gone") return outcome;
  }
  const own = await host.createComment(pull, body);
  const all = ownTexts(await host.comments(pull), marker.key);
  const [oldest] = all;
  if (oldest === undefined || oldest.id === own) return "created";
  // Another run created one at the same time: the older comment stays, with the text of the later run.
  await host.deleteComment(own);
  const outcome = await updateKept(host, [oldest], marker, body);
  return outcome === "gone" ? "updated" : outcome;
}

async function updateKept(
  host: CodeHost,
  [kept, ...younger]: readonly Marked[],
  marker: Marker,
  body: string,
): Promise<CommentOutcome | "gone"> {
  if (kept === undefined) return "gone";
  const newest = [kept, ...younger].every((other) => isNotOlder(marker.run, other.marker.run));
  if (!newest) return "newer-there";
  if (!(await host.updateComment(kept.id, body))) return "gone";
  for (const { id } of younger) await host.deleteComment(id);
  return "updated";
}
