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

/** Characters that are measured at a time: the time that finding them takes grows with the square of the length. */
const PIECE = 1024;

/** Columns that a text takes on a terminal: wide characters take two, marks none. */
export function columns(text: string | number): number {
  const whole = String(text);
  let sum = 0;
  for (let start = 0; start < whole.length; start += PIECE) sum += stringWidth(whole.slice(start, start + PIECE));
  return sum;
}

/** Does a text take so many columns at most? Of a text that is far too long, nobody has to know how long it is. */
export function fits(text: string, width: number): boolean {
  return width === Infinity || (text.length <= longest(width) && columns(text) <= width);
}

/** A text of so many columns at most: where it is longer, its start and "…". */
export function cut(text: string, width: number): string {
  if (fits(text, width)) return text;
  let [kept, used] = ["", 0];
  for (const { segment } of new Intl.Segmenter().segment(text.slice(0, longest(width)))) {
    used += columns(segment);
    if (used > width - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** Characters of the longest text that may take so many columns. */
function longest(width: number): number {
  return width * 8;
}
