/** `1 object`, `2 objects`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Rows as lines with aligned columns; numbers to the right, the last column not padded. */
export function aligned(rows: readonly (readonly (string | number)[])[], gap = "  "): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => width(row[column] ?? ""))));
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const fill = " ".repeat((widths[column] ?? 0) - width(cell));
        return typeof cell === "number" ? fill + cell : cell + fill;
      })
      .join(gap)
      .trimEnd(),
  );
}

function width(cell: string | number): number {
  return [...String(cell)].length;
}
