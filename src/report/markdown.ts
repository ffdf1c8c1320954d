import { splitCoordinate } from "../model/coordinate.ts";
import type { DriftChange, DriftReport, Edit } from "../model/report.ts";
import { plural, printable, shortValue } from "./plain.ts";
import { worstFirst } from "./summary.ts";

/** The drift for a pull request or a wiki. Everything from an organisation is data, whatever it looks like. */
export function markdownReport(report: DriftReport): string {
  const lines = [
    `## Drift: ${escaped(report.source.name)} → ${escaped(report.target.name)}`,
    "",
    ...summary(report),
    ...report.changes.flatMap(changeBlock),
    ...(report.derived.length === 0 ? [] : ["", "### Follows from the changes above", ""]),
    ...report.derived.map((change) => `- ${code(change.coordinate)}: ${plural(change.edits.length, "edit")}`),
    ...findings(report),
  ];
  return lines.join("\n") + "\n";
}

function summary(report: DriftReport): string[] {
  const compared = Object.values(report.kinds).reduce((sum, kind) => sum + kind.compared, 0);
  if (report.changes.length === 0) return [`In step: ${plural(compared, "object")} compared, none differs.`];
  return [
    `**${report.changes.length} of ${plural(compared, "object")} differ.**`,
    "",
    "| kind | missing | different | only in standby | renamed | compared |",
    "| --- | ---: | ---: | ---: | ---: | ---: |",
    ...worstFirst(report).map(
      ({ kind, actions, compared: total }) =>
        `| ${kind} | ${actions.create} | ${actions.update} | ${actions.delete} | ${actions.rename} | ${total} |`,
    ),
  ];
}

function changeBlock(change: DriftChange): string[] {
  const { kind, key } = splitCoordinate(change.coordinate);
  const verb = { create: "missing", update: "different", delete: "only in the standby", rename: "renamed" }[
    change.action
  ];
  const head = `**${kind}** ${code(key)}: ${verb}`;
  if (change.action === "create" || change.action === "delete" || change.edits.length === 0) return ["", head];
  return [
    "",
    "<details>",
    `<summary>${kind} ${html(key)}: ${verb}, ${plural(change.edits.length, "edit")}</summary>`,
    "",
    "| path | standby | should be |",
    "| --- | --- | --- |",
    ...change.edits.map(editRow),
    "",
    "</details>",
  ];
}

function editRow({ path, before, after }: Edit): string {
  return `| ${code(path)} | ${code(shortValue(before))} | ${code(shortValue(after))} |`;
}

function findings(report: DriftReport): string[] {
  if (report.findings.length === 0) return [];
  const items = report.findings.map(
    (finding) => `- ${finding.code}: ${code(finding.coordinate + (finding.path ?? ""))}: ${escaped(finding.message)}`,
  );
  return ["", `### ${plural(report.findings.length, "finding")}`, "", ...items];
}

/** Text in which no character is Markdown or HTML. */
function escaped(text: string): string {
  return html(printable(text)).replace(/[\\`*_{}[\]()#+!|~@-]/g, "\\$&");
}

/** Text as a code span: longer fences than any inside it, and no way out of a table cell. */
function code(text: string): string {
  const safe = printable(text).replaceAll("|", "\\|");
  const longest = Math.max(0, ...[...safe.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = longest > 0 ? " " : "";
  return safe === "" ? "" : `${fence}${pad}${safe}${pad}${fence}`;
}

function html(text: string): string {
  return printable(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
