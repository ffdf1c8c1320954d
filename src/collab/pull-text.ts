import { printable } from "../model/printable.ts";
import type { PullReport } from "../model/pull-report.ts";
import type { DriftReport } from "../model/report.ts";
import { capitalised } from "../report/plain.ts";
import { SIGN, worstOf } from "../report/summary.ts";
import { objectWords } from "../report/words.ts";
import { pullSentence } from "./pull-comment.ts";

/** Lines of one part that are shown on a terminal. */
const MOST = 30;

/** What a pull request means, for a terminal: the answer, and a line for each object and rule. */
export function pullText(report: PullReport): string {
  const rules = report.rules.map(({ change, list, words }) => `  ${change} ${list}: ${printable(words)}`);
  return [
    capitalised(pullSentence(report)),
    ...part("After merge", objects(report.afterMerge)),
    ...part("Rules this changes", rules),
    ...part("Settled", objects(report.settled)),
    ...part("Drifted anyway", objects(report.anyway)),
    "",
  ].join("\n");
}

function objects(report: DriftReport): string[] {
  return worstOf(report).map(({ action, coordinate }) => `  ${SIGN[action]} ${objectWords(coordinate)}`);
}

function part(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const more = lines.length > MOST ? [`  … and ${lines.length - MOST} more`] : [];
  return ["", title, ...lines.slice(0, MOST), ...more];
}
