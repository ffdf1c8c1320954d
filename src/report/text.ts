import { splitCoordinate } from "../model/coordinate.ts";
import type { Action, DriftChange, DriftReport, Edit } from "../model/report.ts";
import type { Finding } from "../model/snapshot.ts";
import { painter, type Paint } from "./paint.ts";
import { standInLines } from "./stand-in.ts";
import { printable } from "../model/printable.ts";
import { aligned, plural } from "./plain.ts";
import { answersText, OPERATIONAL_HEAD, stateText } from "./reported.ts";
import {
  actionsIn,
  comparedObjects,
  groupFindings,
  ignoredEdits,
  stepSentence,
  isWell,
  MEANING,
  worstFirst,
} from "./summary.ts";
import { editValues, objectFacts } from "./values.ts";

/** How the text is made. */
export interface TextOptions {
  readonly colour: boolean;
  /** Edits shown per object before the rest is only counted. */
  readonly edits?: number;
}

/** One character for each action, as the texts of reports and plans show it. */
const SIGN: { readonly [action in Action]: string } = { create: "+", update: "~", delete: "-", rename: ">" };
const STYLE = { create: "green", update: "yellow", delete: "red", rename: "cyan" } as const;

/** The drift for people at a terminal: the summary, then each object with its edits, kinds with the most differences first. */
export function textReport(report: DriftReport, { colour, edits = 8 }: TextOptions): string {
  const paint = painter(colour);
  const lines = [
    ...standInLines(report.findings).map((line) => paint("yellow", line)),
    `${paint("bold", "primary")}  ${printable(report.source.name)} (${printable(report.source.region)})`,
    `${paint("bold", "standby")}  ${printable(report.target.name)} (${printable(report.target.region)})`,
    "",
    ...summaryLines(report, paint),
    ...worstFirst(report).flatMap(({ changes }) => [
      "",
      ...changes.flatMap((change) => changeLines(change, paint, edits)),
    ]),
    ...derivedLines(report, paint, edits),
    ...operationalLines(report, paint),
    ...reportedLines(report, paint, edits),
    ...findingLines(report.findings, paint),
    ...nextLines(report, paint, edits),
  ];
  return lines.join("\n") + "\n";
}

function summaryLines(report: DriftReport, paint: Paint): string[] {
  const compared = comparedObjects(report);
  if (report.changes.length === 0) return [paint(isWell(report) ? "green" : "yellow", stepSentence(report))];
  const actions = actionsIn(report);
  const counts = actions.map((action) => `${report.summary[action]} ${MEANING[action]}`);
  const rows = worstFirst(report).map((row) => [
    row.kind,
    ...actions.map((action) => row.actions[action]),
    row.compared,
  ]);
  const [head = "", ...table] = aligned([["kind", ...actions.map((action) => MEANING[action]), "compared"], ...rows]);
  return [
    paint("red", `${report.changes.length} of ${plural(compared, "object")} differ: ${counts.join(", ")}`),
    "",
    paint("dim", `  ${head}`),
    ...table.map((line) => `  ${line}`),
  ];
}

function changeLines(change: DriftChange, paint: Paint, limit: number): string[] {
  const { action, coordinate, edits, from, ignored = 0 } = change;
  const was = from === undefined ? "" : ` (now ${printable(splitCoordinate(from).key)})`;
  const head = paint(STYLE[action], `${SIGN[action]} ${printable(coordinate)}${was}`);
  if (action === "create" || action === "delete") {
    const facts = objectFacts(edits);
    return [facts === "" ? head : `${head}  ${paint("dim", facts)}`];
  }
  const rest = edits.length - limit;
  return [
    head,
    ...edits.slice(0, limit).flatMap((edit) => editLines(edit, paint)),
    ...(rest > 0 ? [paint("dim", `    and ${plural(rest, "more edit")}`)] : []),
    ...(ignored > 0 ? [paint("dim", `    ${plural(ignored, "edit")} ignored`)] : []),
  ];
}

/** Longest line with a path and both values; longer ones are broken. */
const ONE_LINE = 100;

function editLines(edit: Edit, paint: Paint): string[] {
  const { before, after } = editValues(edit);
  const path = printable(edit.path);
  const line = `    ${path}: ${before} → ${after}`;
  if (line.length <= ONE_LINE) return [line];
  return [
    `    ${path}:`,
    ...(edit.before === undefined ? [] : [paint("red", `      - ${before}`)]),
    ...(edit.after === undefined ? [] : [paint("green", `      + ${after}`)]),
  ];
}

function derivedLines(report: DriftReport, paint: Paint, limit: number): string[] {
  if (report.derived.length === 0) return [];
  const head = "Follows from the changes above (not counted, repaired with them):";
  return ["", paint("bold", head), ...report.derived.flatMap((change) => changeLines(change, paint, limit))];
}

function operationalLines({ operational }: DriftReport, paint: Paint): string[] {
  if (operational.length === 0) return [];
  const lines = operational.map((state) => {
    const line = `  ${printable(`${state.coordinate}${state.path}`)}: ${stateText(state)}`;
    return state.off && state.configured !== true ? paint("red", line) : line;
  });
  return ["", paint("bold", `${OPERATIONAL_HEAD}:`), ...lines];
}

function reportedLines({ reported = [] }: DriftReport, paint: Paint, limit: number): string[] {
  if (reported.length === 0) return [];
  const lines = reported.flatMap((object) => {
    const facts = paint("dim", answersText(object));
    if (object.action === "update") {
      const [head = "", ...edits] = changeLines({ ...object, action: "update" }, paint, limit);
      return [`${head}  ${facts}`, ...edits];
    }
    const sign = object.action === "none" ? "=" : paint(STYLE.create, SIGN.create);
    return [`${sign} ${printable(object.coordinate)}  ${facts}`];
  });
  return ["", paint("bold", "Outside the organisations (compared with lockstep.yaml, never written):"), ...lines];
}

const FINDINGS = 10;

/** Findings by code; of each code so many, and the number of the rest. */
export function findingLines(findings: readonly Finding[], paint: Paint): string[] {
  return groupFindings(findings).flatMap(([code, group]) => {
    const rest = group.length - FINDINGS;
    return [
      "",
      paint("bold", `${plural(group.length, "finding")} ${printable(code)}`),
      ...group.slice(0, FINDINGS).map(({ coordinate, path = "", message }) => {
        const place = printable(`${coordinate}${path}`);
        return `  ${place === "" ? "" : `${place}: `}${printable(message)}`;
      }),
      ...(rest > 0 ? [paint("dim", `  and ${rest} more`)] : []),
    ];
  });
}

function nextLines(report: DriftReport, paint: Paint, limit: number): string[] {
  const ignored = ignoredEdits(report);
  const shortened =
    [...report.changes, ...report.derived, ...(report.reported ?? [])].some(
      ({ action, edits }) => isShown(action) && edits.length > limit,
    ) || groupFindings(report.findings).some(([, group]) => group.length > FINDINGS);
  const notes = [
    ...(ignored > 0 ? [`${plural(ignored, "edit")} of these objects ignored by lockstep.yaml.`] : []),
    ...(shortened ? ["Shortened; --format json holds everything."] : []),
  ];
  return notes.length === 0 ? [] : ["", ...notes.map((note) => paint("dim", note))];
}

function isShown(action: Action | "none"): boolean {
  return action === "update" || action === "rename";
}
