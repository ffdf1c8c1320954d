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

/** Columns that a text takes on a terminal: wide characters take two, marks none. */
export function columns(text: string | number): number {
  return stringWidth(String(text));
}

/** A text of so many columns at most: where it is longer, its start and "…". */
export function cut(text: string, width: number): string {
  // Measuring goes character by character; of a very long text nobody has to know how long it is.
  if (text.length <= width * 8 && columns(text) <= width) return text;
  let [kept, used] = ["", 0];
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    used += columns(segment);
    if (used > width - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}
