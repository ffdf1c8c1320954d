import type { Coordinate } from "../model/coordinate.ts";
import { printable } from "../model/printable.ts";
import type { Side } from "../model/side.ts";
import { fenced } from "../report/markdown-code.ts";

/** What a commit changes about a file. */
export type FileChange = "added" | "changed" | "removed";

/** Objects named in a message; the commit itself holds the rest. */
const MOST_OBJECTS = 100;

const LONGEST_NAME = 60;

const WORD = { added: "new", changed: "changed", removed: "gone" } as const;

/**
 * The message of a commit that holds a snapshot: what changed, and who did it.
 * @param org the organisation's name
 * @param changes by coordinate; empty where only records changed, such as version numbers
 * @param authorsOf who changed an object, as far as it is known
 * @returns a subject line, and a line for each object. Names come from the organisation: no line of theirs can become a line of its
 *   own, or a trailer such as `Co-authored-by`, because each begins with a dash
 */
export function commitMessage(
  org: string,
  changes: ReadonlyMap<Coordinate, FileChange>,
  authorsOf: (coordinate: Coordinate) => readonly string[],
): string {
  const counts = (["added", "changed", "removed"] as const).flatMap((change) => {
    const count = [...changes.values()].filter((other) => other === change).length;
    return count === 0 ? [] : [`${count} ${WORD[change]}`];
  });
  const subject = `Snapshot of ${shortened(inert(org))}: ${counts.join(", ") || "records only"}`;
  const lines = [...changes].slice(0, MOST_OBJECTS).map(([coordinate, change]) => {
    const authors = authorsOf(coordinate).map((author) => shortened(inert(author)));
    return `- ${WORD[change]}: ${inert(coordinate)}${authors.length === 0 ? "" : ` (${authors.join(", ")})`}`;
  });
  if (changes.size > MOST_OBJECTS) lines.push(`- and ${changes.size - MOST_OBJECTS} more`);
  return [subject, ...(lines.length === 0 ? [] : ["", ...lines]), ""].join("\n");
}

/**
 * Title and body of the pull request that snapshots of an organisation are proposed in.
 * @param message that of the newest commit
 */
export function proposalTexts(side: Side, message: string): { readonly title: string; readonly body: string } {
  const lines = [
    "Each commit says what changed and who changed it. The newest one:",
    "",
    ...fenced(message.trimEnd().split("\n"), ""),
  ];
  return { title: `Snapshot of the ${side}`, body: lines.join("\n") };
}

/**
 * A name that does nothing in a message. On GitHub `Fixes #1`, `GH-1` or the address of an issue would close one, `@team` would tell a
 * team, and `[skip ci]` would keep workflows from running; what could do so is encoded as in an address.
 */
function inert(name: string): string {
  return printable(name).replace(/[#[\]%]|(?<![\p{L}\p{N}])@|:(?=\/\/)|(?<=\bgh)-(?=\d)/giu, (mark) => {
    const point = mark.codePointAt(0) ?? 0;
    return `%${point.toString(16).toUpperCase()}`;
  });
}

function shortened(text: string): string {
  const characters = [...text];
  return characters.length > LONGEST_NAME ? `${characters.slice(0, LONGEST_NAME - 1).join("")}…` : text;
}
