import type { GuardHit } from "../model/obstacles.ts";
import type { Action, DriftChange, DriftReport, PlanReport } from "../model/report.ts";
import type { Finding } from "../model/snapshot.ts";
import { guardHint } from "../model/guard.ts";
import { printable } from "../model/printable.ts";
import { REFERENCE_LEFT_OUT } from "../pairing/resolve.ts";
import { changeLines, type ChangeHead, type ChangeLayout } from "./change-text.ts";
import { findingLines } from "./finding-text.ts";
import { plural } from "./plain.ts";
import { standInLines } from "./stand-in.ts";
import { operationCounts } from "./summary.ts";
import { layoutOf, type TextOptions } from "./text.ts";
import { toldEdits } from "./told-edits.ts";

/** What the text of a plan says besides what the report of the plan has. */
export interface PlanTextOptions extends TextOptions {
  /** Where the plan file is; with it, what to do next is said. */
  readonly file?: string;
}

/**
 * A plan for people: what would be done in which order, edit by edit; what cannot be done, what would stop it, and what to do next.
 * @param report the plan as a report
 */
export function planSummary(report: PlanReport, options: PlanTextOptions): string {
  const { plan, changes, findings } = report;
  const layout = layoutOf(options);
  const { paint } = layout;
  const waves = [...new Set(changes.map(({ wave = 1 }) => wave))].sort((a, b) => a - b);
  const ofWave = (wave: number): DriftChange[] => changes.filter((change) => (change.wave ?? 1) === wave);
  const lines = [
    ...standInLines(findings),
    paint("bold", headline(report, waves.length)),
    ...waves.flatMap((wave) => [
      "",
      paint("bold", `wave ${wave}`),
      ...ofWave(wave).flatMap((change) => operationLines(change, layout, options.stat === true)),
    ]),
    ...section(
      "cannot be done",
      plan.blocked.map(({ coordinate, code, message }) => `${printable(coordinate)}: ${code}: ${printable(message)}`),
    ),
    ...section("not there, and not created by this plan", missingLines(report)),
    ...section("secrets are missing", findingsOf(report, "secret-missing")),
    ...section("cannot be taken back", findingsOf(report, "cannot-be-undone")),
    ...section("operational state, never copied", findingsOf(report, "operational-state")),
    ...findingLines(otherFindings(report), paint, options.full),
    ...section(
      "stopped by guards",
      plan.guards.map(({ guard, message }) => `${guard}: ${printable(message)}`),
    ),
    ...section("before you apply it", reasonLines(plan.guards)),
    ...(options.file === undefined ? [] : ["", ...fileLines(report, options.file)]),
  ];
  return lines.join("\n") + "\n";
}

function findingsOf({ findings }: DriftReport, wanted: Finding["code"]): string[] {
  const found = findings.filter(({ code }) => code === wanted);
  return found.map(
    ({ coordinate, path = "", message }) => `${printable(coordinate)}${printable(path)}: ${printable(message)}`,
  );
}

/** Findings that no section above tells. */
function otherFindings({ changes, findings }: DriftReport): Finding[] {
  const planned = new Set(changes.map(({ coordinate }) => coordinate));
  return findings.filter(
    ({ code, coordinate }) => !SECTIONS.has(code) && !(MISSING_CODES.has(code) && planned.has(coordinate)),
  );
}

/** Findings with a section of their own. */
const SECTIONS: ReadonlySet<string> = new Set(["secret-missing", "cannot-be-undone", "operational-state"]);

function headline(report: PlanReport, waves: number): string {
  const { changes, plan, target } = report;
  const kept =
    plan.stack === "primary"
      ? "; nothing is ever deleted there"
      : plan.prune
        ? ""
        : "; nothing is deleted without --prune";
  if (changes.length === 0) return `nothing to do in ${printable(target.name)}${kept}`;
  const actions = operationCounts(report).map(([action, count]) => `${count} ${action}`);
  return `${plural(changes.length, "operation")} in ${plural(waves, "wave")} for ${printable(target.name)}: ${actions.join(", ")}${kept}`;
}

function operationLines(change: DriftChange, layout: ChangeLayout, stat: boolean): string[] {
  const notes = [
    ...(change.restores === true ? ["publishes the version that was there"] : []),
    ...(change.pass === 2 ? ["second pass"] : []),
  ];
  const head = { ...OPERATION_HEAD[change.restores === true ? "restore" : change.action], notes };
  const indented = { ...layout, width: layout.width - 2 };
  if (!stat) return changeLines(change, indented, head).map((line) => `  ${line}`);
  const counted = { ...change, edits: [], lists: [] };
  const isWhole = change.action === "create" || change.action === "delete";
  const edits = isWhole || change.edits.length === 0 ? [] : [plural(toldEdits(change).length, "edit")];
  return changeLines(counted, { ...indented, hunks: false }, { ...head, notes: [...notes, ...edits] }).map(
    (line) => `  ${line}`,
  );
}

/** What an operation does, in signs: here a delete is one. */
const OPERATION_HEAD: { readonly [action in Action | "restore"]: ChangeHead } = {
  create: { sign: "+", style: "green" },
  update: { sign: "~", style: "yellow" },
  rename: { sign: ">", style: "cyan" },
  delete: { sign: "-", style: "red" },
  restore: { sign: "<", style: "cyan" },
};

/** Lines of missing references that are shown; the plan file holds all. */
const MISSING = 20;

/** References of operations that cannot be resolved, once each, with the number of objects that refer to it: first what makes a write fail, then the most wanted. */
function missingLines({ changes, findings }: DriftReport): string[] {
  const planned = new Set(changes.map(({ coordinate }) => coordinate));
  const referrers = new Map<string, Set<string>>();
  for (const { code, coordinate, message } of findings) {
    if (!MISSING_CODES.has(code) || !planned.has(coordinate)) continue;
    referrers.set(message, (referrers.get(message) ?? new Set()).add(coordinate));
  }
  const lines = [...referrers]
    .sort(([a, m], [b, n]) => isLeftOut(a) - isLeftOut(b) || n.size - m.size || (a < b ? -1 : 1))
    .map(([message, objects]) => {
      const [only = ""] = objects;
      return `${objects.size === 1 ? printable(only) : plural(objects.size, "object")}: ${printable(message)}`;
    });
  return lines.length <= MISSING
    ? lines
    : [...lines.slice(0, MISSING), `and ${lines.length - MISSING} more, which the plan file holds`];
}

function isLeftOut(message: string): number {
  return Number(message.endsWith(REFERENCE_LEFT_OUT));
}

const MISSING_CODES: ReadonlySet<string> = new Set(["missing-in-standby", "missing-reference"]);

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${line}`)];
}

function fileLines({ plan, changes }: PlanReport, file: string): string[] {
  const { sha256, guards, stack } = plan;
  const written = `plan ${sha256.slice(0, 16)} written to ${file}`;
  if (changes.length === 0) return [written];
  if (stack === "primary") {
    return [
      written,
      "next: have it reviewed; who approves it says so to the stack, by its checksum:",
      `  pulumi config set --stack primary lockstep:plan ${file}`,
      `  pulumi config set --stack primary lockstep:approvedPlan ${sha256}`,
    ];
  }
  return [written, guards.length === 0 ? `next: lockstep apply ${file}` : "next: look into what the guards stop at"];
}

/** Why each guard stops and how to look into it, once each: never the flag that passes it. */
function reasonLines(guards: readonly GuardHit[]): string[] {
  return [...new Set(guards.map(({ guard }) => guard))].map((guard) => `${guard}: ${guardHint(guard)}`);
}
