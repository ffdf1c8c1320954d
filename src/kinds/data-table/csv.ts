import { isObj, type Json, type Obj } from "../../model/json.ts";

/**
 * All rows of a table as RFC 4180 text with a header line, or undefined where CSV could not say the same: an empty cell
 * does not tell an empty text from a missing value, so every row must have a value in every column.
 */
export function csvOf(rows: Obj): string | undefined {
  const columns = columnsOf(rows);
  if (columns === undefined) return undefined;
  const lines = Object.entries(rows).map(([key, row]) =>
    [key, ...columns.map((column) => cellOf(isObj(row) ? row[column] : undefined))].map(quoted).join(","),
  );
  return [["key", ...columns].map(quoted).join(","), ...lines].map((line) => `${line}\r\n`).join("");
}

function columnsOf(rows: Obj): string[] | undefined {
  const [first, ...others] = Object.values(rows);
  const columns = isObj(first) ? Object.keys(first) : [];
  const complete = [first, ...others].every(
    (row) =>
      isObj(row) &&
      Object.keys(row).length === columns.length &&
      columns.every((column) => Object.hasOwn(row, column) && cellOf(row[column]) !== ""),
  );
  return complete ? columns : undefined;
}

function cellOf(value: Json | undefined): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

function quoted(cell: string): string {
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
