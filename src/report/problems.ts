import type { DriftChange, DriftReport, SnapshotPlace } from "../model/report.ts";
import { cut } from "./width.ts";
import { OPERATIONAL_HEAD, stateText } from "./reported.ts";
import { saidOf } from "./summary.ts";
import { toldEdits, type ToldEdit } from "./told-edits.ts";
import { itemText, pairTexts } from "./value-text.ts";
import { objectWords, placeWords } from "./words.ts";

/** How much a problem matters to callers. */
export type Level = "error" | "warning" | "note";

/** One thing that a check shows: what SARIF, JUnit and annotations are made from. */
export interface ReportProblem {
  /** What sort it is, such as `drift/different`. */
  readonly rule: string;
  readonly kind: string;
  readonly level: Level;
  readonly coordinate: string;
  /** One line: the object and what about it. */
  readonly title: string;
  /** The same with each difference on a line of its own. */
  readonly details: string;
  readonly place?: SnapshotPlace;
}

/** Differences of one object that are told in one problem. */
const MOST_EDITS = 20;
const WIDTH = 200;

/** What is missing or different is an error, state that is off a warning, and everything else a note. */
const LEVEL = { create: "error", update: "error", rename: "error", delete: "note" } as const;

/** Everything in a report that a check has to show, in the order of the report. */
export function problemsIn(report: DriftReport): ReportProblem[] {
  return [
    ...report.changes.map((change) => changeProblem(change, report.plan !== undefined)),
    ...report.operational.map((state): ReportProblem => {
      const place = [objectWords(state.coordinate), ...placeWords(state.path)].join(" › ");
      const level = state.off && state.configured !== true ? "warning" : "note";
      const title = `${place}: ${stateText(state)}`;
      return { ...problemOf(state.coordinate, "operational"), level, title, details: `${OPERATIONAL_HEAD}: ${title}` };
    }),
    ...(report.plan?.blocked ?? []).map(({ coordinate, code, message }): ReportProblem => {
      const title = `${objectWords(coordinate)} cannot be written: ${code}`;
      return { ...problemOf(coordinate, `blocked/${code}`), level: "error", title, details: `${title}: ${message}` };
    }),
    ...report.findings.map(({ code, coordinate, path = "", message }): ReportProblem => {
      const title = `${coordinate}${path}` === "" ? code : `${code}: ${objectWords(coordinate)}`;
      const place = [objectWords(coordinate), ...placeWords(path)].join(" › ");
      return { ...problemOf(coordinate, `finding/${code}`), level: "note", title, details: `${place}: ${message}` };
    }),
  ];
}

function problemOf(coordinate: string, rule: string): Pick<ReportProblem, "rule" | "kind" | "coordinate"> {
  const slash = coordinate.indexOf("/");
  return { rule, coordinate, kind: slash < 0 ? "" : coordinate.slice(0, slash) };
}

function changeProblem(change: DriftChange, isPlan: boolean): ReportProblem {
  const { action, coordinate, at } = change;
  const said = saidOf(change, isPlan);
  const title = isPlan ? `${said} ${objectWords(coordinate)}` : `${objectWords(coordinate)} is ${said}`;
  const told = action === "create" || action === "delete" ? [] : toldEdits(change);
  const rest = told.length - MOST_EDITS;
  const lines = [title, ...told.slice(0, MOST_EDITS).map(editText), ...(rest > 0 ? [`and ${rest} more`] : [])];
  return {
    ...problemOf(coordinate, isPlan ? `plan/${action}` : `drift/${RULE[action]}`),
    level: isPlan ? "note" : LEVEL[action],
    title,
    details: lines.join("\n"),
    ...(at === undefined ? {} : { place: at }),
  };
}

const RULE = { create: "missing", update: "different", rename: "renamed", delete: "only-in-standby" } as const;

/** One difference on one line. */
function editText(edit: ToldEdit): string {
  const place = edit.place.join(" › ");
  if (edit.sign !== "~") return `${place}: ${edit.sign} ${cut(itemText(edit), WIDTH)}`;
  return `${place}: ${pairTexts(edit, WIDTH).join(" → ")}`;
}
