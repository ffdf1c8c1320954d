import type { SeedStep } from "../types.ts";
import { bodyOf, isTouched, textOf } from "./draft.ts";
import type { Drift, DriftRule } from "./draft.ts";
import { changed } from "./rules.ts";

const proficiency = ["skillConditions", 0, "routingSkillConditions", 0, "proficiency"] as const;

/** Drift of groups, skill groups and emergency groups. */
export const groupDrift: readonly DriftRule[] = [
  changed("group", ["description"], "description changed", (value) => `${textOf(value)}, last year`, {
    part: "group-settings",
  }),
  changed("group", ["memberIds", 0], "member missing", () => undefined, { part: "group-members" }),
  changed("skill-group", proficiency, "takes people with less experience", () => 1),
  changed("emergency-group", ["emergencyCallFlows", 0, "ivrs", 0], "covers a call route less", () => undefined, {
    part: "emergency-group-flows",
  }),
];

/** Switches on the first emergency group that has not drifted: a matter of operation, which is reported and never copied. */
export function switchedOn(steps: readonly SeedStep[], drifts: readonly Drift[]): readonly SeedStep[] {
  const found = steps.find(
    ({ kind, name }) => kind === "emergency-group-flows" && !isTouched({ drifts }, "emergency-group", name),
  );
  return steps.map((step) => (step === found ? { ...step, body: { ...bodyOf(step), enabled: true } } : step));
}
