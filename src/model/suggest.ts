import { byCodePoint } from "./json.ts";

/** Candidates further away than this share of the word's length are no help. */
const FURTHEST_SHARE = 0.4;

/**
 * The known words that somebody probably meant, nearest first.
 * @param word what was written
 * @param known what could have been written; a long list is fine, it is looked at once
 */
export function nearest(word: string, known: Iterable<string>, most = 3): string[] {
  const furthest = Math.max(2, Math.floor(word.length * FURTHEST_SHARE));
  const wanted = word.toLowerCase();
  const found: { candidate: string; distance: number }[] = [];
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) > furthest) continue;
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance <= furthest) found.push({ candidate, distance });
  }
  return found
    .sort((a, b) => a.distance - b.distance || byCodePoint(a.candidate, b.candidate))
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

/** `Did you mean …?` for a word nobody knows, or an empty text when nothing is near. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const [first, ...rest] = nearest(word, known).map((candidate) => JSON.stringify(candidate));
  if (first === undefined) return "";
  return `Did you mean ${[first, ...rest].join(" or ")}?`;
}

/** A sentence without its full stop about a word nobody knows, followed by `Did you mean …?` where something is near. */
export function withSuggestion(sentence: string, word: string, known: Iterable<string>): string {
  const question = didYouMean(word, known);
  return question === "" ? sentence : `${sentence}. ${question}`;
}

/** Insertions, deletions, replacements and swaps of neighbours that lead from one text to the other. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let row = 1; row <= a.length; row++) {
    const next = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      next.push(
        Math.min(
          at(last, column) + 1,
          at(next, column - 1) + 1,
          at(last, column - 1) + (same ? 0 : 1),
          swapped ? at(beforeLast, column - 2) + 1 : Infinity,
        ),
      );
    }
    beforeLast = last;
    last = next;
  }
  return at(last, b.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
