import type { CheckNote, DoneCheck } from "../model/code-host.ts";
import type { PullReport } from "../model/pull-report.ts";
import { printable, printableLines } from "../model/printable.ts";
import { isRuleProblem } from "../model/rule-problem.ts";
import { capitalised, plural } from "../report/plain.ts";
import { cut } from "../report/width.ts";
import { problemsIn } from "../report/problems.ts";
import { pullComment, pullSentence } from "./pull-comment.ts";

/** From when on a check fails. `drift`: what drifted anyway; `change`: what the merge changes; `any`: both. A rule that cannot be followed fails all but `never`. */
export type FailOn = "never" | "drift" | "change" | "any";

/** Characters that GitHub takes in the summary of a check, and in the message of a note. */
const LIMIT = { summary: 65_535, message: 8_000, title: 255 };

/** Notes of one check: GitHub shows them ten at a time, and nobody reads more. */
const MOST_NOTES = 500;

/** Is there as much to act on as the check has to fail for? */
export function isOverThreshold({ afterMerge, anyway }: PullReport, failOn: FailOn): boolean {
  if (failOn === "never") return false;
  const [drifted, changed] = [anyway.changes.length > 0, afterMerge.changes.length > 0];
  if (afterMerge.findings.some(isRuleProblem)) return true;
  return failOn === "drift" ? drifted : failOn === "change" ? changed : drifted || changed;
}

/** The check of a pull request: the comment as its summary, and a note at each line that changes something. */
export function pullCheck(report: PullReport, failOn: FailOn, full?: string): DoneCheck {
  const { environment, head, afterMerge, anyway, rules } = report;
  const isQuiet = [afterMerge.changes, anyway.changes, rules].every(({ length }) => length === 0);
  return {
    name: environment === "" ? "lockstep" : `lockstep (${cut(environment, 60)})`,
    commit: head,
    conclusion: isOverThreshold(report, failOn) ? "failure" : isQuiet ? "success" : "neutral",
    title: cut(capitalised(pullSentence(report)), LIMIT.title),
    summary: pullComment(report, { limit: LIMIT.summary, full }),
    notes: [...ruleNotes(report), ...changeNotes(report)].slice(0, MOST_NOTES),
  };
}

function ruleNotes({ rules }: PullReport): CheckNote[] {
  return rules.flatMap(({ at, change, list, words, moves, hides }) => {
    if (at === undefined) return [];
    const reach = [
      ...(moves.length === 0 ? [] : [`moves ${plural(moves.length, "object")}`]),
      ...(hides.length === 0 ? [] : [`hides differences of ${plural(hides.length, "object")}`]),
    ];
    const message = cut(printable([words, ...reach].join("; ")), LIMIT.message);
    return [
      { ...at, level: hides.length === 0 ? "note" : "warning", title: `${list}: rule ${change}`, message },
    ] as const;
  });
}

/** What the merge changes, at the lines of the files that say so. */
function changeNotes({ afterMerge }: PullReport): CheckNote[] {
  return problemsIn({ ...afterMerge, operational: [], findings: [] }).flatMap(({ place, title, details }) =>
    place === undefined
      ? []
      : [
          {
            file: place.file,
            line: place.line,
            level: "note",
            title: cut(`After merge: ${printable(title)}`, LIMIT.title),
            message: cut(printableLines(details), LIMIT.message),
          } as const,
        ],
  );
}
