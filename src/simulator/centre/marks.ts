import { divisionAt, post } from "./foundations.ts";
import type { Plan } from "./plan.ts";
import type { SeedStep } from "./types.ts";

/** What flows report on their way. */
export const milestoneNames = ["Caller Identified", "Escalation Started", "Payment Begun"] as const;

const outcomeNames = ["Served Without an Agent", "Claim Registered"] as const;

/** Milestones, which flows name, and outcomes. */
export const markSteps = (plan: Plan): readonly SeedStep[] => [
  ...milestoneNames.map((name, index) =>
    post("milestone", name, "/api/v2/flows/milestones", {
      name,
      description: `${name}, for reports`,
      division: divisionAt(plan, index),
    }),
  ),
  ...outcomeNames.map((name, index) =>
    post("outcome", name, "/api/v2/flows/outcomes", {
      name,
      description: `${name}, for reports`,
      division: divisionAt(plan, index),
    }),
  ),
];
