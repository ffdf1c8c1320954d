import type { Plan } from "../model/plan.ts";
import { plural, printable } from "./plain.ts";

/** A plan for people: what would be done in which order, what cannot be done, and what would stop it. */
export function planSummary(plan: Plan, file?: string): string {
  const waves = Math.max(0, ...plan.operations.map((operation) => operation.wave));
  const deletes = plan.prune ? "" : "; nothing is deleted without --prune";
  const lines = [
    plan.operations.length === 0
      ? `nothing to do in ${printable(plan.target.name)}${deletes}`
      : `${plural(plan.operations.length, "operation")} in ${plural(waves, "wave")} for ${printable(plan.target.name)}${deletes}`,
    ...plan.operations.map(
      ({ wave, action, coordinate, phase }) =>
        `  ${String(wave).padStart(2)}  ${action.padEnd(7)} ${printable(coordinate)}${phase === 2 ? " (second pass)" : ""}`,
    ),
    ...plan.blocked.map(
      ({ coordinate, code, message }) => `cannot: ${printable(coordinate)}: ${code}: ${printable(message)}`,
    ),
    ...plan.guards.map(({ guard, message }) => `guard ${guard}: ${printable(message)}`),
    ...(file === undefined ? [] : [`plan ${plan.sha256.slice(0, 16)} written to ${file}`]),
  ];
  return lines.join("\n") + "\n";
}
