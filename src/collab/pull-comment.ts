import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { groupBy } from "../model/group-by.ts";
import type { PullReport, RuleChange } from "../model/pull-report.ts";
import type { DriftReport } from "../model/report.ts";
import { isRuleProblem } from "../model/rule-problem.ts";
import { changeEntry } from "../report/markdown-change.ts";
import { code, entities } from "../report/markdown-code.ts";
import { fitted, type Section } from "../report/markdown-fit.ts";
import { capitalised, plural } from "../report/plain.ts";
import { cut } from "../report/width.ts";
import { MEANING, OPERATION, worstOf } from "../report/summary.ts";
import { objectWords, wordsOf } from "../report/words.ts";

/** How a comment is made. */
interface CommentOptions {
  /** Characters that it may have. */
  readonly limit: number;
  /** Address of the run, told where something is left out. */
  readonly full?: string | undefined;
}

/** Objects that are named for one rule. */
const MOST_NAMED = 8;

/**
 * What a pull request is told, in Markdown: what the standby will do after the merge, what drifted anyway, and what rules change.
 * Everything from an organisation or a configuration is data, whatever it looks like; what does not fit is left out entry by entry.
 */
export function pullComment(report: PullReport, { limit, full }: CommentOptions): string {
  const { afterMerge, anyway, settled } = report;
  const [source, target] = [afterMerge.source.name, afterMerge.target.name].map((name) => code(cut(name, 100)));
  const place = report.environment === "" ? "" : ` (${code(cut(report.environment, 60))})`;
  const head = [
    `## lockstep: ${source} → ${target}${place}`,
    "",
    `**${capitalised(pullSentence(report))}.**`,
    "",
    basis(report),
  ];
  const sections: Section[] = [
    ...changeSections(`After merge the standby ${target} will:`, afterMerge, true),
    { head: ["### Rules this changes", ""], entries: [...report.rules.map(ruleEntry), ...settingEntries(report)] },
    ...findingSections("Because of this", afterMerge),
    ...changeSections("Settled by this: differs before the merge, and not after it", settled, false),
    ...changeSections("Drifted anyway, and not touched by this", anyway, false),
    ...stateSections(anyway),
    ...findingSections("Anyway", anyway),
  ];
  return fitted(head, sections, { limit, full });
}

/** The answer in one sentence without its dot. */
export function pullSentence({ afterMerge, anyway, rules, settled }: PullReport): string {
  const will = afterMerge.changes.length;
  const problems = afterMerge.findings.filter(isRuleProblem).length;
  return [
    will === 0
      ? "after merge nothing changes in the standby"
      : `after merge ${plural(will, "object")} of the standby will change`,
    ...(problems === 0 ? [] : [`${plural(problems, "rule")} of lockstep.yaml cannot be followed`]),
    ...(settled.changes.length === 0 ? [] : [`${plural(settled.changes.length, "difference")} settled`]),
    anyway.changes.length === 0 ? "nothing else differs" : `${plural(anyway.changes.length, "object")} drifted anyway`,
    ...(rules.length === 0 ? [] : [`${plural(rules.length, "rule")} changed`]),
  ].join("; ");
}

function basis({ standby, base, head }: PullReport): string {
  const taken = standby.takenAt === "" ? "" : ` of ${code(cut(standby.takenAt, 60))}`;
  const state = standby.from === "organisation" ? "the standby as it is now" : `the standby's snapshot${taken}`;
  const compared = `Commit ${code(head.slice(0, 12))} compared with ${state}`;
  if (base !== undefined) return `${compared}, beside ${code(base.slice(0, 12))}.`;
  return `${compared}. The base commit holds no configuration or snapshot that can be read, so everything counts as a change of this pull request.`;
}

function changeSections(title: string, report: DriftReport, isPlanned: boolean): Section[] {
  const kinds = groupBy(worstOf(report), ({ coordinate }) => splitCoordinate(coordinate).kind);
  return [...kinds].map(([kind, group], at) => {
    const counts = (["create", "update", "rename", "delete"] as const).flatMap((action) => {
      const count = group.filter((change) => change.action === action).length;
      if (count === 0) return [];
      // Nothing is deleted unless a plan is made with --prune.
      return [`${count} ${isPlanned && action !== "delete" ? OPERATION[action] : MEANING[action]}`];
    });
    return {
      head: [
        ...(at === 0 ? [`### ${title}`, ""] : []),
        `<details${isPlanned ? " open" : ""}>`,
        `<summary>${entities(wordsOf(kind))}: ${counts.join(", ")}</summary>`,
        "",
      ],
      entries: group.map((change) => changeEntry(change, isPlanned && change.action !== "delete")),
      tail: ["", "</details>"],
    };
  });
}

function ruleEntry(rule: RuleChange): string {
  const was = rule.before === undefined ? "" : `; it was: ${code(cut(rule.before, 300))}`;
  const head = `- **${rule.change}** ${code(rule.list)}: ${code(cut(rule.words, 300))}${was}`;
  const moves = rule.moves.map(({ from, to }) => `${objectCode(from)} → ${objectCode(to)}`);
  return [
    head,
    ...reach("moves", moves),
    ...reach("sets", rule.sets.map(objectCode)),
    ...reach("no longer compares", rule.drops.map(objectCode)),
    ...reach("hides differences of", rule.hides.map(objectCode)),
    ...reach("shows differences of", rule.shows.map(objectCode)),
  ].join("\n");
}

function reach(verb: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : "";
  return [`  - ${verb} ${names.slice(0, MOST_NAMED).join(", ")}${more}`];
}

function objectCode(coordinate: Coordinate): string {
  return code(cut(objectWords(coordinate), 120));
}

function settingEntries({ settings }: PullReport): string[] {
  return settings.map((section) => `- **changed** ${code(cut(section, 60))}: its settings differ`);
}

function stateSections({ operational }: DriftReport): Section[] {
  const names = [...new Set(operational.filter(({ off }) => off).map(({ coordinate }) => coordinate))];
  return [{ head: ["### Switched off in the standby", ""], entries: names.map((at) => `- ${objectCode(at)}`) }];
}

function findingSections(title: string, { findings }: DriftReport): Section[] {
  const entries = findings.map(({ code: name, coordinate, message }) => {
    const place = coordinate === "" ? "" : ` ${objectCode(coordinate)}`;
    return `- ${code(name)}${place}: ${code(cut(message, 400))}`;
  });
  return [{ head: [`### ${title}: ${plural(findings.length, "finding")}`, ""], entries }];
}
