import { splitCoordinate } from "../model/coordinate.ts";
import { groupBy } from "../model/group-by.ts";
import { byCodePoint } from "../model/json.ts";
import { isNamesake } from "../model/namesakes.ts";
import { isUnlikeSecret, isUnlistedKind, leavesOpen } from "../model/open-findings.ts";
import type { Action, DriftChange, DriftReport } from "../model/report.ts";
import { isRuleProblem } from "../model/rule-problem.ts";
import type { Finding } from "../model/snapshot.ts";
import { plural } from "./plain.ts";

/** The order in which differences are told: what callers would miss first. */
const ACTIONS = ["create", "update", "rename", "delete"] as const satisfies readonly Action[];

/** What a difference means for the standby. */
export const MEANING: { readonly [action in Action]: string } = {
  create: "missing",
  update: "different",
  rename: "renamed",
  delete: "only in the standby",
};

/** One character for each action; what only the standby has is no deletion, because it stays. */
export const SIGN: { readonly [action in Action]: string } = { create: "+", update: "~", delete: "·", rename: ">" };

/** What an operation of a plan does with an object. */
export const OPERATION: { readonly [action in Action | "restore"]: string } = {
  create: "create",
  update: "update",
  rename: "rename",
  delete: "delete",
  restore: "publish again",
};

/** What is said of a change in one word or two: what it means for the standby, or what the plan does. */
export function saidOf({ action, restores }: Pick<DriftChange, "action" | "restores">, isPlan: boolean): string {
  return isPlan ? OPERATION[restores === true ? "restore" : action] : MEANING[action];
}

/** One line of the summary by kind, and its differences in the order of telling. */
export interface KindRow {
  readonly kind: string;
  readonly compared: number;
  readonly changed: number;
  readonly actions: { readonly [action in Action]: number };
  readonly changes: readonly DriftChange[];
}

/** The kinds that differ, those with the most differences first. */
export function worstFirst(report: DriftReport): KindRow[] {
  return [...groupBy(report.changes, ({ coordinate }) => splitCoordinate(coordinate).kind)]
    .map(([kind, changes]) => kindRow(kind, report.kinds[kind]?.compared ?? 0, changes))
    .sort((a, b) => b.changed - a.changed || byCodePoint(a.kind, b.kind));
}

/** All changes, those that callers would miss first in front: what is missing, then by the number of edits. */
export function worstOf({ changes }: DriftReport): DriftChange[] {
  const rank = ({ action }: DriftChange): number => ACTIONS.indexOf(action);
  return [...changes].sort(
    (a, b) => rank(a) - rank(b) || b.edits.length - a.edits.length || byCodePoint(a.coordinate, b.coordinate),
  );
}

function kindRow(kind: string, compared: number, changes: readonly DriftChange[]): KindRow {
  const count = (action: Action): number => changes.filter((change) => change.action === action).length;
  const actions = {
    create: count("create"),
    update: count("update"),
    delete: count("delete"),
    rename: count("rename"),
  };
  const rank = (change: DriftChange): number => ACTIONS.indexOf(change.action);
  const sorted = [...changes].sort((a, b) => rank(a) - rank(b) || byCodePoint(a.coordinate, b.coordinate));
  return { kind, compared, changed: changes.length, actions, changes: sorted };
}

/** Is everything in step, and was everything compared? */
export function isWell({ operational, findings }: DriftReport): boolean {
  return operational.length === 0 && !findings.some(leavesOpen);
}

/** What a report without changes says: "in step" alone only where no operational state differs and every object was compared. */
function stepSentence(report: DriftReport): string {
  const said = `${plural(comparedObjects(report), "object")} compared, none differs`;
  const [state, names] = [report.operational.length, report.findings.filter(isNamesake).length];
  const rules = report.findings.filter(isRuleProblem).length;
  const unlisted = report.findings.filter(isUnlistedKind).length;
  const secrets = report.findings.filter(isUnlikeSecret).length;
  const limits = [
    ...(unlisted === 0 ? [] : [`the source lists nothing of ${plural(unlisted, "kind")} that it refers to`]),
    ...(state === 0 ? [] : [`operational state differs or is off in ${plural(state, "place")}`]),
    ...(secrets === 0 ? [] : [`${plural(secrets, "secret")} cannot be compared`]),
    ...(names === 0 ? [] : [`objects that share ${plural(names, "name")} are not compared`]),
    ...(rules === 0 ? [] : [`${plural(rules, "rule")} of lockstep.yaml cannot be followed`]),
  ];
  return [`${isWell(report) ? "in step" : "configuration in step"}: ${said}`, ...limits].join("; ");
}

/** Is everything of the primary in the standby and equal, with something besides that only the standby has? */
export function onlyExtras({ changes, plan }: DriftReport): boolean {
  return plan === undefined && changes.length > 0 && changes.every(({ action }) => action === "delete");
}

/** The answer of a drift report in one sentence. */
export function answerSentence(report: DriftReport): string {
  const { changes, summary } = report;
  if (changes.length === 0) return stepSentence(report);
  const compared = plural(comparedObjects(report), "object");
  if (onlyExtras(report)) {
    const start = isWell(report) ? "in step" : "configuration in step";
    return `${start}: ${compared} compared; ${summary.delete} only in the standby, which stay`;
  }
  const counts = actionsIn(report).map((action) => `${summary[action]} ${MEANING[action]}`);
  return `${changes.length} of ${compared} differ: ${counts.join(", ")}`;
}

/** How many operations of each sort a plan has, sorts that occur only. */
export function operationCounts({ changes }: Pick<DriftReport, "changes">): [action: string, count: number][] {
  const sorts = ["create", "update", "delete", "rename", "restore"];
  const count = (sort: string): number =>
    changes.filter(({ action, restores }) => (restores === true ? "restore" : action) === sort).length;
  return sorts.map((sort): [string, number] => [sort, count(sort)]).filter(([, counted]) => counted > 0);
}

/** What a plan does, in one sentence without its dot. */
export function planSentence({ changes, plan }: DriftReport): string {
  if (changes.length === 0) return "Nothing to do";
  const counts = operationCounts({ changes }).map(([action, count]) => `${count} ${action}`);
  const kept = plan?.prune === true ? "" : "; nothing is deleted";
  return `${plural(changes.length, "operation")}: ${counts.join(", ")}${kept}`;
}

/** How many objects were compared. */
function comparedObjects(report: DriftReport): number {
  return Object.values(report.kinds).reduce((sum, kind) => sum + kind.compared, 0);
}

/** Actions that occur, in the order of telling. */
export function actionsIn(report: DriftReport): Action[] {
  return ACTIONS.filter((action) => report.summary[action] > 0);
}

/** Edits of objects that differ which the configuration ignores. */
export function ignoredEdits(report: DriftReport): number {
  return report.changes.reduce((sum, change) => sum + (change.ignored ?? 0), 0);
}

/** Findings by code, the most frequent code first. */
export function groupFindings(findings: readonly Finding[]): [code: string, findings: Finding[]][] {
  return [...groupBy(findings, ({ code }) => code)].sort(
    ([a, as], [b, bs]) => bs.length - as.length || byCodePoint(a, b),
  );
}
