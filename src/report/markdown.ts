import { printable } from "../model/printable.ts";
import type { DriftChange, DriftReport, OperationalState, ReportedObject } from "../model/report.ts";
import type { Finding } from "../model/snapshot.ts";
import type { Json } from "../model/json.ts";
import { offText } from "../model/state-notes.ts";
import { changeEntry, editItems } from "./markdown-change.ts";
import { code, entities } from "./markdown-code.ts";
import { fitted, type Section } from "./markdown-fit.ts";
import { capitalised, plural } from "./plain.ts";
import { cut } from "./width.ts";
import { answersText, OPERATIONAL_HEAD } from "./reported.ts";
import { standInLines } from "./stand-in.ts";
import {
  actionsIn,
  answerSentence,
  groupFindings,
  ignoredEdits,
  MEANING,
  OPERATION,
  planSentence,
  worstFirst,
  worstOf,
  type KindRow,
} from "./summary.ts";
import { shortValue } from "./values.ts";
import { objectWords, placeWords, wordsOf } from "./words.ts";

/** How Markdown is made. */
export interface MarkdownOptions {
  /** Characters that it may have. */
  readonly limit?: number;
  /** Address of the full report, told where something is left out. */
  readonly full?: string;
}

/** Characters that GitHub takes in a comment or a summary of a check. */
const GITHUB_LIMIT = 65_536;

/** Differences that are named before the folds. */
const WORST = 8;

/**
 * The drift, or a plan, for a pull request or a wiki: the answer and the worst first, then a fold for each kind. It fits GitHub's
 * limit: what does not fit is left out entry by entry, and the end says how many. Everything from an organisation is data,
 * whatever it looks like: it is shown as code, in which Markdown, HTML, mentions and links do not act.
 */
export function markdownReport(report: DriftReport, { limit = GITHUB_LIMIT, full }: MarkdownOptions = {}): string {
  return fitted([...headLines(report)], [...planSections(report), ...sections(report)], { limit, full });
}

function headLines(report: DriftReport): string[] {
  const [source, target] = [report.source.name, report.target.name].map((name) => code(cut(name, 100)));
  const title = report.plan === undefined ? `## Drift: ${source} → ${target}` : `## Plan for ${target}`;
  return [
    ...standInLines(report.findings).flatMap((line) => [`**${code(cut(line, 300))}**`, ""]),
    title,
    "",
    ...summary(report),
    ...worst(report),
  ];
}

function summary(report: DriftReport): string[] {
  const answer = `${report.plan === undefined ? capitalised(answerSentence(report)) : planSentence(report)}.`;
  if (report.changes.length === 0) return [answer];
  const isPlan = report.plan !== undefined;
  const actions = actionsIn(report);
  const ignored = ignoredEdits(report);
  const heads = actions.map((action) => (isPlan ? OPERATION[action] : MEANING[action]));
  return [
    `**${answer}**`,
    "",
    row(["kind", ...heads, ...(isPlan ? [] : ["compared"])]),
    row(["---", ...heads.map(() => "---:"), ...(isPlan ? [] : ["---:"])]),
    ...worstFirst(report).map(({ kind, actions: counts, compared }) =>
      row([kindCell(kind), ...actions.map((action) => String(counts[action])), ...(isPlan ? [] : [String(compared)])]),
    ),
    ...(ignored === 0 ? [] : ["", `${plural(ignored, "edit")} of these objects ignored by configuration.`]),
  ];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function kindCell(kind: string): string {
  return /^[a-z-]+$/.test(kind) ? kind : code(cut(kind, 60));
}

/** What callers would miss first, by name, so that nobody has to open a fold to see it. */
function worst(report: DriftReport): string[] {
  const named = worstOf(report).slice(0, WORST);
  const more = report.changes.length - named.length;
  // Where everything is as short as this, the folds say it better.
  if (report.plan !== undefined || more <= 0) return [];
  const lines = named.map(
    ({ coordinate, action }) => `- ${code(cut(objectWords(coordinate), 120))} ${MEANING[action]}`,
  );
  return ["", "Worst first:", "", ...lines, `- and ${more} more, by kind below`];
}

function planSections({ plan }: DriftReport): Section[] {
  if (plan === undefined) return [];
  const blocked = plan.blocked.map(({ coordinate, code: why, message }) => {
    return `- ${code(cut(coordinate, 300))}: ${code(why)}: ${code(cut(message, 500))}`;
  });
  const guards = plan.guards.map(({ guard, message }) => `- ${code(guard)}: ${code(cut(message, 500))}`);
  return [
    { head: ["### Stopped by guards", ""], entries: guards },
    { head: ["### Cannot be done", ""], entries: blocked },
  ];
}

function sections(report: DriftReport): Section[] {
  const isPlan = report.plan !== undefined;
  const rows = worstFirst(report);
  const isOpen = report.changes.length <= WORST;
  return [
    { head: [`### ${OPERATIONAL_HEAD}`, ""], entries: report.operational.map(operationalEntry) },
    ...rows.map((kind) => kindSection(kind, isPlan, isOpen)),
    { head: ["### Follows from the changes above", ""], entries: report.derived.map(derivedEntry) },
    { head: ["### Outside the organisations, never written", ""], entries: (report.reported ?? []).map(reportedEntry) },
    ...groupFindings(report.findings).map(([name, group]) => ({
      head: [`### ${plural(group.length, "finding")} ${code(name)}`, ""],
      entries: group.map(findingEntry),
    })),
  ];
}

function kindSection({ kind, actions, changes }: KindRow, isPlan: boolean, isOpen: boolean): Section {
  const counts = (["create", "update", "rename", "delete"] as const).flatMap((action) =>
    actions[action] === 0 ? [] : [`${actions[action]} ${isPlan ? OPERATION[action] : MEANING[action]}`],
  );
  return {
    head: [
      `<details${isOpen ? " open" : ""}>`,
      `<summary>${entities(wordsOf(kind))}: ${counts.join(", ")}</summary>`,
      "",
    ],
    entries: changes.map((change) => changeEntry(change, isPlan)),
    tail: ["", "</details>"],
  };
}

function operationalEntry(state: OperationalState): string {
  const { coordinate, path, standby, primary, off, configured } = state;
  const value = (json: Json | undefined): string => (json === undefined ? "nothing" : code(shortValue(json)));
  const notes = [...(off ? [`**${offText(state)}**`] : []), ...(configured === true ? ["as configured"] : [])];
  const place = cut([objectWords(coordinate), ...placeWords(path)].join(" › "), 300);
  return `- ${code(place)}: ${[`standby ${value(standby)}, primary ${value(primary)}`, ...notes].join("; ")}`;
}

function derivedEntry({ coordinate, action, edits }: DriftChange): string {
  return `- ${code(cut(objectWords(coordinate), 300))} ${MEANING[action]}, ${plural(edits.length, "edit")}`;
}

function reportedEntry(object: ReportedObject): string {
  const said = object.action === "none" ? "as described" : MEANING[object.action];
  const head = `- ${code(cut(objectWords(object.coordinate), 300))} ${said}; ${answersText(object)}`;
  return [head, ...(object.action === "update" ? editItems(object) : [])].join("\n");
}

function findingEntry({ coordinate, path = "", message }: Finding): string {
  const place = cut(`${coordinate}${path}`, 300);
  return `- ${place === "" ? "" : `${code(place)}: `}${code(cut(printable(message), 500))}`;
}
