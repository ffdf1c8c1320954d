/** One figure of the report. */
export interface Figure {
  readonly what: string;
  readonly value: string;
  /** What is aimed for; absent for figures that are only told. */
  readonly goal?: string;
  readonly met?: boolean;
}

/** Figures as aligned lines. */
export function figureLines(title: string, figures: readonly Figure[]): string {
  const rows = figures.map(({ what, value, goal = "", met }) => [
    what,
    value,
    goal,
    met === undefined ? "" : met ? "met" : "MISSED",
  ]);
  return `\n${title}\n${alignedRows(rows)}\n`;
}

/** Rows with their columns aligned; the first to the left, the others to the right. */
export function alignedRows(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const cell = (text: string, column: number): string =>
    column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0);
  return rows.map((row) => `  ${row.map(cell).join("  ")}`.trimEnd()).join("\n");
}

/** A number with so many digits after the point. */
export function rounded(value: number, digits = 2): string {
  return value.toFixed(digits);
}

/** The middle of some numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}
