import { printableLines } from "../model/printable.ts";
import type { DriftReport } from "../model/report.ts";
import { problemsIn, type Level } from "./problems.ts";

const COMMAND: { readonly [level in Level]: string } = { error: "error", warning: "warning", note: "notice" };

/**
 * A report as workflow commands of GitHub Actions: one annotation for each thing to look at, the gravest first, because GitHub
 * shows ten of each sort and step.
 */
export function annotationReport(report: DriftReport): string {
  const rank = Object.keys(COMMAND);
  const problems = problemsIn(report).sort((a, b) => rank.indexOf(a.level) - rank.indexOf(b.level));
  return problems
    .map(({ level, title, details, place }) => {
      const where = place === undefined ? "" : `file=${property(place.file)},line=${place.line},`;
      return `::${COMMAND[level]} ${where}title=${property(title)}::${data(details)}\n`;
    })
    .join("");
}

/** @see https://github.com/actions/toolkit: what `issueCommand` escapes */
function data(text: string): string {
  return printableLines(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
