import { divisionAt, post } from "./foundations.ts";
import type { Plan } from "./plan.ts";
import type { SeedStep } from "./types.ts";

/** What flows report on their way: background work the one, and no flow the others. */
export const milestoneNames = {
  spare: "Caller Identified",
  reported: "Escalation Started",
  unused: "Payment Begun",
} as const;

/** What flows report as their result: background work the one, and no flow the other. */
export const outcomeNames = { reported: "Served Without an Agent", unused: "Claim Registered" } as const;

/** Milestones and outcomes, some of which flows name. */
export const markSteps = (plan: Plan): readonly SeedStep[] => [
  ...Object.values(milestoneNames).map((name, index) =>
    post("milestone", name, "/api/v2/flows/milestones", {
      name,
      description: `${name}, for reports`,
      division: divisionAt(plan, index),
    }),
  ),
  ...Object.values(outcomeNames).map((name, index) =>
    post("outcome", name, "/api/v2/flows/outcomes", {
      name,
      description: `${name}, for reports`,
      division: divisionAt(plan, index),
    }),
  ),
];
