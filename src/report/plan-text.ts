import type { GuardHit, Operation, Plan } from "../model/plan.ts";
import type { Finding } from "../model/snapshot.ts";
import { guardHint } from "../model/guard.ts";
import { printable } from "../model/printable.ts";
import { LEFT_OUT } from "../pairing/resolve.ts";
import { painter } from "./paint.ts";
import { plural } from "./plain.ts";
import { standInLines } from "./stand-in.ts";
import { findingLines } from "./text.ts";

const SIGN = { create: "+", update: "~", delete: "-", rename: ">", restore: "<" } as const;

/** A plan for people: what would be done in which order, what cannot be done, what would stop it, and what to do next. */
export function planSummary(plan: Plan, file?: string): string {
  const waves = [...new Set(plan.operations.map((operation) => operation.wave))].sort((a, b) => a - b);
  const lines = [
    ...standInLines(plan.findings),
    headline(plan, waves.length),
    ...waves.flatMap((wave) => [
      "",
      `wave ${wave}`,
      ...plan.operations.filter((operation) => operation.wave === wave).map(operationLine),
    ]),
    ...section(
      "cannot be done",
      plan.blocked.map(({ coordinate, code, message }) => `${printable(coordinate)}: ${code}: ${printable(message)}`),
    ),
    ...section("not there, and not created by this plan", missingLines(plan)),
    ...section("secrets are missing", findingsOf(plan, "secret-missing")),
    ...section("cannot be taken back", findingsOf(plan, "cannot-be-undone")),
    ...section("operational state, never copied", findingsOf(plan, "operational-state")),
    ...findingLines(otherFindings(plan), painter(false)),
    ...section(
      "stopped by guards",
      plan.guards.map(({ guard, message }) => `${guard}: ${printable(message)}`),
    ),
    ...section("before you apply it", reasonLines(plan.guards)),
    ...(file === undefined ? [] : ["", ...fileLines(plan, file)]),
  ];
  return lines.join("\n") + "\n";
}

function findingsOf({ findings }: Plan, wanted: Finding["code"]): string[] {
  const found = findings.filter(({ code }) => code === wanted);
  return found.map(
    ({ coordinate, path = "", message }) => `${printable(coordinate)}${printable(path)}: ${printable(message)}`,
  );
}

/** Findings that no section above tells. */
function otherFindings({ operations, findings }: Plan): Finding[] {
  const planned = new Set(operations.map(({ coordinate }) => coordinate));
  return findings.filter(
    ({ code, coordinate }) => !SECTIONS.has(code) && !(MISSING_CODES.has(code) && planned.has(coordinate)),
  );
}

/** Findings with a section of their own. */
const SECTIONS: ReadonlySet<string> = new Set(["secret-missing", "cannot-be-undone", "operational-state"]);

function headline({ operations, prune, target, stack }: Plan, waves: number): string {
  const kept =
    stack === "primary" ? "; nothing is ever deleted there" : prune ? "" : "; nothing is deleted without --prune";
  if (operations.length === 0) return `nothing to do in ${printable(target.name)}${kept}`;
  const actions = Object.keys(SIGN).flatMap((action) => {
    const count = operations.filter((operation) => operation.action === action).length;
    return count === 0 ? [] : [`${count} ${action}`];
  });
  return `${plural(operations.length, "operation")} in ${plural(waves, "wave")} for ${printable(target.name)}: ${actions.join(", ")}${kept}`;
}

function operationLine({ action, coordinate, edits, from, phase }: Operation): string {
  const edited = action === "update" || action === "rename" ? [plural(edits.length, "edit")] : [];
  const notes = [
    ...(from === undefined ? [] : [`now ${printable(from)}`]),
    ...edited,
    ...(action === "restore" ? ["publishes the version that was there"] : []),
    ...(phase === 2 ? ["second pass"] : []),
  ];
  return `  ${SIGN[action]} ${printable(coordinate)}${notes.length === 0 ? "" : `  (${notes.join(", ")})`}`;
}

/** Lines of missing references that are shown; the plan file holds all. */
const MISSING = 20;

/** References of operations that cannot be resolved, once each, with the number of objects that refer to it: first what makes a write fail, then the most wanted. */
function missingLines({ operations, findings }: Plan): string[] {
  const planned = new Set(operations.map(({ coordinate }) => coordinate));
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
  return Number(message.endsWith(LEFT_OUT));
}

const MISSING_CODES: ReadonlySet<string> = new Set(["missing-in-standby", "missing-reference"]);

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${line}`)];
}

function fileLines({ sha256, operations, guards, stack }: Plan, file: string): string[] {
  const written = `plan ${sha256.slice(0, 16)} written to ${file}`;
  if (operations.length === 0) return [written];
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
