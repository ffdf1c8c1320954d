import { splitCoordinate } from "../model/coordinate.ts";
import type { Action, DriftChange, DriftReport, Edit } from "../model/report.ts";
import { painter, type Paint } from "./paint.ts";
import { plural, printable, shortValue } from "./plain.ts";
import { worstFirst, type KindRow } from "./summary.ts";

/** How the text is made. */
export interface TextOptions {
  readonly colour: boolean;
  /** Edits shown per object before the rest is only counted. */
  readonly edits?: number;
}

const SIGN: { readonly [action in Action]: string } = { create: "+", update: "~", delete: "-", rename: ">" };
const STYLE = { create: "green", update: "yellow", delete: "red", rename: "cyan" } as const;

/** The drift for people at a terminal: what matters first, then each object with its edits. */
export function textReport(report: DriftReport, { colour, edits = 8 }: TextOptions): string {
  const paint = painter(colour);
  const lines = [
    `${paint("bold", "primary")} ${printable(report.source.name)} (${report.source.region})`,
    `${paint("bold", "standby")} ${printable(report.target.name)} (${report.target.region})`,
    "",
    ...summaryLines(report, paint),
    ...report.changes.flatMap((change) => ["", ...changeLines(change, paint, edits)]),
    ...derivedLines(report, paint, edits),
    ...findingLines(report, paint),
  ];
  return lines.join("\n") + "\n";
}

function summaryLines(report: DriftReport, paint: Paint): string[] {
  const compared = Object.values(report.kinds).reduce((sum, kind) => sum + kind.compared, 0);
  if (report.changes.length === 0)
    return [paint("green", `in step: ${plural(compared, "object")} compared, none differs`)];
  const { create, update, delete: extra, rename } = report.summary;
  const counts = [`${create} missing`, `${update} different`, `${extra} only in the standby`, `${rename} renamed`];
  const rows = worstFirst(report);
  const width = Math.max(...rows.map((row) => row.kind.length));
  return [
    paint("red", `${report.changes.length} of ${plural(compared, "object")} differ: ${counts.join(", ")}`),
    ...rows.map((row) => `  ${row.kind.padEnd(width)}  ${rowText(row)}`),
  ];
}

function rowText({ actions, compared }: KindRow): string {
  const parts = (["create", "update", "delete", "rename"] as const)
    .filter((action) => actions[action] > 0)
    .map((action) => `${SIGN[action]}${actions[action]}`);
  return `${parts.join(" ")} of ${compared}`;
}

function changeLines(change: DriftChange, paint: Paint, limit: number): string[] {
  const { kind, key } = splitCoordinate(change.coordinate);
  const from = change.from === undefined ? "" : ` (now ${printable(splitCoordinate(change.from).key)})`;
  const head = paint(STYLE[change.action], `${SIGN[change.action]} ${kind}/${printable(key)}${from}`);
  if (change.action === "create" || change.action === "delete") return [head];
  const shown = change.edits.slice(0, limit).map((edit) => `    ${editText(edit)}`);
  const rest = change.edits.length - shown.length;
  return [
    head,
    ...shown,
    ...(rest > 0 ? [paint("dim", `    and ${plural(rest, "more edit")}`)] : []),
    ...(change.ignored === undefined ? [] : [paint("dim", `    ${plural(change.ignored, "edit")} ignored`)]),
  ];
}

function editText({ path, before, after }: Edit): string {
  return `${printable(path)}: ${shortValue(before)} → ${shortValue(after)}`;
}

function derivedLines(report: DriftReport, paint: Paint, limit: number): string[] {
  if (report.derived.length === 0) return [];
  const head = "Follows from the changes above (not counted, repaired with them):";
  return ["", paint("bold", head), ...report.derived.flatMap((change) => changeLines(change, paint, limit))];
}

function findingLines(report: DriftReport, paint: Paint): string[] {
  if (report.findings.length === 0) return [];
  return [
    "",
    paint("bold", plural(report.findings.length, "finding")),
    ...report.findings.map(
      ({ code, coordinate, path, message }) =>
        `  ${code}: ${printable(coordinate)}${printable(path ?? "")}: ${printable(message)}`,
    ),
  ];
}
