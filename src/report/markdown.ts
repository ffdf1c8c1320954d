import type { Json } from "../model/json.ts";
import type { DriftChange, DriftReport, Edit } from "../model/report.ts";
import type { Finding } from "../model/snapshot.ts";
import { splitCoordinate } from "../model/coordinate.ts";
import { printable } from "../model/printable.ts";
import { offText } from "../model/state-notes.ts";
import { plural } from "./plain.ts";
import { answersText, OPERATIONAL_HEAD } from "./reported.ts";
import { standInLines } from "./stand-in.ts";
import {
  actionsIn,
  comparedObjects,
  groupFindings,
  ignoredEdits,
  stepSentence,
  MEANING,
  worstFirst,
} from "./summary.ts";
import { editValues, objectFacts, shortValue } from "./values.ts";

/**
 * The drift for a pull request or a wiki. Everything from an organisation is data, whatever it looks like: it is shown as
 * code, in which Markdown, HTML, mentions and links do not act.
 */
export function markdownReport(report: DriftReport): string {
  const rows = worstFirst(report);
  const lines = [
    ...standInLines(report.findings).flatMap((line) => [`**${line}**`, ""]),
    `## Drift: ${code(report.source.name)} → ${code(report.target.name)}`,
    "",
    ...summary(report),
    ...rows.flatMap(({ kind, changes }) => ["", `### ${kind}`, ...changeBlocks(changes)]),
    ...(report.derived.length === 0 ? [] : ["", "### Follows from the changes above", "", ...derived(report)]),
    ...operational(report),
    ...reported(report),
    ...findings(report.findings),
  ];
  return lines.join("\n") + "\n";
}

function summary(report: DriftReport): string[] {
  const compared = comparedObjects(report);
  if (report.changes.length === 0) {
    const said = stepSentence(report);
    return [`${said.slice(0, 1).toUpperCase()}${said.slice(1)}.`];
  }
  const actions = actionsIn(report);
  const ignored = ignoredEdits(report);
  return [
    `**${report.changes.length} of ${plural(compared, "object")} differ:** ${actions.map((action) => `${report.summary[action]} ${MEANING[action]}`).join(", ")}.`,
    "",
    row(["kind", ...actions.map((action) => MEANING[action]), "compared"]),
    row(["---", ...actions.map(() => "---:"), "---:"]),
    ...worstFirst(report).map(({ kind, actions: counts, compared: total }) =>
      row([kind, ...actions.map((action) => String(counts[action])), String(total)]),
    ),
    ...(ignored === 0 ? [] : ["", `${plural(ignored, "edit")} of these objects ignored by configuration.`]),
  ];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function changeBlocks(changes: readonly DriftChange[]): string[] {
  const whole = changes.filter(({ action }) => action === "create" || action === "delete");
  const edited = changes.filter(({ action }) => action === "update" || action === "rename");
  return [...(whole.length === 0 ? [] : ["", ...whole.map(wholeLine)]), ...edited.flatMap(editedBlock)];
}

function wholeLine(change: DriftChange): string {
  const facts = objectFacts(change.edits);
  return `- ${code(keyOf(change))} ${MEANING[change.action]}${facts === "" ? "" : `: ${code(facts)}`}`;
}

function editedBlock(change: DriftChange): string[] {
  const { edits, from, ignored = 0 } = change;
  const was = from === undefined ? "" : `, now ${htmlCode(splitCoordinate(from).key)}`;
  const counts = [
    ...(edits.length === 0 ? [] : [plural(edits.length, "edit")]),
    ...(ignored > 0 ? [`${ignored} ignored`] : []),
  ];
  return [
    "",
    "<details>",
    `<summary>${htmlCode(keyOf(change))} ${[`${MEANING[change.action]}${was}`, ...counts].join(", ")}</summary>`,
    "",
    ...(edits.length === 0 ? [] : [row(["path", "standby", "should be"]), row(["---", "---", "---"])]),
    ...edits.map(editRow),
    "",
    "</details>",
  ];
}

function operational({ operational: all }: DriftReport): string[] {
  if (all.length === 0) return [];
  const value = (json: Json | undefined): string => (json === undefined ? "nothing" : code(shortValue(json)));
  const lines = all.map((state) => {
    const { coordinate, path, standby, primary, off, configured } = state;
    const notes = [...(off ? [`**${offText(state)}**`] : []), ...(configured === true ? ["as configured"] : [])];
    const values = `standby ${value(standby)}, primary ${value(primary)}`;
    return `- ${code(`${coordinate}${path}`)}: ${[values, ...notes].join("; ")}`;
  });
  return ["", `### ${OPERATIONAL_HEAD}`, "", ...lines];
}

function reported({ reported: objects = [] }: DriftReport): string[] {
  if (objects.length === 0) return [];
  const blocks = objects.flatMap((object): string[] => {
    const { coordinate, action, edits } = object;
    const head = `${code(coordinate)} ${action === "none" ? "as described" : MEANING[action]}; ${answersText(object)}`;
    if (action !== "update") return [`- ${head}`];
    return [
      `- ${head}`,
      "",
      ...[row(["path", "there is", "should be"]), row(["---", "---", "---"]), ...edits.map(editRow)].map(
        (line) => `  ${line}`,
      ),
      "",
    ];
  });
  return ["", "### Outside the organisations, never written", "", ...blocks];
}

function editRow(edit: Edit): string {
  const { before, after } = editValues(edit);
  const cell = (value: Json | undefined, shown: string): string => (value === undefined ? "nothing" : code(shown));
  return row([code(edit.path), cell(edit.before, before), cell(edit.after, after)]);
}

function derived(report: DriftReport): string[] {
  return report.derived.map(({ coordinate, action, edits }) => {
    return `- ${code(coordinate)} ${MEANING[action]}, ${plural(edits.length, "edit")}`;
  });
}

function findings(all: readonly Finding[]): string[] {
  return groupFindings(all).flatMap(([name, group]) => [
    "",
    `### ${plural(group.length, "finding")} ${code(name)}`,
    "",
    ...group.map(({ coordinate, path = "", message }) => {
      const place = `${coordinate}${path}`;
      return `- ${place === "" ? "" : `${code(place)}: `}${code(message)}`;
    }),
  ]);
}

function keyOf(change: DriftChange): string {
  return splitCoordinate(change.coordinate).key;
}

/** Text as code: a code span where nothing in it can end one or a table cell, otherwise HTML in which every mark is an entity. */
function code(text: string): string {
  const safe = printable(text);
  if (safe === "") return "";
  return /[`|\\]|^ | $/.test(safe) ? htmlCode(safe) : `\`${safe}\``;
}

function htmlCode(text: string): string {
  const marks = printable(text).replace(/[^\p{L}\p{N} ]/gu, (mark) => `&#${mark.codePointAt(0)};`);
  return `<code>${marks}</code>`;
}
