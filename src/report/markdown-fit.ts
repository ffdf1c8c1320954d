/** A part of a document: entries that are kept or left out whole, between lines that belong to them. */
export interface Section {
  readonly head: readonly string[];
  readonly entries: readonly string[];
  readonly tail?: readonly string[];
}

/** Room for the lines that say what is left out. */
const NOTE = 600;

/**
 * A document of at most so many characters. Entries are taken in their order as long as they fit, and a section without entries
 * is left out. The end says how many entries are missing, also to programs: `<!-- lockstep:cut N -->`.
 */
export function fitted(
  head: readonly string[],
  sections: readonly Section[],
  { limit, full }: { readonly limit: number; readonly full?: string | undefined },
): string {
  const lines = [...head];
  let room = limit - NOTE - textLength(head);
  let missing = 0;
  for (const { head: before, entries, tail = [] } of sections) {
    const frame = textLength(before) + textLength(tail) + 1;
    const kept: string[] = [];
    let used = frame;
    for (const entry of entries) {
      if (used + entry.length + 1 > room) break;
      kept.push(entry);
      used += entry.length + 1;
    }
    missing += entries.length - kept.length;
    if (kept.length === 0) continue;
    lines.push("", ...before, ...kept, ...tail);
    room -= used;
  }
  return [...lines, ...(missing === 0 ? [] : cutLines(missing, full))].join("\n") + "\n";
}

function textLength(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}

function cutLines(missing: number, full: string | undefined): string[] {
  const where =
    full === undefined || full.length > NOTE / 2 ? "the full report" : `[the full report](<${encodeURI(full)}>)`;
  const entries = missing === 1 ? "1 entry is" : `${missing} entries are`;
  return [
    "",
    `**${entries} left out here for want of room**; ${where} holds everything.`,
    "",
    `<!-- lockstep:cut ${missing} -->`,
  ];
}
