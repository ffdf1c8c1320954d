import { printable } from "../model/printable.ts";
import type { DriftReport, ReportOrg } from "../model/report.ts";
import { changeLines, type ChangeLayout } from "./change-text.ts";
import { findingLines, FINDINGS_SHOWN } from "./finding-text.ts";
import { painter, type Paint } from "./paint.ts";
import { plural } from "./plain.ts";
import { aligned } from "./width.ts";
import { answersText, OPERATIONAL_HEAD, stateText } from "./reported.ts";
import { standInLines } from "./stand-in.ts";
import {
  actionsIn,
  answerSentence,
  groupFindings,
  ignoredEdits,
  isWell,
  MEANING,
  onlyExtras,
  SIGN,
  worstFirst,
} from "./summary.ts";
import { toldEdits } from "./told-edits.ts";
import { objectWords, placeWords } from "./words.ts";

/** How the text is made. */
export interface TextOptions {
  readonly colour: boolean;
  /** Columns of the terminal; 100 where there is none. */
  readonly width?: number | undefined;
  /** Every edit and every text in full, however long. */
  readonly full?: boolean;
  /** Only how many edits each object has. */
  readonly stat?: boolean;
}

/** Columns of a line where nobody says how wide the terminal is, and the fewest that a line needs. */
const WIDTH = 100;
const NARROWEST = 40;
/** Edits shown per object before the rest is only counted. */
const EDITS = 8;

/** How changes are laid out for these options. */
export function layoutOf({ colour, width = WIDTH, full = false }: TextOptions): ChangeLayout {
  const paint = painter(colour);
  return full
    ? { paint, width: Infinity, edits: Infinity, hunks: true }
    : { paint, width: Math.max(width, NARROWEST), edits: EDITS, hunks: false };
}

/** The drift for people at a terminal: the answer first, then each object with its edits, kinds with the most differences first. */
export function textReport(report: DriftReport, options: TextOptions): string {
  const layout = layoutOf(options);
  const { paint } = layout;
  const stands = standInLines(report.findings).map((line) => paint("yellow", line));
  const head = [...stands, ...answerLines(report, paint)];
  if (options.stat === true) return [...head, ...statLines(report, paint)].join("\n") + "\n";
  const lines = [
    ...head,
    ...tableLines(report, paint),
    ...worstFirst(report).flatMap(({ changes }) => ["", ...changes.flatMap((change) => changeLines(change, layout))]),
    ...derivedLines(report, layout),
    ...operationalLines(report, paint),
    ...reportedLines(report, layout),
    ...findingLines(report.findings, paint, options.full),
    ...nextLines(report, layout),
  ];
  return lines.join("\n") + "\n";
}

function answerLines(report: DriftReport, paint: Paint): string[] {
  const isFine = report.changes.length === 0 && isWell(report);
  const style = isFine ? "green" : report.changes.length === 0 || onlyExtras(report) ? "yellow" : "red";
  return [
    paint(style, answerSentence(report)),
    `${paint("bold", "primary")}  ${orgText(report.source)}`,
    `${paint("bold", "standby")}  ${orgText(report.target)}`,
  ];
}

function orgText({ name, region }: ReportOrg): string {
  return `${printable(name)}${region === "" ? "" : ` (${printable(region)})`}`;
}

function tableLines(report: DriftReport, paint: Paint): string[] {
  if (report.changes.length === 0) return [];
  const actions = actionsIn(report);
  const rows = worstFirst(report).map((row) => [
    row.kind,
    ...actions.map((action) => row.actions[action]),
    row.compared,
  ]);
  const [head = "", ...table] = aligned([["kind", ...actions.map((action) => MEANING[action]), "compared"], ...rows]);
  return ["", paint("dim", `  ${head}`), ...table.map((line) => `  ${line}`)];
}

/** Most marks of a bar. */
const BAR = 20;

function statLines(report: DriftReport, paint: Paint): string[] {
  const rows = worstFirst(report).flatMap(({ changes }) =>
    changes.map((change) => {
      const count = toldEdits(change).length;
      const isWhole = change.action === "create" || change.action === "delete";
      const bar = isWhole ? MEANING[change.action] : SIGN[change.action].repeat(Math.min(count, BAR));
      return [`${SIGN[change.action]} ${objectWords(change.coordinate)}`, isWhole ? "" : count, bar];
    }),
  );
  const edits = report.changes.reduce(
    (sum, change) => (change.action === "create" || change.action === "delete" ? sum : sum + toldEdits(change).length),
    0,
  );
  if (rows.length === 0) return [];
  return [
    "",
    ...aligned(rows),
    "",
    paint("dim", `${plural(report.changes.length, "object")}, ${plural(edits, "edit")}`),
  ];
}

function derivedLines(report: DriftReport, layout: ChangeLayout): string[] {
  if (report.derived.length === 0) return [];
  const head = "Follows from the changes above (not counted, repaired with them):";
  return ["", layout.paint("bold", head), ...report.derived.flatMap((change) => changeLines(change, layout))];
}

function operationalLines({ operational }: DriftReport, paint: Paint): string[] {
  if (operational.length === 0) return [];
  const lines = operational.map((state) => {
    const line = `  ${[objectWords(state.coordinate), ...placeWords(state.path)].join(" › ")}: ${stateText(state)}`;
    return state.off && state.configured !== true ? paint("red", line) : line;
  });
  return ["", paint("bold", `${OPERATIONAL_HEAD}:`), ...lines];
}

function reportedLines({ reported = [] }: DriftReport, layout: ChangeLayout): string[] {
  if (reported.length === 0) return [];
  const { paint } = layout;
  const lines = reported.flatMap((object) => {
    const facts = answersText(object);
    if (object.action === "update") return changeLines({ ...object, action: "update" }, layout, { notes: [facts] });
    const name = objectWords(object.coordinate);
    const sign = object.action === "none" ? `= ${name}` : paint("green", `${SIGN.create} ${name}`);
    return [`${sign}  (${facts})`];
  });
  return ["", paint("bold", "Outside the organisations (compared with lockstep.yaml, never written):"), ...lines];
}

function nextLines(report: DriftReport, { paint, edits: limit }: ChangeLayout): string[] {
  const ignored = ignoredEdits(report);
  const hasMore = (change: Parameters<typeof toldEdits>[0]): boolean => toldEdits(change).length > limit;
  const shown = [...report.changes, ...report.derived, ...(report.reported ?? [])].filter(
    ({ action }) => action === "update" || action === "rename",
  );
  const isShortened =
    limit !== Infinity &&
    (shown.some(hasMore) || groupFindings(report.findings).some(([, group]) => group.length > FINDINGS_SHOWN));
  const notes = [
    ...(ignored > 0 ? [`${plural(ignored, "edit")} of these objects ignored by lockstep.yaml.`] : []),
    ...(isShortened ? ["Shortened; --full shows everything, lockstep diff KIND/NAME one object."] : []),
  ];
  return notes.length === 0 ? [] : ["", ...notes.map((note) => paint("dim", note))];
}
