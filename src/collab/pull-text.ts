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
  const settings = report.settings.map((section) => `  changed ${printable(section)}: its settings differ`);
  return [
    capitalised(pullSentence(report)),
    basis(report),
    ...part("After merge", objects(report.afterMerge)),
    ...part("Rules this changes", [...rules, ...settings]),
    ...part("Findings because of this", findings(report.afterMerge)),
    ...part("Settled", objects(report.settled)),
    ...part("Drifted anyway", objects(report.anyway)),
    ...part("Switched off in the standby", switchedOff(report.anyway)),
    ...part("Findings anyway", findings(report.anyway)),
    "",
  ].join("\n");
}

function objects(report: DriftReport): string[] {
  return worstOf(report).map(({ action, coordinate }) => `  ${SIGN[action]} ${objectWords(coordinate)}`);
}

function basis({ standby, base, head }: PullReport): string {
  const state = standby.from === "organisation" ? "the standby as it is now" : `its snapshot of ${standby.takenAt}`;
  const beside = base === undefined ? "no configuration or snapshot of the base commit" : base.slice(0, 12);
  return `Commit ${head.slice(0, 12)} compared with ${printable(state)}, beside ${beside}`;
}

function findings(report: DriftReport): string[] {
  return report.findings.map(({ code, coordinate, message }) => {
    const place = coordinate === "" ? "" : ` ${objectWords(coordinate)}`;
    return `  ${code}${place}: ${printable(message)}`;
  });
}

function switchedOff({ operational }: DriftReport): string[] {
  const names = new Set(operational.filter(({ off }) => off).map(({ coordinate }) => coordinate));
  return [...names].map((coordinate) => `  ${objectWords(coordinate)}`);
}

function part(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const more = lines.length > MOST ? [`  … and ${lines.length - MOST} more`] : [];
  return ["", title, ...lines.slice(0, MOST), ...more];
}
