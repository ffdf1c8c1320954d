// What knows how wide a text is on a terminal. Loading that takes half as long as starting Node does, so what every command
// loads does not import it.
import stringWidth from "string-width";

/** Rows as lines with aligned columns; numbers to the right, the last column not padded. */
export function aligned(rows: readonly (readonly (string | number)[])[], gap = "  "): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => columns(row[column] ?? ""))));
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const fill = " ".repeat((widths[column] ?? 0) - columns(cell));
        return typeof cell === "number" ? fill + cell : cell + fill;
      })
      .join(gap)
      .trimEnd(),
  );
}

/** Pieces in which a text is measured: the time that finding its characters takes grows with the square of its length. */
const PIECES = /[^]{1,512}/gu;

/** Columns that a text takes on a terminal: wide characters take two, marks none. */
export function columns(text: string | number): number {
  let sum = 0;
  for (const [piece] of String(text).matchAll(PIECES)) sum += stringWidth(piece);
  return sum;
}

/** Characters that a column holds at most; marks take none. */
const DENSEST = 8;

/** Does a text take so many columns at most? Of a text that is far too long, nobody has to know how long it is. */
export function fits(text: string, width: number): boolean {
  return width === Infinity || (text.length <= width * DENSEST && columns(text) <= width);
}

/** A text of so many columns at most: where it is longer, its start and "…". */
export function cut(text: string, width: number): string {
  if (fits(text, width)) return text;
  let [kept, used] = ["", 0];
  for (const [piece] of text.matchAll(PIECES)) {
    for (const { segment } of new Intl.Segmenter().segment(piece)) {
      used += columns(segment);
      if (used > width - 1) return `${kept}…`;
      kept += segment;
    }
  }
  return `${kept}…`;
}
